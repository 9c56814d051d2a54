using System.Management.Automation;

namespace GPhotos.PowerShell.Binding;

/// <summary>A text, place or map of an album as users name one: the object that Add-GPhotoAlbumEnrichment gave, or its id.</summary>
public sealed class AlbumEnrichmentReference
{
    /// <summary>By an id, the object, or a row of a file.</summary>
    public AlbumEnrichmentReference(object input) =>
        Id = input as string ?? PSObject.AsPSObject(input).Properties["Id"]?.Value as string ?? PSObject.AsPSObject(input).ToString();

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
