using System.Management.Automation;
using GPhotos.Core.Gallery;
using GPhotos.PowerShell.Binding;
using GPhotos.PowerShell.Errors;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Export-GPhotoGallery: a page of one file that shows media items, files and comparisons.</summary>
[Cmdlet(VerbsData.Export, "GPhotoGallery", DefaultParameterSetName = ThumbnailSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGPhotoGalleryCommand : ConnectedCmdlet
{
    private const string ThumbnailSet = "Thumbnail";
    private const string NoThumbnailSet = "NoThumbnail";
    private const int SmallestThumbnail = 32;
    private const int LargestThumbnail = 1024;

    private readonly Intake<GalleryEntry> _entries;
    private readonly GalleryInput _input = new();
    private GalleryOptions _options = null!;
    private bool _isWanted;
    private int _done;
    private int _drawn;

    /// <summary>Makes the cmdlet.</summary>
    public ExportGPhotoGalleryCommand() => _entries = new Intake<GalleryEntry>(this, WriteAsync);

    /// <summary>The page. One that is there is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Media items of any door, results of saving and sending, rows of a comparison, files.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[]? InputObject { get; set; }

    /// <summary>The heading of the page.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>The longer side of thumbnails in pixels.</summary>
    [Parameter(ParameterSetName = ThumbnailSet)]
    [ValidateRange(SmallestThumbnail, LargestThumbnail)]
    public int ThumbnailSize { get; set; } = GalleryOptions.DefaultThumbnailSize;

    /// <summary>Shows names and kinds in place of pictures: no media request, no file is opened for its picture.</summary>
    [Parameter(ParameterSetName = NoThumbnailSet, Mandatory = true)]
    public SwitchParameter NoThumbnail { get; set; }

    /// <summary>How many pictures are read or fetched at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Keeps a page that is there.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a page that is read-only, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file of the page.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsSignIn => false;

    /// <inheritdoc/>
    protected override ProgressRecord? CurrentProgress => new(1, "Making a gallery", $"{_done} of {_entries.Count} pictures in '{_options.Path}'");

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            _options = new GalleryOptions
            {
                Path = LocalPaths.ToWrite(this, Path),
                Title = Title,
                ThumbnailSize = NoThumbnail ? 0 : ThumbnailSize,
                ThrottleLimit = ThrottleLimit,
                NoClobber = NoClobber,
                Force = Force,
            };
            _options.Check();
        }
        catch (GPhotosException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e));
        }

        _isWanted = ShouldProcess($"File '{_options.Path}'", "Export gallery");
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PSObject input in _isWanted ? InputObject! : [])
        {
            if (EntryOf(input) is { } entry)
            {
                if (entry.IsOnlineOnly && !NoThumbnail)
                {
                    RequireSignIn();
                }

                _entries.Add(entry);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _entries.Complete();
        if (_isWanted)
        {
            // Nothing to show is worth a page as well: a comparison that found no difference.
            if (_entries.Count == 0)
            {
                Run(() => WriteAsync(AsyncEnumerable.Empty<GalleryEntry>()));
            }

            Tell();
            if (PassThru)
            {
                WriteObject(new FileInfo(_options.Path));
            }
        }

        base.EndProcessing();
    }

    private GalleryEntry? EntryOf(PSObject input)
    {
        try
        {
            return _input.Of(input);
        }
        catch (InvalidRequestException e)
        {
            WriteError(ErrorRecords.From(e, input));
            return null;
        }
    }

    private void Tell()
    {
        if (_input.PassedOver > 0)
        {
            WriteWarning($"{_input.PassedOver} files of kinds that Google Photos does not take were passed over.");
        }

        if (_drawn > 0 && !NoThumbnail)
        {
            WriteVerbose($"{_drawn} of {_done} have a sign with their name in place of a picture: videos and others that nothing here can show.");
        }
    }

    private async Task WriteAsync(IAsyncEnumerable<GalleryEntry> entries)
    {
        await foreach (GalleryOutcome outcome in Client.Gallery.WriteAsync(entries, _options, StopToken))
        {
            _done += outcome.Entry is null ? 0 : 1;
            _drawn += outcome is { Entry: not null, HasThumbnail: false } ? 1 : 0;
            if (outcome.Error is not null)
            {
                await PostErrorAsync(outcome.Error, outcome.Entry is { } entry ? entry.MediaItem ?? (object?)entry.Path : null);
            }
        }
    }
}
