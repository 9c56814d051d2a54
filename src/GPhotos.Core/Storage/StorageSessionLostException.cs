namespace GPhotos.Core.Storage;

/// <summary>
/// The bucket has lost an upload session before its end. What was sent is gone, and nothing came of it: the whole must be sent anew. An
/// <see cref="IOException"/>, as a broken line is, so that what repeats a transfer repeats it.
/// </summary>
internal sealed class StorageSessionLostException(string message) : IOException(message);
