using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace GPhotos.Emulator.Library;

/// <summary>Ids as Google makes them: url-safe, long, with a prefix that all ids of a project share.</summary>
internal static class Identifier
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const string Prefix = "AEmu1a";
    private const string PickerPrefix = "AEmuPk";
    private const int KeyLength = 11;
    private const int MediaItemLength = 98;
    private const int AlbumLength = 76;
    private const int EnrichmentLength = 70;

    public static ulong NewKey() => BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    public static string ForMediaItem(ulong key) => Make(key, MediaItemLength);

    public static string ForPickedItem(ulong key) => PickerPrefix + Make(key, MediaItemLength)[PickerPrefix.Length..];

    public static string ForAlbum(ulong key) => Make(key, AlbumLength);

    public static string ForEnrichment(ulong key) => Make(key, EnrichmentLength);

    /// <summary>The key an id was made from. Whether the rest of the id is right shows in a comparison with the owner's.</summary>
    public static bool TryGetKey(string id, out ulong key)
    {
        Span<byte> bytes = stackalloc byte[8];
        // The Try of the decoder is for its room only: it throws at what is no Base64, and an id may be anything.
        ReadOnlySpan<char> text = id.Length is MediaItemLength or AlbumLength ? id.AsSpan(Prefix.Length, KeyLength) : default;
        bool known = Base64Url.IsValid(text, out int decoded) && decoded == 8 && Base64Url.TryDecodeFromChars(text, bytes, out _);
        key = known ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;
        return known;
    }

    /// <summary>A number that looks random but is the same for the same seed, run after run.</summary>
    public static ulong Mix(ulong seed)
    {
        ulong mixed = seed + 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    private static string Make(ulong key, int length) => string.Create(length, key, static (span, key) =>
    {
        Prefix.CopyTo(span);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, key);
        Base64Url.EncodeToChars(bytes, span[Prefix.Length..]);
        ulong state = key;
        for (int at = Prefix.Length + KeyLength; at < span.Length;)
        {
            state = Mix(state);
            for (ulong bits = state; at < span.Length && bits > 0; bits >>= 6)
            {
                span[at++] = Alphabet[(int)(bits & 63)];
            }
        }
    });
}
