using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Picker;

/// <summary>sessions.create, sessions.get and sessions.delete.</summary>
internal sealed class SessionsMethods(EmulatorState state)
{
    private readonly PickingSessions _sessions = state.PickingSessions;
    private readonly PickingSessionJson _json = new(state.Picker, state.Clock);
    private readonly Picking _picking = new(state);

    public async ValueTask<Reply> CreateAsync(Exchange exchange)
    {
        RequestObject request = await exchange.ReadJsonAsync();
        // Beside pickingConfig all is output only, which Google passes over when it is sent.
        request.Allow("id", "pickerUri", "pollingConfig", "expireTime", "mediaItemsSet", "pickingConfig");
        long? maximum = request.Object("pickingConfig")?.Allow("maxItemCount").Integer("maxItemCount");
        if (maximum is < 1 or > PickingSession.Ceiling)
        {
            throw GoogleError.InvalidArgument($"Invalid value at 'pickingConfig.maxItemCount': {maximum} is not between 1 and {PickingSession.Ceiling}.");
        }

        (PickingSession session, bool isNew) = _sessions.Create(exchange.Caller, RequestId(exchange), maximum);
        if (isNew && state.Picker.Current.AutoPick is int count)
        {
            _picking.After(state.Picker.Current.AutoPickAfter, () => _picking.PickNewest(session, count));
        }

        return Answer(session);
    }

    public ValueTask<Reply> GetAsync(Exchange exchange)
    {
        PickingSession session = _sessions.Live(exchange.RouteValue, exchange.Caller);
        session.CountPoll();
        return ValueTask.FromResult(Answer(session));
    }

    public ValueTask<Reply> DeleteAsync(Exchange exchange) =>
        _sessions.Live(exchange.RouteValue, exchange.Caller).Delete(state.Clock.GetUtcNow())
            ? ValueTask.FromResult(Reply.EmptyObject())
            : throw GoogleError.ForStatus(404);

    private static string? RequestId(Exchange exchange)
    {
        string? given = exchange.Query("requestId");
        return string.IsNullOrEmpty(given) ? null
            : Guid.TryParseExact(given, "D", out Guid id) && id is { Version: 4, Variant: >= 8 and <= 11 } ? id.ToString()
            : throw GoogleError.InvalidArgument($"Invalid value at 'requestId', not a UUID of version 4: \"{given}\"");
    }

    private Reply Answer(PickingSession session) => Reply.Json(json => _json.Write(json, session, PickerRoutes.PageOf(state.Address, session)));
}
