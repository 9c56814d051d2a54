using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>/emulator/clock: what time it is here, and how to make it later.</summary>
internal sealed class ClockEndpoint(EmulatorClock clock, TokenStore tokens)
{
    public ValueTask<Reply> ShowAsync(Exchange exchange) => ValueTask.FromResult(Now());

    /// <summary>Moves on all that goes by the clock; access tokens only where they are not to be kept.</summary>
    public async ValueTask<Reply> AdvanceAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("advanceSeconds", "keepAccessTokens");
        if (request.Integer("advanceSeconds") is not (>= 0 and <= int.MaxValue and long seconds))
        {
            throw GoogleError.InvalidArgument("advanceSeconds must be a number and not negative.");
        }

        TimeSpan by = TimeSpan.FromSeconds(seconds);
        if (request.Boolean("keepAccessTokens") == true)
        {
            tokens.Prolong(by);
        }

        clock.Advance(by);
        return Now();
    }

    private Reply Now() => Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("now", clock.GetUtcNow().UtcDateTime);
        json.WriteEndObject();
    });
}
