using System.Globalization;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace GPhotos.Core.Gallery;

/// <summary>The page around its items, from the files in Page/. The browser runs the one script and the one style in it and nothing else.</summary>
internal static partial class PageTemplate
{
    private const string Items = "items";

    private static readonly string[] Scripts = ["items.js", "filters.js", "layout.js", "grid.js", "viewer.js", "page.js"];

    /// <summary>What stands before the items and what stands after them.</summary>
    public static (string Before, string After) Of(string title, DateTimeOffset made)
    {
        string style = Read("page.css");
        // One script: a name that is declared twice is an error at once, and nothing leaks into the page's own names.
        string script = $"(() => {{\n'use strict';\n{string.Concat(Scripts.Select(Read))}}})();\n";
        Dictionary<string, string> parts = new()
        {
            ["title"] = WebUtility.HtmlEncode(title),
            ["date"] = made.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["style"] = style,
            ["script"] = script,
            ["style-hash"] = Hash(style),
            ["script-hash"] = Hash(script),
        };
        // In one pass, so that a title that reads like a part is a title.
        string[] halves = Read("page.html").Split($"{{{{{Items}}}}}");
        return (Fill(halves[0]), Fill(halves[1]));

        string Fill(string half) => Part().Replace(half, m => parts[m.Groups[1].Value]);
    }

    // Browsers hash what is left when line ends are made one of a kind.
    private static string Read(string name)
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Gallery/{name}")!;
        using StreamReader reader = new(resource);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    [GeneratedRegex(@"\{\{([a-z-]+)\}\}")]
    private static partial Regex Part();
}
