using GPhotos.Core.Auth;
using GPhotos.Core.Http;

namespace GPhotos.Core.Api;

// Texts, places and maps.
public sealed partial class Albums
{
    private static readonly CallTraits EnrichTraits = new("albums.addEnrichment", Repeatable: false, IsWrite: true);

    /// <summary>Puts a text, a place or a map into an album. It cannot be listed, changed or removed through the API afterwards.</summary>
    /// <exception cref="OutcomeUnknownException">The reply was lost. Nothing tells whether it was added, so it is not tried again.</exception>
    /// <exception cref="AlbumNotFoundException">Google knows no such album, or shows it to another app only.</exception>
    public async Task<AlbumEnrichment> AddEnrichmentAsync(
        string albumId, NewAlbumEnrichment enrichment, AlbumPosition? position = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(albumId);
        ArgumentNullException.ThrowIfNull(enrichment);
        AlbumPosition place = position ?? AlbumPosition.Last;
        string scope = _caller.AnyOf(GPhotosScopes.AppendOnly, GPhotosScopes.EditAppCreatedData);
        CallContext context = Context($"Adding to album '{albumId}'", scope) with { AlbumId = albumId, MediaItemId = place.MediaItemId };
        try
        {
            WireAddEnrichmentReply reply = await AlbumErrors.TellApartAsync(_caller.PostAsync(
                EnrichTraits, context, $"v1/albums/{Uri.EscapeDataString(albumId)}:addEnrichment",
                new WireAddEnrichmentRequest(enrichment.ToWire(), place.ToWire()),
                WireJsonContext.Default.WireAddEnrichmentRequest, WireJsonContext.Default.WireAddEnrichmentReply, cancellationToken)).ConfigureAwait(false);
            return enrichment.ToModel(
                reply.EnrichmentItem?.Id ?? throw new UnexpectedResponseException($"{context.Subject}: Google named no id."), albumId);
        }
        catch (GPhotosException e) when (AlbumErrors.IsLost(e) && !AlbumErrors.WasNeverSent(e))
        {
            string message = $"{e.Message} It is not known whether the {Name(enrichment.Kind)} was added.";
            throw new OutcomeUnknownException(message, albumId, e) { HttpStatus = e.HttpStatus };
        }
    }

    private static string Name(AlbumEnrichmentKind kind) => kind switch
    {
        AlbumEnrichmentKind.Location => "place",
        AlbumEnrichmentKind.Route => "map",
        _ => "text",
    };
}
