namespace GPhotos.Emulator.OAuth;

/// <summary>The scopes of the Library API, the removed ones included, of Cloud Storage and of the Picker.</summary>
[Flags]
internal enum ScopeSet
{
    None = 0,
    AppendOnly = 1,
    ReadAppCreated = 2,
    EditAppCreated = 4,

    /// <summary>Removed on 31 March 2025.</summary>
    LegacyAll = 8,

    /// <summary>Removed on 31 March 2025.</summary>
    LegacyReadOnly = 16,

    /// <summary>Removed on 31 March 2025.</summary>
    LegacySharing = 32,

    /// <summary>Cloud Storage, as are the four that follow.</summary>
    StorageReadOnly = 64,
    StorageReadWrite = 128,
    StorageFullControl = 256,
    CloudPlatform = 512,
    CloudPlatformReadOnly = 1024,

    /// <summary>All of the Picker.</summary>
    PickerRead = 2048,
}
