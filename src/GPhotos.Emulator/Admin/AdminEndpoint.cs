using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.Admin;

/// <summary>The short admin calls: statistics, and ending tokens and base URLs.</summary>
internal sealed class AdminEndpoint(EmulatorState state)
{
    public ValueTask<Reply> ShowStatisticsAsync(Exchange exchange) =>
        ValueTask.FromResult(Reply.Json(json => state.Statistics.Write(json, state.SpoolRoom)));

    public ValueTask<Reply> ShowDownloadsAsync(Exchange exchange) =>
        ValueTask.FromResult(Reply.Json(json => state.Downloads.Write(json, all: exchange.Query("all") == "true")));

    public ValueTask<Reply> ResetStatisticsAsync(Exchange exchange)
    {
        state.Statistics.Reset();
        state.Downloads.Reset();
        return ValueTask.FromResult(Reply.EmptyObject());
    }

    public ValueTask<Reply> ExpireTokensAsync(Exchange exchange)
    {
        state.Tokens.ExpireAll(refreshTokensToo: exchange.Query("refresh") == "true");
        return ValueTask.FromResult(Reply.EmptyObject());
    }

    public ValueTask<Reply> ExpireBaseUrlsAsync(Exchange exchange)
    {
        state.BaseUrls.ExpireAll();
        state.PickerBaseUrls.ExpireAll();
        return ValueTask.FromResult(Reply.EmptyObject());
    }
}
