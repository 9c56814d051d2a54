using GPhotos.Core.Auth;
using GPhotos.Core.Http;

namespace GPhotos.Core.Api;

/// <summary>One of the two calls that change which media items an album holds.</summary>
/// <param name="Traits">Neither is repeated by the policy: only the album can tell what a lost reply did.</param>
/// <param name="Method">How the path ends.</param>
/// <param name="Scopes">Any one of these is enough.</param>
/// <param name="Doing">How messages begin.</param>
/// <param name="Wants">Whether the items are to be in the album afterwards, or out of it.</param>
internal sealed record AlbumItemCall(CallTraits Traits, string Method, string[] Scopes, string Doing, bool Wants)
{
    public static AlbumItemCall Add { get; } = new(
        new("albums.batchAddMediaItems", Repeatable: false, IsWrite: true), "batchAddMediaItems",
        [GPhotosScopes.AppendOnly, GPhotosScopes.EditAppCreatedData], "Adding to", true);

    public static AlbumItemCall Remove { get; } = new(
        new("albums.batchRemoveMediaItems", Repeatable: false, IsWrite: true), "batchRemoveMediaItems",
        [GPhotosScopes.EditAppCreatedData], "Removing from", false);

    /// <summary>What Google's refusal of one id alone means: its words are the same for all of these.</summary>
    public string Meaning => Wants
        ? "It is unknown, or another app or the phone uploaded it."
        : "It is unknown, it is not in the album, or another app or the phone uploaded it.";
}
