using System.Globalization;
using System.Net;
using System.Text;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Media;

namespace GPhotos.Emulator.Web;

/// <summary>The page at "/": the library as a person would look at it.</summary>
internal sealed class LibraryPage(EmulatorState state)
{
    private const int MostShown = 500;

    public ValueTask<Reply> ShowAsync(Exchange exchange)
    {
        StringBuilder page = new(64 * 1024);
        lock (state.Library.Gate)
        {
            IReadOnlyList<MediaItem> items = state.Library.NewestFirst;
            page.Append(LibraryPageStyle.Head);
            page.Append("<header><h1>Google Photos <span>emulator</span></h1>");
            page.Append(CultureInfo.InvariantCulture, $"<p>{Count(items.Count, "item")}, {Count(state.Library.Albums.Count, "album")}</p></header><main>");
            Albums(page);
            Days(page, items);
        }

        return ValueTask.FromResult(Reply.Html(page.Append("</main></html>").ToString()));
    }

    private static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? "" : "s")}");

    private void Albums(StringBuilder page)
    {
        if (state.Library.Albums.Count == 0)
        {
            return;
        }

        page.Append("<h2>Albums</h2><div class=\"albums\">");
        foreach (Album album in state.Library.Albums)
        {
            string cover = album.Cover is MediaItem item ? Picture(item) : "<div class=\"empty\"></div>";
            page.Append(CultureInfo.InvariantCulture, $"<figure>{cover}<figcaption><b>{WebUtility.HtmlEncode(album.Title)}</b>");
            page.Append(CultureInfo.InvariantCulture, $"<small>{Count(album.Items.Count, "item")}</small>");
            foreach (Enrichment enrichment in album.Entries.Select(entry => entry.Enrichment).OfType<Enrichment>())
            {
                page.Append(CultureInfo.InvariantCulture, $"<small>{WebUtility.HtmlEncode(Says(enrichment))}</small>");
            }

            page.Append("</figcaption></figure>");
        }

        page.Append("</div>");
    }

    private static string Says(Enrichment enrichment) =>
        enrichment.Text ?? enrichment.Location?.Name ?? $"{enrichment.Origin?.Name} → {enrichment.Destination?.Name}";

    private void Days(StringBuilder page, IReadOnlyList<MediaItem> items)
    {
        ILookup<MediaItem, string> albums = state.Library.Albums
            .SelectMany(album => album.Items.Select(item => (item, album.Title)))
            .ToLookup(pair => pair.item, pair => pair.Title);
        foreach (IGrouping<DateTime, MediaItem> day in items.Take(MostShown).GroupBy(item => item.CreationTime.Date))
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{day.Key:dddd, d MMMM yyyy}</h2><div class=\"items\">");
            foreach (MediaItem item in day)
            {
                string name = WebUtility.HtmlEncode(item.FileName);
                string places = WebUtility.HtmlEncode(string.Join(", ", albums[item]));
                string marks = (item.IsFavorite ? "★ " : "") + (item.Facts.IsVideo ? "▶ " : "") + (item.Owner.IsForeign ? "☁ " : "");
                page.Append(CultureInfo.InvariantCulture, $"<figure>{Picture(item)}<figcaption title=\"{name}\">{marks}{name}");
                page.Append(CultureInfo.InvariantCulture, $"<small>{item.CreationTime:HH:mm:ss} UTC</small>");
                page.Append(CultureInfo.InvariantCulture, $"<small>{places}</small></figcaption></figure>");
            }

            page.Append("</div>");
        }

        if (items.Count > MostShown)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"more\">and {Count(items.Count - MostShown, "older item")}</p>");
        }
        else if (items.Count == 0)
        {
            page.Append("<p class=\"more\">Nothing here yet. What a client uploads shows on this page.</p>");
        }
    }

    private string Picture(MediaItem item)
    {
        Span<byte> url = stackalloc byte[BaseUrls.MaximumLength];
        string address = Encoding.ASCII.GetString(url[..state.BaseUrls.Write(url, item.Key)]);
        return $"<img loading=\"lazy\" alt=\"\" src=\"{address}=w320-h240-c\">";
    }
}
