using System.Globalization;
using System.Net;
using System.Text;

namespace GPhotos.Core.Auth;

/// <summary>What a browser sees when it brings the answer of a consent page.</summary>
internal static class ClosingPage
{
    /// <summary>The whole HTTP answer. The address that the browser shows holds the code, so the page tells it to nobody and is not stored.</summary>
    public static byte[] Of(int status, string text)
    {
        byte[] page = Encoding.UTF8.GetBytes(
            $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"><title>GPhotos</title>"
            + $"<body style=\"font:16px system-ui;margin:4em\"><p>{WebUtility.HtmlEncode(text)}</p></body></html>");
        string head = string.Create(CultureInfo.InvariantCulture, $"""
            HTTP/1.1 {status} {(status == 200 ? "OK" : "Refused")}
            Content-Type: text/html; charset=utf-8
            Content-Length: {page.Length}
            Cache-Control: no-store
            Referrer-Policy: no-referrer
            Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'
            X-Content-Type-Options: nosniff
            Connection: close


            """).ReplaceLineEndings("\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. page];
    }
}
