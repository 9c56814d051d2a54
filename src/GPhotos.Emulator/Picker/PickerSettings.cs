namespace GPhotos.Emulator.Picker;

/// <summary>The Picker's options in force, which an admin call replaces as a whole.</summary>
internal sealed class PickerSettings(PickerOptions options)
{
    public PickerOptions Current { get; set; } = options;
}
