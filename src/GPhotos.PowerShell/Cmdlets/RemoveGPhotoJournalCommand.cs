using System.Management.Automation;
using GPhotos.Core.Journal;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Remove-GPhotoJournal: forgets what this profile knows of files. Sends nothing; what is at Google stays there.</summary>
[Cmdlet(VerbsCommon.Remove, "GPhotoJournal", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(JournalEntry))]
public sealed class RemoveGPhotoJournalCommand : ConnectedCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string InputObjectSet = "InputObject";
    private const string AllSet = "All";
    private const string Action = "Forget in the journal of this machine";

    /// <summary>Paths that were seen, with wildcards.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Paths, taken as they are written. Get-ChildItem binds here.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Entries, as Get-GPhotoJournal gives them.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public JournalEntry[]? InputObject { get; set; }

    /// <summary>Every entry of this profile.</summary>
    [Parameter(ParameterSetName = AllSet, Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <summary>Give the entries that were forgotten.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case AllSet:
                if (All)
                {
                    Run(ForgetAllAsync);
                }

                break;
            case InputObjectSet:
                Run(() => ForgetAsync(InputObject!));
                break;
            default:
                bool literally = ParameterSetName == LiteralPathSet;
                foreach (string text in (literally ? LiteralPath : Path)!)
                {
                    if (JournalPath.Read(this, text, literally) is { } path)
                    {
                        Run(() => ForgetAsync(path));
                    }
                }

                break;
        }
    }

    private async Task ForgetAsync(JournalPath path)
    {
        // As with Remove-Item: a name that is not there is an error, a pattern that fits nothing is none.
        if (!await ForgetAsync(new JournalFilter { Path = path.Literal })
            && !(path.HasWildcards && await ForgetAsync(new JournalFilter { PathMatches = path.IsMatch }))
            && !path.IsPattern)
        {
            await PostErrorAsync(new JournalEntryNotFoundException($"The journal does not know '{path.Text}'.", path.Literal));
        }
    }

    private async Task<bool> ForgetAsync(JournalFilter filter)
    {
        bool found = false;
        foreach (IReadOnlyList<JournalEntry> page in Client.Journal.FindPages(filter))
        {
            found |= page.Count > 0;
            await ForgetAsync(page);
        }

        return found;
    }

    private async Task ForgetAsync(IReadOnlyList<JournalEntry> entries)
    {
        foreach (JournalEntry entry in entries)
        {
            await PostAsync(() => Forget(entry));
        }
    }

    private void Forget(JournalEntry entry)
    {
        if (!ShouldProcess(entry.ToString(), Action))
        {
            return;
        }

        if (!Client.Journal.Forget(entry.Sha256, entry.Length))
        {
            WriteError(Errors.ErrorRecords.From(
                new JournalEntryNotFoundException($"The journal does not know '{entry}' any more.", entry.ToString()), entry));
        }
        else if (PassThru)
        {
            WriteObject(entry);
        }
    }

    private async Task ForgetAllAsync()
    {
        long count = Client.Journal.Count();
        List<JournalEntry> forgotten = PassThru ? [.. Client.Journal.Find(new JournalFilter())] : [];
        await PostAsync(() =>
        {
            if (ShouldProcess($"All {count:N0} entries of this profile", Action) && Confirmed(count))
            {
                Client.Journal.ForgetAll();
                WriteObject(forgotten, enumerateCollection: true);
            }
        });
    }

    // The impact of -All is high and that of the rest is not; the engine knows one for the whole cmdlet. Where it has asked already, or was told not
    // to ask, nobody asks again.
    private bool Confirmed(long count) =>
        !LanguagePrimitives.TryConvertTo(SessionState.PSVariable.GetValue("ConfirmPreference"), out ConfirmImpact preference)
        || preference != ConfirmImpact.High
        || MyInvocation.BoundParameters.ContainsKey("Confirm")
        || ShouldContinue(
            $"All {count:N0} entries of the journal are forgotten on this machine. Nothing changes at Google, but every file is read, and sent, again.",
            "Forget the whole journal?");
}
