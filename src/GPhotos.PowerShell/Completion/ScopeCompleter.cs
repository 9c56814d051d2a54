using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GPhotos.Core.Auth;

namespace GPhotos.PowerShell.Completion;

/// <summary>Completes the scopes of the Library API and the Picker API.</summary>
public sealed class ScopeCompleter : IArgumentCompleter
{
    // The constants, not the list: completing must not load Core.
    private static readonly string[] Scopes =
        [GPhotosScopes.AppendOnly, GPhotosScopes.ReadAppCreatedData, GPhotosScopes.EditAppCreatedData, GPhotosScopes.ReadPickedMediaItems];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Quoted.Results(Scopes, wordToComplete);
}
