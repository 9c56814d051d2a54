using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.Picker;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.Web;

/// <summary>Where a pickerUri leads: the page a user picks on, its pictures, and its Done.</summary>
internal sealed class PickerPageEndpoint(EmulatorState state)
{
    private static readonly DownloadParameters ThumbnailSize = DownloadParameters.Read("w320-h240-c")!;

    public ValueTask<Reply> ShowAsync(Exchange exchange) => ValueTask.FromResult(Session(exchange) is PickingSession session
        ? Page(PickerPage.ForPicking(session, state.Library.AllOf(session.Owner.User), ClosesItself(exchange)))
        : Over());

    public async ValueTask<Reply> DoneAsync(Exchange exchange)
    {
        if (Session(exchange) is not PickingSession session)
        {
            return Over();
        }

        IFormCollection form = await exchange.ReadFormAsync();
        List<MediaItem> items = [.. form["id"].Select(key => Item(session, key)).OfType<MediaItem>().Distinct()];
        return session.Pick(items, done: true, state.Clock.GetUtcNow()) switch
        {
            PickOutcome.Taken => Page(PickerPage.ForDone(items.Count, ClosesItself(exchange))),
            PickOutcome.TooMany => Page(PickerPage.ForTooMany(items.Count, session.Maximum), 400),
            _ => Over(),
        };
    }

    // A way of their own: by base URLs they would count as downloads.
    public ValueTask<Reply> ThumbnailAsync(Exchange exchange)
    {
        Rendition? picture = Session(exchange) is PickingSession session && Item(session, exchange.RouteValues[1]) is MediaItem item
            ? Rendition.Of(item, ThumbnailSize, state.Clock.GetUtcNow())
            : null;
        return ValueTask.FromResult(picture is null ? Over() : new Reply
        {
            ContentType = picture.ContentType,
            Body = picture.Body,
            Headers = [new("Cache-Control", "private, max-age=86400")],
        });
    }

    private static bool ClosesItself(Exchange exchange) =>
        exchange.Request.Path.Value!.EndsWith("/autoclose", StringComparison.Ordinal);

    private PickingSession? Session(Exchange exchange) =>
        state.PickingSessions.FindByPage(exchange.RouteValue) is PickingSession session
            && session.StateAt(state.Clock.GetUtcNow()) == SessionState.Picking
            ? session
            : null;

    private MediaItem? Item(PickingSession session, string? id) =>
        state.Library.FindByAnyId(id ?? "") is MediaItem item && item.Owner.User == session.Owner.User ? item : null;

    private static Reply Over() => Page(PickerPage.ForOver(), 410);

    // No frame may show it at Google either.
    private static Reply Page(string html, int status = 200)
    {
        Reply reply = Reply.Html(html, status);
        reply.Headers.Add(new("X-Frame-Options", "DENY"));
        reply.Headers.Add(new("Cache-Control", "no-store"));
        return reply;
    }
}
