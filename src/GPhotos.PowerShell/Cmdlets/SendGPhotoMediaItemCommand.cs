using System.Management.Automation;
using GPhotos.Core.Uploads;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Completion;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Send-GPhotoMediaItem: uploads files in lanes while the input still arrives, and makes media items of them.</summary>
[Cmdlet(VerbsCommunications.Send, "GPhotoMediaItem", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(SendResult))]
public sealed class SendGPhotoMediaItemCommand : ConnectedCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string FileSystem = "FileSystem";

    private readonly Intake<SendRequest> _requests;
    private string? _albumId;
    private int _done;

    /// <summary>Makes the cmdlet.</summary>
    public SendGPhotoMediaItemCommand() => _requests = new Intake<SendRequest>(this, SendAsync);

    /// <summary>Files, with wildcards.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Files, taken as they are written. Get-ChildItem binds here.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The album to put them in: the object, its id or its title. A title that no album has is made.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(AlbumTitleCompleter))]
    [ValidateNotNull]
    public AlbumReference? Album { get; set; }

    /// <summary>A description the user wrote. Google allows no text made by a program.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>How many files travel at once. Media items are made one call at a time all the same.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <inheritdoc/>
    protected override ProgressRecord? CurrentProgress => new(1, "Sending files to Google Photos", $"{_done} of {_requests.Count} sent");

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string action = Album is null ? "Send to Google Photos" : $"Send to Google Photos, album '{Album}'";
        foreach (string file in Files())
        {
            if (ShouldProcess(file, action))
            {
                Feed(new SendRequest(file) { AlbumId = _albumId, Description = string.IsNullOrEmpty(Description) ? null : Description });
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _requests.Complete();
        base.EndProcessing();
    }

    private void Feed(SendRequest request)
    {
        // The album first, and only when there is something to put in it.
        if (_requests.Count == 0)
        {
            Run(FindAlbumAsync);
        }

        _requests.Add(request);
    }

    private async Task FindAlbumAsync()
    {
        if (Album is null)
        {
            return;
        }

        _albumId = Album.Album?.Id ?? (await Client.FindOrCreateAlbumAsync(Album.IdOrTitle, StopToken)).Id;
    }

    private async Task SendAsync(IAsyncEnumerable<SendRequest> requests)
    {
        SendOptions options = new() { ThrottleLimit = ThrottleLimit };
        await foreach (SendOutcome outcome in Client.Sender.SendAsync(requests, options, StopToken))
        {
            _done += outcome.Request is null ? 0 : 1;
            await (outcome.Result is { } result
                ? PostObjectAsync(result)
                : PostErrorAsync(outcome.Error!, outcome.Request?.Path));
        }
    }

    private IEnumerable<string> Files() =>
        ParameterSetName == LiteralPathSet ? LiteralPath!.SelectMany(p => Resolve(p, Literally)) : Path!.SelectMany(p => Resolve(p, WithWildcards));

    // A file that bears the very name goes before what its brackets might match.
    private (IEnumerable<string> Found, ProviderInfo Provider) WithWildcards(string path)
    {
        (IEnumerable<string> literal, ProviderInfo provider) = Literally(path);
        return provider.Name == FileSystem && File.Exists(literal.First())
            ? (literal, provider)
            : (GetResolvedProviderPathFromPSPath(path, out provider), provider);
    }

    private (IEnumerable<string> Found, ProviderInfo Provider) Literally(string path) =>
        ([SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _)], provider);

    // What one path cannot be is told of that path alone.
    private IEnumerable<string> Resolve(string path, Func<string, (IEnumerable<string> Found, ProviderInfo Provider)> resolve)
    {
        try
        {
            (IEnumerable<string> found, ProviderInfo provider) = resolve(path);
            // A pattern may match nothing, as everywhere in PowerShell; brackets alone are more likely part of a name.
            bool isPattern = path.AsSpan().ContainsAny('*', '?');
            string? complaint = provider.Name != FileSystem ? "is not in the file system" : found.Any() || isPattern ? null : "matches no file";
            if (complaint is null)
            {
                return found;
            }

            WriteError(ErrorRecords.From(new FileReadFailedException($"'{path}' {complaint}.", path)));
        }
        catch (ItemNotFoundException e)
        {
            WriteError(ErrorRecords.From(new FileReadFailedException($"'{path}' does not exist.", path, e)));
        }
        catch (SessionStateException e)
        {
            WriteError(ErrorRecords.From(new FileReadFailedException($"'{path}' is on no known drive.", path, e)));
        }

        return [];
    }
}
