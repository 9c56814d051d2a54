namespace GPhotos.Core.Storage;

/// <summary>What arrived in the bucket is not what was sent. Damage on the way is rare: one more try is worth while, a third is not.</summary>
internal sealed class ObjectDamagedException(string message, Exception? inner = null) : GPhotosException(message, inner);
