namespace GPhotos;

/// <summary>What Google recognises in a picture. Google's NONE is left out: it filters nothing.</summary>
/// <remarks>See https://developers.google.com/photos/library/guides/apply-filters.</remarks>
public enum ContentCategory
{
    /// <summary>Landscapes.</summary>
    Landscapes,

    /// <summary>Receipts.</summary>
    Receipts,

    /// <summary>Cityscapes.</summary>
    Cityscapes,

    /// <summary>Landmarks.</summary>
    Landmarks,

    /// <summary>Selfies.</summary>
    Selfies,

    /// <summary>People.</summary>
    People,

    /// <summary>Pets.</summary>
    Pets,

    /// <summary>Weddings.</summary>
    Weddings,

    /// <summary>Birthdays.</summary>
    Birthdays,

    /// <summary>Documents.</summary>
    Documents,

    /// <summary>Travel.</summary>
    Travel,

    /// <summary>Animals.</summary>
    Animals,

    /// <summary>Food.</summary>
    Food,

    /// <summary>Sport.</summary>
    Sport,

    /// <summary>Night scenes.</summary>
    Night,

    /// <summary>Performances.</summary>
    Performances,

    /// <summary>Whiteboards.</summary>
    Whiteboards,

    /// <summary>Screenshots.</summary>
    Screenshots,

    /// <summary>Documents, screenshots, whiteboards and the like.</summary>
    Utility,

    /// <summary>Arts.</summary>
    Arts,

    /// <summary>Crafts.</summary>
    Crafts,

    /// <summary>Fashion.</summary>
    Fashion,

    /// <summary>Houses.</summary>
    Houses,

    /// <summary>Gardens.</summary>
    Gardens,

    /// <summary>Flowers.</summary>
    Flowers,

    /// <summary>Holidays.</summary>
    Holidays,
}
