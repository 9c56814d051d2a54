namespace GPhotos.Emulator.Uploads;

/// <summary>What X-Goog-Upload-Command asks for; "upload, finalize" is two at once.</summary>
[Flags]
internal enum UploadCommand
{
    None = 0,
    Start = 1,
    Upload = 2,
    Finalize = 4,
    Query = 8,
    Cancel = 16,
}
