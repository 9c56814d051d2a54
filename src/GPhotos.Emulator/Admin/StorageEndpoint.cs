using System.Globalization;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Quotas;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>/emulator/storage: how much room is left in the account.</summary>
internal sealed class StorageEndpoint(StorageSpace storage)
{
    public ValueTask<Reply> ShowAsync(Exchange exchange) => ValueTask.FromResult(Show());

    public async ValueTask<Reply> SetAsync(Exchange exchange)
    {
        long? free = (await exchange.ReadJsonAsync()).Allow("freeBytes").Integer("freeBytes");
        storage.Free = free is < 0 ? throw GoogleError.InvalidArgument("freeBytes must not be negative.") : free;
        return Show();
    }

    private Reply Show() => Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("freeBytes");
        json.WriteRawValue(storage.Free?.ToString(CultureInfo.InvariantCulture) ?? "null");
        json.WriteEndObject();
    });
}
