namespace GPhotos.Core.Uploads;

/// <summary>A local file that may be sent: looked at before a byte leaves.</summary>
internal sealed record MediaFile(string Path, long Length, MediaFileType Type)
{
    /// <exception cref="FileReadFailedException">There is no such file.</exception>
    /// <exception cref="MediaRejectedException">Google would not take it: empty, too large, or of another type.</exception>
    public static MediaFile Check(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new FileReadFailedException($"'{path.Replace('\0', '?')}' is not a path.", path);
        }

        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw new FileReadFailedException(
                Directory.Exists(path) ? $"'{path}' is a folder, not a file." : $"'{path}' does not exist.", path);
        }

        if (MediaFileType.Of(path) is not { } type)
        {
            throw new MediaRejectedException(
                $"'{path}' was not sent: Google Photos takes no '{file.Extension}' files.", path, null);
        }

        if (file.Length == 0)
        {
            throw new MediaRejectedException($"'{path}' was not sent: it is empty.", path, null);
        }

        return file.Length <= type.MaxLength
            ? new MediaFile(path, file.Length, type)
            : throw new MediaRejectedException(
                $"'{path}' was not sent: it has {file.Length:N0} bytes, and Google takes {type.MaxLength:N0} of a {type.MimeType} file.", path, null);
    }
}
