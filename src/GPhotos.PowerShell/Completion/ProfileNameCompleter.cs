using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GPhotos.Core.Profiles;

namespace GPhotos.PowerShell.Completion;

/// <summary>Completes the names of profiles that are kept on this machine.</summary>
public sealed class ProfileNameCompleter : IArgumentCompleter
{
    // What ProfileStore takes for a name, so that a wrong one is told with the parameter.
    internal const string Pattern = "^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}\\z";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            return Quoted.Results(ProfileStore.ForUser(null).Names(), wordToComplete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
