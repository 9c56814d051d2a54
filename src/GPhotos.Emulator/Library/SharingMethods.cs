using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Library;

/// <summary>The sharing methods, which Google removed on 31 March 2025.</summary>
internal sealed class SharingMethods(bool legacyScopes)
{
    public static ValueTask<Reply> RefuseAsync(Exchange exchange) => throw GoogleError.PermissionDenied();

    /// <summary>Clients from before 2025 list shared albums beside their own; with the old scopes they see that there are none.</summary>
    public ValueTask<Reply> ListAsync(Exchange exchange) =>
        legacyScopes ? ValueTask.FromResult(Reply.EmptyObject()) : RefuseAsync(exchange);
}
