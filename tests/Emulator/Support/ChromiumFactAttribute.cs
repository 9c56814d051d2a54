namespace GPhotos.Tests.Emulator.Support;

/// <summary>A test that needs a browser.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Chromium.Path is null ? "No chromium on the PATH: the page was tried in no browser." : null;
}
