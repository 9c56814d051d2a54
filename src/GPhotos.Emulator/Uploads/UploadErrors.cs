using System.Globalization;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Uploads;

/// <summary>How uploads are refused. The statuses are those of Google's own upload client and reference server.</summary>
internal static class UploadErrors
{
    /// <summary>The largest video Google takes: 20 GB.</summary>
    public const long Largest = 20L * 1024 * 1024 * 1024;

    public static void CheckSize(long size)
    {
        if (size > Largest)
        {
            throw new GoogleError(413, "OUT_OF_RANGE", "The upload is larger than 20 GB.");
        }
    }

    public static GoogleError Empty() => GoogleError.InvalidArgument("Payload must not be empty.");

    public static GoogleError Checksum() =>
        GoogleError.InvalidArgument("Checksum from header does not match received payload content.");

    public static GoogleError UnknownSession() => new(404, "NOT_FOUND", "The upload session is not known.");

    public static GoogleError Gone(SessionStatus status) =>
        new(410, "FAILED_PRECONDITION", $"The upload session is {UploadHeaders.Name(status)}.");

    public static GoogleError NotActive(SessionStatus status) =>
        GoogleError.InvalidArgument($"The upload session takes no such command: it is {UploadHeaders.Name(status)}.");

    public static GoogleError WrongOffset(long offset, long received) => new(
        409, "ABORTED", string.Create(CultureInfo.InvariantCulture, $"The offset is {offset}, but {received} bytes were received."));

    public static GoogleError TooMuch(long most) => GoogleError.InvalidArgument(string.Create(
        CultureInfo.InvariantCulture, $"The upload has more than the {most} bytes that it may have."));

    public static GoogleError NotAMultiple() => GoogleError.InvalidArgument(string.Create(
        CultureInfo.InvariantCulture, $"A chunk that is not the last must be a multiple of {UploadBody.Granularity} bytes."));

    public static GoogleError WrongTotal(long total, long announced) => GoogleError.InvalidArgument(string.Create(
        CultureInfo.InvariantCulture, $"The upload has {total} bytes where {announced} were announced."));
}
