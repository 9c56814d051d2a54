using GPhotos.Emulator.Takeout;

namespace GPhotos.Tests.Emulator.Support;

/// <summary>The truth of an export by default options.</summary>
public sealed class EnglishExport
{
    public EnglishExport()
    {
        using TemporaryFolder folder = new();
        Truth = TakeoutArchive.Write(folder.Under("export"), new TakeoutOptions());
    }

    public TakeoutTruth Truth { get; }
}
