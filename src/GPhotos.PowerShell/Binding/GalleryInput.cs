using System.Management.Automation;
using GPhotos.Core.Downloads;
using GPhotos.Core.Gallery;
using GPhotos.Core.Uploads;

namespace GPhotos.PowerShell.Binding;

/// <summary>What of the pipeline a gallery can show. Rows of a comparison are known by their properties, so those that were selected or kept in a file are shown too.</summary>
internal sealed class GalleryInput
{
    private const string SideIndicator = "SideIndicator";

    /// <summary>How many files were passed over because Google Photos takes none of their kind.</summary>
    public int PassedOver { get; private set; }

    /// <summary>The entry of an object; null for a folder or a file of another kind, which are passed over.</summary>
    /// <exception cref="InvalidRequestException">It is nothing that can be shown.</exception>
    public GalleryEntry? Of(PSObject input) => input.BaseObject switch
    {
        MediaItem item => new GalleryEntry { MediaItem = item },
        SaveResult saved => new GalleryEntry { MediaItem = saved.MediaItem, Path = saved.FullName, Status = saved.Status.ToString() },
        SendResult sent => new GalleryEntry { MediaItem = sent.MediaItem, Path = PathOf(sent.FullName), Status = sent.Status.ToString() },
        FileInfo file => OfFile(file),
        DirectoryInfo => null,
        _ when input.Properties[SideIndicator] is not null => OfRow(input),
        _ => throw new InvalidRequestException(
            $"A gallery shows media items, results of saving and sending, rows of a comparison, and files of Get-ChildItem; this is {input.BaseObject.GetType().Name}."),
    };

    private GalleryEntry? OfFile(FileInfo file)
    {
        if (MediaFileType.Of(file.Name) is not null)
        {
            return new GalleryEntry { Path = file.FullName };
        }

        PassedOver++;
        return null;
    }

    private static GalleryEntry OfRow(PSObject row) => new()
    {
        SideIndicator = TextOf(row, SideIndicator),
        MediaItem = (row.Properties["MediaItem"]?.Value as PSObject)?.BaseObject as MediaItem ?? row.Properties["MediaItem"]?.Value as MediaItem,
        Path = PathOf(TextOf(row, "FullName")),
        MatchedBy = TextOf(row, "MatchedBy"),
        Reason = TextOf(row, "Reason"),
        Candidates = [.. LanguagePrimitives.GetEnumerable(row.Properties["Candidates"]?.Value)?.Cast<object?>().Select(c => $"{c}").Where(c => c.Length > 0) ?? []],
    };

    private static string? TextOf(PSObject row, string name) => row.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;

    // Results of web addresses have those for a path.
    private static string? PathOf(string? path) => Path.IsPathFullyQualified(path ?? "") || SaveNames.IsBucket(path ?? "") ? path : null;
}
