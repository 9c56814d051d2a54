using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Library;

/// <summary>Reads a NewEnrichmentItem. That a place needs both its name and its coordinates is not confirmed; nor is the limit of texts.</summary>
internal static class EnrichmentRequest
{
    private const int LongestText = 500;

    public static Enrichment Read(RequestObject? item)
    {
        item?.Allow("textEnrichment", "locationEnrichment", "mapEnrichment");
        RequestObject? text = item?.Object("textEnrichment")?.Allow("text");
        RequestObject? location = item?.Object("locationEnrichment")?.Allow("location");
        RequestObject? map = item?.Object("mapEnrichment")?.Allow("origin", "destination");
        Enrichment made = new(Identifier.ForEnrichment(Identifier.NewKey()));
        return (text, location, map) switch
        {
            (not null, null, null) => made with { Text = ReadText(text) },
            (null, not null, null) => made with { Location = ReadPlace(location.Object("location")) },
            (null, null, not null) => made with
            {
                Origin = ReadPlace(map.Object("origin")),
                Destination = ReadPlace(map.Object("destination")),
            },
            _ => throw GoogleError.InvalidArgument("Request must have exactly one of text, location and map enrichment."),
        };
    }

    private static string ReadText(RequestObject enrichment) => enrichment.String("text") switch
    {
        null or "" => throw GoogleError.InvalidArgument("A text enrichment must have a text."),
        { Length: > LongestText } => throw GoogleError.InvalidArgument("A text enrichment must not be longer than 500 characters."),
        { } text => text,
    };

    private static Place ReadPlace(RequestObject? location)
    {
        location?.Allow("locationName", "latlng");
        RequestObject? point = location?.Object("latlng")?.Allow("latitude", "longitude");
        if (location?.String("locationName") is not { Length: > 0 } name || point is null)
        {
            throw GoogleError.InvalidArgument("A location must have a name and a latlng.");
        }

        // What is left out is 0, as everywhere in protocol buffers.
        double latitude = point.Number("latitude") ?? 0;
        double longitude = point.Number("longitude") ?? 0;
        return Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180
            ? new Place(name, latitude, longitude)
            : throw GoogleError.InvalidArgument("Latitude must be in [-90, 90] and longitude in [-180, 180].");
    }
}
