namespace GPhotos.Core.Gallery;

/// <summary>A small picture.</summary>
/// <param name="WebP">Its bytes, without metadata of any kind.</param>
/// <param name="Width">Its width in pixels, upright.</param>
/// <param name="Height">Its height in pixels, upright.</param>
internal sealed record Thumbnail(ReadOnlyMemory<byte> WebP, int Width, int Height);
