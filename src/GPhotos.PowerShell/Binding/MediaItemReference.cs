using System.Management.Automation;

namespace GPhotos.PowerShell.Binding;

/// <summary>A media item as users name one: its id, or any object that has it as Id.</summary>
public sealed class MediaItemReference
{
    /// <summary>By an id, a media item, the result of sending or saving one, or a row of a file.</summary>
    public MediaItemReference(object input)
    {
        Input = input;
        object? bare = input is PSObject { BaseObject: not PSCustomObject and var inner } ? inner : input;
        Id = bare switch
        {
            string id => id,
            MediaItem item => item.Id,
            // It has an Id, too, but not a media item's.
            Album or AlbumEnrichment => null,
            _ => PSObject.AsPSObject(input).Properties["Id"]?.Value as string,
        };
        Name = bare is MediaItem { FileName: { Length: > 0 } name } ? name : null;
    }

    /// <summary>The id; null where the object names no media item, as a file that is not sent yet.</summary>
    public string? Id { get; }

    /// <summary>What was given.</summary>
    public object Input { get; }

    /// <summary>The file name, where it is known.</summary>
    public string? Name { get; }

    /// <summary>The file name where known, else the id.</summary>
    public override string ToString() => Name ?? Id ?? "";

    internal string RequiredId => string.IsNullOrEmpty(Id) ? throw NoId() : Id;

    internal InvalidRequestException NoId() => new($"'{Input}' names no media item: it is no id and has no Id of one.");
}
