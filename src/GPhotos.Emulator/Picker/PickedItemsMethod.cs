using System.Globalization;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Search;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Picker;

/// <summary>mediaItems.list of the Picker.</summary>
internal sealed class PickedItemsMethod(EmulatorState state)
{
    private const int DefaultSize = 50;
    private const int MaximumSize = 100;

    private readonly PickedMediaItemJson _json = new(state.PickerBaseUrls, state.Picker, state.Clock);

    public ValueTask<Reply> ListAsync(Exchange exchange)
    {
        string sessionId = exchange.Query("sessionId") is { Length: > 0 } given
            ? given
            : throw GoogleError.InvalidArgument("Missing required parameter: sessionId");

        // Unlike the Library's, this maximum has a documented way with larger values.
        int size = Pager.Size(exchange.QueryInteger("pageSize") is long asked ? Math.Min(asked, MaximumSize) : null, DefaultSize, MaximumSize);
        PickingSession session = state.PickingSessions.Live(sessionId, exchange.Caller);
        if (session.StateAt(state.Clock.GetUtcNow()) != SessionState.Picked)
        {
            throw PickerErrors.NotDoneYet();
        }

        List<MediaItem> there = [.. session.Picked.Where(item => state.Library.Find(item.Key) is not null)];
        ListSource<MediaItem> source = new(state.Library.Gate, there, item => item.Key);
        string binding = $"picker.mediaItems.list {size.ToString(CultureInfo.InvariantCulture)} {session.Id}";
        (List<MediaItem> items, string? next) = state.Pager.Read(source, size, exchange.Query("pageToken"), binding);
        return ValueTask.FromResult(PageReply.Of("mediaItems", items, _json.Write, next));
    }
}
