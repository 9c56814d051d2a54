namespace GPhotos.Emulator.Takeout;

/// <summary>What the parts of an export are.</summary>
public enum TakeoutFormat
{
    /// <summary>Zip archives, Google's default.</summary>
    Zip,

    /// <summary>Gzipped tar archives.</summary>
    Tgz,

    /// <summary>Folders, one a part, as if each part had been unpacked.</summary>
    Folder,
}
