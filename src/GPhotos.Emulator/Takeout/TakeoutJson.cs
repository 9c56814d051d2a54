using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using GPhotos.Emulator.Library;

namespace GPhotos.Emulator.Takeout;

/// <summary>The JSONs of an export.</summary>
internal static class TakeoutJson
{
    // As Google's: ' & < > come as \u0027 and so on, other scripts as they are, emoji as a pair of escapes.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>The JSON of a media item.</summary>
    /// <param name="item">The media item.</param>
    /// <param name="key">What its address is made of.</param>
    public static byte[] Picture(TakeoutItem item, ulong key) => Write(json =>
    {
        json.WriteString("title", item.Title);
        json.WriteString("description", item.Description);
        json.WriteString("imageViews", (key % 40).ToString(CultureInfo.InvariantCulture));
        Time(json, "creationTime", item.Taken + item.UploadedAfter);
        Time(json, "photoTakenTime", item.IsTimeUnknown ? DateTime.UnixEpoch : item.Taken);
        Place(json, "geoData", item.Place);
        if (item.Place is not null || item.PlaceOfFile is not null || key % 2 == 0)
        {
            Place(json, "geoDataExif", item.PlaceOfFile);
        }

        if (item.People.Count > 0)
        {
            json.WriteStartArray("people");
            foreach (string name in item.People)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        WriteIf(json, "favorited", item.IsFavorite);
        WriteIf(json, "archived", item.IsArchived);
        WriteIf(json, "trashed", item.IsTrashed);
        json.WriteString("url", "https://photos.google.com/photo/" + Identifier.ForMediaItem(key)[..44]);
        Origin(json, item.Origin);
    });

    /// <summary>The JSON of an album.</summary>
    public static byte[] Album(AlbumDraft album) => Write(json =>
    {
        if (album.Shape == AlbumShape.Wrapped)
        {
            json.WriteStartObject("albumData");
        }

        json.WriteString("title", album.Title);
        if (album.Shape != AlbumShape.TitleOnly)
        {
            json.WriteString("description", "");
            json.WriteString("access", "protected");
            Time(json, "date", new DateTime(2022, 12, 31, 9, 10, 16, DateTimeKind.Utc));
            json.WriteString("location", "");
            Place(json, "geoData", null);
        }

        if (album.Shape == AlbumShape.Wrapped)
        {
            json.WriteEndObject();
        }
    });

    /// <summary>The comments of a shared album.</summary>
    public static byte[] Comments() => Write(json =>
    {
        json.WriteStartArray("sharedAlbumComments");
        json.WriteStartObject();
        json.WriteString("text", "How nice!");
        Time(json, "creationTime", new DateTime(2020, 7, 31, 8, 21, 22, DateTimeKind.Utc));
        json.WriteString("contentOwnerName", "Somebody");
        json.WriteEndObject();
        json.WriteEndArray();
    });

    /// <summary>The titles of memories: the one file whose title is an array.</summary>
    public static byte[] MemoryTitles(params ReadOnlySpan<string> titles)
    {
        string[] all = [.. titles];
        return Write(json =>
        {
            json.WriteStartArray("title");
            foreach (string title in all)
            {
                json.WriteStringValue(title);
            }

            json.WriteEndArray();
        });
    }

    /// <summary>An order of prints: it has a creationTime and no title.</summary>
    public static byte[] PrintOrder() => Write(json =>
    {
        json.WriteString("externalOrderId", "417000000000000000000");
        json.WriteString("type", "PURCHASED");
        json.WriteStartObject("creationTime");
        json.WriteString("formatted", "Dec 12, 2022, 5:51:01\u202fAM UTC");
        json.WriteEndObject();
        json.WriteString("category", "SHIPPED_PRINTS");
    });

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using MemoryStream stream = new(1024);
        using (Utf8JsonWriter json = new(stream, Options))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Time(Utf8JsonWriter json, string name, DateTime time)
    {
        json.WriteStartObject(name);
        json.WriteString("timestamp", new DateTimeOffset(time).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        json.WriteString("formatted", time.ToString("MMM d, yyyy, h:mm:ss\u202ftt 'UTC'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void Place(Utf8JsonWriter json, string name, TakeoutPlace? place)
    {
        json.WriteStartObject(name);
        json.WriteNumber("latitude", place?.Latitude ?? 0.0);
        json.WriteNumber("longitude", place?.Longitude ?? 0.0);
        json.WriteNumber("altitude", place?.Altitude ?? 0.0);
        json.WriteNumber("latitudeSpan", 0.0);
        json.WriteNumber("longitudeSpan", 0.0);
        json.WriteEndObject();
    }

    private static void Origin(Utf8JsonWriter json, string origin)
    {
        json.WriteStartObject("googlePhotosOrigin");
        json.WriteStartObject(origin);
        if (origin == "mobileUpload")
        {
            json.WriteStartObject("deviceFolder");
            json.WriteString("localFolderName", "");
            json.WriteEndObject();
            json.WriteString("deviceType", "ANDROID_PHONE");
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteIf(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }
}
