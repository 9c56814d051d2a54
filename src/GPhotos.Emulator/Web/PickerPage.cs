using System.Globalization;
using System.Net;
using System.Text;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Picker;

namespace GPhotos.Emulator.Web;

/// <summary>What a user sees who follows a pickerUri.</summary>
internal static class PickerPage
{
    private const string Title = "<h1>Google Photos <span>emulator</span></h1>";

    /// <summary>The whole library with a box to tick on each item.</summary>
    public static string ForPicking(PickingSession session, IReadOnlyList<MediaItem> items, bool closesItself)
    {
        StringBuilder page = Begin();
        page.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" autocomplete=\"off\" data-most=\"{session.Maximum}\"");
        page.Append(closesItself ? " data-autoclose>" : ">");
        page.Append("<header>").Append(Title);
        page.Append(CultureInfo.InvariantCulture, $"<p id=\"count\">at most {session.Maximum}</p><span class=\"grow\"></span>");
        page.Append("<label><input type=\"checkbox\" id=\"all\">Select all</label><button id=\"done\">Done</button></header><main>");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"more\">An app asks {Escape(session.Owner.User)} for photos and videos. It sees those that are picked here.</p>");
        foreach (IGrouping<DateTime, MediaItem> day in items.GroupBy(item => item.CreationTime.Date))
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{day.Key:dddd, d MMMM yyyy}</h2><div class=\"items\">");
            foreach (MediaItem item in day)
            {
                Item(page, session, item);
            }

            page.Append("</div>");
        }

        page.Append(items.Count == 0 ? "<p class=\"more\">There is nothing to pick.</p>" : "");
        return page.Append("</main></form>").Append(PickerPageStyle.Script).Append("</html>").ToString();
    }

    public static string ForDone(int picked, bool closesItself) => Saying(
        string.Create(CultureInfo.InvariantCulture, $"Done: {picked} picked"),
        closesItself ? "This tab may be closed." : "Go back to the app that asked.");

    public static string ForTooMany(int picked, long most) => Saying(
        string.Create(CultureInfo.InvariantCulture, $"{picked} are too many"),
        string.Create(CultureInfo.InvariantCulture, $"At most {most} can be picked. Load this page again to choose fewer."));

    public static string ForOver() => Saying("This session is over", "The app has to start a new one for more to be picked.");

    private static void Item(StringBuilder page, PickingSession session, MediaItem item)
    {
        string id = item.PickerId;
        string name = Escape(item.FileName);
        string marks = (item.IsFavorite ? "★ " : "") + (item.Facts.IsVideo ? "▶ " : "") + (item.Owner.IsForeign ? "☁ " : "");
        page.Append(CultureInfo.InvariantCulture, $"<figure><label><input type=\"checkbox\" name=\"id\" value=\"{id}\">");
        page.Append(CultureInfo.InvariantCulture, $"<img loading=\"lazy\" alt=\"\" src=\"/picker/{session.PageKey}/thumbnails/{id}\">");
        page.Append(CultureInfo.InvariantCulture, $"<figcaption title=\"{name}\">{marks}{name}<small>{item.CreationTime:HH:mm:ss} UTC</small></figcaption>");
        page.Append("</label></figure>");
    }

    private static string Saying(string heading, string text) =>
        Begin().Append(CultureInfo.InvariantCulture, $"<header>{Title}</header><main class=\"said\"><h2>{heading}</h2><p>{text}</p></main></html>").ToString();

    private static StringBuilder Begin() => new StringBuilder(16 * 1024).Append(LibraryPageStyle.Head).Append(PickerPageStyle.Extra);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
