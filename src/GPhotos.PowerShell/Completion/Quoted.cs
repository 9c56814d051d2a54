using System.Management.Automation;
using System.Management.Automation.Language;

namespace GPhotos.PowerShell.Completion;

/// <summary>Completion results that can stand on a command line: quoted where they need to be.</summary>
internal static class Quoted
{
    /// <param name="values">What there is.</param>
    /// <param name="word">What was typed of it.</param>
    /// <param name="escape">Where the parameter would read the value as something else, as wildcards are.</param>
    public static IEnumerable<CompletionResult> Results(IEnumerable<string> values, string? word, Func<string, string>? escape = null)
    {
        string begun = (word ?? "").Trim('\'', '"');
        return values.Where(v => v.Length > 0 && v.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.CurrentCultureIgnoreCase)
            .Select(v => new CompletionResult(Quote(escape?.Invoke(v) ?? v), v, CompletionResultType.ParameterValue, v));
    }

    private static string Quote(string value) =>
        char.IsLetterOrDigit(value[0]) && value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.')
            ? value
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
