using System.Globalization;
using System.Security.Cryptography;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Media;

/// <summary>Fills the library at the start.</summary>
internal static class LibrarySeed
{
    private static readonly DateTime NewestSynthetic = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly Caller Owner = new(Caller.DefaultUser, OAuthClient.ProjectId);
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(5);

    public static void Fill(EmulatorState state)
    {
        if (state.Options.Items > 0)
        {
            state.Library.Append([.. Enumerable.Range(0, state.Options.Items).Select(Synthetic)]);
        }

        ForeignSeed.Fill(state);
        if (state.Options.SeedFrom is string folder)
        {
            foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                AddFile(state, path);
            }
        }
    }

    private static MediaItem Synthetic(int index)
    {
        ulong key = Identifier.Mix((ulong)index);
        DateTime captured = NewestSynthetic - (index * Apart);
        return new MediaItem
        {
            Key = key,
            Owner = Owner,
            Id = Identifier.ForMediaItem(key),
            FileName = string.Create(CultureInfo.InvariantCulture, $"IMG_{index + 1:D6}.jpg"),
            Content = new SyntheticContent(() => SyntheticJpeg.Make(key, captured)),
            Facts = SyntheticMedia.PhotoFacts,
            CreationTime = captured,
            HasCaptureDate = true,
        };
    }

    private static void AddFile(EmulatorState state, string path)
    {
        ByteSlice bytes = ByteSlice.Of(new FileBytes(path));
        using ByteSliceStream stream = new(bytes);
        string hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (MediaInspector.Inspect(bytes) is MediaFacts facts && !state.Library.TryFindByHash(Owner.User, hash, out _))
        {
            state.Library.Add(state.Items.Make(Owner, new StoredContent(bytes.Source, hash), facts, Path.GetFileName(path)), hash);
        }
    }
}
