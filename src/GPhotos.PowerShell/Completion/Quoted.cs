using System.Management.Automation;
using System.Management.Automation.Language;

namespace GPhotos.PowerShell.Completion;

/// <summary>Completion results that can stand on a command line: quoted where they need to be.</summary>
internal static class Quoted
{
    public static IEnumerable<CompletionResult> Results(IEnumerable<string> values, string? word)
    {
        string begun = (word ?? "").Trim('\'', '"');
        return values.Where(v => v.Length > 0 && v.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.CurrentCultureIgnoreCase)
            .Select(v => new CompletionResult(Quote(v), v, CompletionResultType.ParameterValue, v));
    }

    private static string Quote(string value) =>
        value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.')
            ? value
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
