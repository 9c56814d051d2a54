namespace GPhotos.Emulator.OAuth;

/// <summary>The rules in force, which an admin call replaces as a whole.</summary>
internal sealed class OAuthSettings(EmulatorOptions options)
{
    public OAuthRules Current { get; set; } = new() { PublishingStatus = options.PublishingStatus };
}
