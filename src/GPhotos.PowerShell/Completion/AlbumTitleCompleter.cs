using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Completion;

/// <summary>Completes album titles. Never signs in, never throws, and gives up after two seconds.</summary>
public sealed class AlbumTitleCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.8);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Quoted.Results(Titles(), wordToComplete, parameterName == nameof(Cmdlets.GetGPhotoAlbumCommand.Title) ? WildcardPattern.Escape : null);

    private static List<string> Titles()
    {
        if (Connections.CurrentIfOpen() is not { } connection)
        {
            return [];
        }

        using CancellationTokenSource patience = new(Patience);
        List<string> titles = [];
        try
        {
            Task.Run(async () =>
            {
                await foreach (Album album in connection.Client.Albums.ListAsync(patience.Token).ConfigureAwait(false))
                {
                    titles.Add(album.Title);
                }
            }).Wait();
        }
        catch (AggregateException)
        {
            // What was read before time ran out, or before the call failed, is still of use.
        }

        return titles;
    }
}
