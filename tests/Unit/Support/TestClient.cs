using GPhotos.Core.Auth;

namespace GPhotos.Tests.Support;

/// <summary>The OAuth client that the emulator knows.</summary>
internal static class TestClient
{
    public static ClientSecret Secret { get; } = new("emulator-client", "emulator-secret");
}
