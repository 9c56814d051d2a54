using GPhotos.Emulator.Library;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Uploads;

/// <summary>One entry of newMediaItems.</summary>
internal sealed record NewMediaItem(string UploadToken, string? FileName, string? Description);

/// <summary>A batchCreate request that keeps to the rules whose breach fails the call as a whole.</summary>
internal sealed record BatchCreateRequest(IReadOnlyList<NewMediaItem> Items, string? AlbumId, RequestObject? AlbumPosition)
{
    private const int LongestFileName = 255;

    public static BatchCreateRequest Read(RequestObject request)
    {
        request.Allow("albumId", "albumPosition", "newMediaItems");
        IReadOnlyList<RequestObject> items = request.Objects("newMediaItems");
        string? albumId = request.String("albumId") is { Length: > 0 } given ? given : null;
        if (items.Count == 0)
        {
            throw GoogleError.InvalidArgument("Request must have at least one item");
        }

        if (items.Count > BatchRules.Most)
        {
            throw BatchRules.TooMany();
        }

        return albumId is null && request.Has("albumPosition")
            ? throw GoogleError.InvalidArgument("Album position cannot be set without an album id.")
            : new BatchCreateRequest([.. items.Select(ReadItem)], albumId, request.Object("albumPosition"));
    }

    private static NewMediaItem ReadItem(RequestObject item)
    {
        item.Allow("description", "simpleMediaItem");
        RequestObject simple = item.Object("simpleMediaItem")?.Allow("uploadToken", "fileName")
            ?? throw GoogleError.InvalidArgument("A new media item must have a simple media item.");
        string? description = Descriptions.Checked(item.String("description"));
        string? fileName = simple.String("fileName") is { Length: > 0 } given ? given : null;
        return fileName?.Length > LongestFileName
            ? throw GoogleError.InvalidArgument("Media item file name must not be longer than 255 characters.")
            : new NewMediaItem(simple.String("uploadToken") ?? "", fileName, description);
    }
}
