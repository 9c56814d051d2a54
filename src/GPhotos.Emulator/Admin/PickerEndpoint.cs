using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Picker;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>/emulator/picker: the sessions there are and were, how the Picker behaves, and picking without a browser.</summary>
internal sealed class PickerEndpoint(EmulatorState state)
{
    private readonly Picking _picking = new(state);

    public ValueTask<Reply> ShowAsync(Exchange exchange) => ValueTask.FromResult(Show());

    /// <summary>Changes the settings that are named and leaves the others.</summary>
    public async ValueTask<Reply> SetAsync(Exchange exchange)
    {
        state.Picker.Current = PickerSettingsJson.Read(await exchange.ReadJsonAsync(), state.Picker.Current);
        return Show();
    }

    /// <summary>Picks as the session's user would. What cannot be picked is refused at once, also where the picking comes later.</summary>
    public async ValueTask<Reply> PickAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("ids", "all", "first", "done", "afterMilliseconds");
        PickingSession session = Known(exchange);
        IReadOnlyList<MediaItem>? items = Chosen(request, session);
        bool done = request.Boolean("done") ?? true;
        if (items?.Count > session.Maximum)
        {
            throw GoogleError.InvalidArgument($"{items.Count} items are too many: the session takes {session.Maximum}.");
        }

        if (request.Integer("afterMilliseconds") is long delay and not 0)
        {
            TimeSpan after = delay is > 0 and <= int.MaxValue
                ? TimeSpan.FromMilliseconds(delay)
                : throw GoogleError.InvalidArgument("afterMilliseconds must be a number and not negative.");
            _picking.After(after, () => session.Pick(items, done, state.Clock.GetUtcNow()));
            return Reply.EmptyObject();
        }

        return session.Pick(items, done, state.Clock.GetUtcNow()) == PickOutcome.Taken
            ? Reply.EmptyObject()
            : throw GoogleError.InvalidArgument("The session is over: nothing can be picked in it any more.");
    }

    /// <summary>Lets a session's time be over now.</summary>
    public ValueTask<Reply> ExpireAsync(Exchange exchange)
    {
        Known(exchange).Expire(state.Clock.GetUtcNow());
        return ValueTask.FromResult(Reply.EmptyObject());
    }

    private Reply Show()
    {
        DateTimeOffset now = state.Clock.GetUtcNow();
        IReadOnlyList<PickingSession> sessions = state.PickingSessions.Snapshot();
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("live", sessions.Count(session => PickingSessions.IsLive(session, now)));
            json.WritePropertyName("settings");
            PickerSettingsJson.Write(json, state.Picker.Current);
            json.WriteStartArray("sessions");
            foreach (PickingSession session in sessions)
            {
                PickingSessionView.Write(json, session, PickerRoutes.PageOf(state.Address, session), now);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>The items that are named; null where none are.</summary>
    private IReadOnlyList<MediaItem>? Chosen(RequestObject request, PickingSession session)
    {
        bool all = request.Boolean("all") == true;
        long? first = request.Integer("first");
        if (first < 0 || (all ? 1 : 0) + (first is null ? 0 : 1) + (request.Has("ids") ? 1 : 0) > 1)
        {
            throw GoogleError.InvalidArgument("One of ids, all and first says what to pick; first must not be negative.");
        }

        string user = session.Owner.User;
        return request.Has("ids") ? [.. request.Strings("ids").Select(id => ItemOf(user, id)).Distinct()]
            : all ? state.Library.AllOf(user)
            : first is long count ? [.. state.Library.AllOf(user).Take((int)Math.Min(count, int.MaxValue))]
            : null;
    }

    private MediaItem ItemOf(string user, string id) => state.Library.FindByAnyId(id) is MediaItem item && item.Owner.User == user
        ? item
        : throw GoogleError.InvalidArgument($"{user} has no item {id}.");

    private PickingSession Known(Exchange exchange) =>
        state.PickingSessions.Find(exchange.RouteValue) ?? throw GoogleError.ForStatus(404);
}
