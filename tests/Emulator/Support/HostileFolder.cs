using GPhotos.Emulator.Takeout;

namespace GPhotos.Tests.Emulator.Support;

/// <summary>All hostile archives.</summary>
public sealed class HostileFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public HostileFolder() => List = HostileArchives.Write(_folder.Path);

    public IReadOnlyList<HostileArchive> List { get; }

    public string PathOf(string file) => _folder.Under(file);

    public void Dispose() => _folder.Dispose();
}
