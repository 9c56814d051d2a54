using System.Globalization;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Library;

/// <summary>How many items an album may have. Google's number is 20,000; what it answers when that is reached was not seen.</summary>
internal sealed class AlbumCapacity(EmulatorOptions options)
{
    /// <summary>Refuses the whole call when the items that are new to the album do not all fit.</summary>
    public void Check(Album album, int newItems)
    {
        if (newItems > 0 && album.Items.Count + newItems > options.AlbumCapacity)
        {
            throw GoogleError.InvalidArgument(string.Create(
                CultureInfo.InvariantCulture, $"An album can hold at most {options.AlbumCapacity} media items."));
        }
    }
}
