namespace GPhotos.Emulator.Takeout;

/// <summary>An archive that no reader should trip over.</summary>
/// <param name="File">Its name.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Sound">The entries that are as they should be, and may be read.</param>
public sealed record HostileArchive(string File, string What, IReadOnlyList<string> Sound);
