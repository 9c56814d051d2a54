namespace GPhotos.Emulator.Library;

/// <summary>What a picture shows. NONE is no flag: it stands for the absence of a category.</summary>
[Flags]
internal enum ContentCategories
{
    None = 0,
    Landscapes = 1 << 0,
    Receipts = 1 << 1,
    Cityscapes = 1 << 2,
    Landmarks = 1 << 3,
    Selfies = 1 << 4,
    People = 1 << 5,
    Pets = 1 << 6,
    Weddings = 1 << 7,
    Birthdays = 1 << 8,
    Documents = 1 << 9,
    Travel = 1 << 10,
    Animals = 1 << 11,
    Food = 1 << 12,
    Sport = 1 << 13,
    Night = 1 << 14,
    Performances = 1 << 15,
    Whiteboards = 1 << 16,
    Screenshots = 1 << 17,
    Utility = 1 << 18,
    Arts = 1 << 19,
    Crafts = 1 << 20,
    Fashion = 1 << 21,
    Houses = 1 << 22,
    Gardens = 1 << 23,
    Flowers = 1 << 24,
    Holidays = 1 << 25,
}
