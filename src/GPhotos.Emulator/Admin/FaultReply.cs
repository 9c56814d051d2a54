using System.Text.Json;
using GPhotos.Emulator.CloudStorage;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>The replies that faults give in a method's stead.</summary>
internal static class FaultReply
{
    public static async Task<Reply> MakeAsync(Fault fault, Route route, Exchange exchange)
    {
        if (fault.Latency > TimeSpan.Zero)
        {
            await Task.Delay(fault.Latency, exchange.Aborted);
        }

        Reply reply = Body(fault, route, exchange);
        reply.Headers.AddRange(fault.Headers);
        return reply;
    }

    private static Reply Body(Fault fault, Route route, Exchange exchange)
    {
        int status = fault.Status ?? 429;
        switch (fault.Body)
        {
            case { ValueKind: JsonValueKind.String } text:
                return Reply.Text(text.GetString()!, status);
            case JsonElement json:
                return Reply.Json(json.WriteTo, status);
            default:
                GoogleError error = (fault.Quota is null ? null : QuotaErrors.Named(fault.Quota))
                    ?? (route.Door == Door.CloudStorage ? StorageErrors.ForStatus(status) : GoogleError.ForStatus(status));
                return ErrorReply.For(route, exchange, error);
        }
    }
}
