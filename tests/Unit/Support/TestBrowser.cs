using System.Net;
using System.Text.RegularExpressions;

namespace GPhotos.Tests.Support;

/// <summary>The person at the consent page.</summary>
internal static partial class TestBrowser
{
    /// <summary>Presses a button with the boxes of these scopes ticked (all when null). Where the page then leads, not followed.</summary>
    public static async Task<Uri> DecideAsync(Uri page, bool allow = true, Func<string, bool>? ticked = null)
    {
        using HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
        string html = await http.GetStringAsync(page);
        List<KeyValuePair<string, string>> fields = [.. Field().Matches(html)
            .Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)))
            .Where(f => f.Key != "scope" || ticked?.Invoke(f.Value) != false)];
        fields.Add(new("decision", allow ? "allow" : "cancel"));
        using FormUrlEncodedContent form = new(fields);
        using HttpResponseMessage answer = await http.PostAsync(page, form);
        return answer.Headers.Location!;
    }

    /// <summary>Goes where the page leads: to the listener of the sign-in.</summary>
    public static async Task VisitAsync(Uri address)
    {
        using HttpClient http = new();
        using HttpResponseMessage answer = await http.GetAsync(address);
    }

    /// <summary>The same, and the status and page that came.</summary>
    public static async Task<string> ReadAsync(Uri address)
    {
        using HttpClient http = new();
        using HttpResponseMessage answer = await http.GetAsync(address);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    [GeneratedRegex("<input type=\"[a-z]+\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Field();
}
