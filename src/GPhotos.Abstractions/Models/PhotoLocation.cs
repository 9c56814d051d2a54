using System.Globalization;

namespace GPhotos;

/// <summary>A place by its name and where it lies.</summary>
public sealed record PhotoLocation
{
    /// <summary>Makes one.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place on the globe.</exception>
    public PhotoLocation(string name, double latitude, double longitude)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        // Written so that NaN fails, too.
        if (!(Math.Abs(latitude) <= 90))
        {
            throw new ArgumentOutOfRangeException(nameof(latitude), latitude, "A latitude lies between -90 and 90 degrees.");
        }

        if (!(Math.Abs(longitude) <= 180))
        {
            throw new ArgumentOutOfRangeException(nameof(longitude), longitude, "A longitude lies between -180 and 180 degrees.");
        }

        (Name, Latitude, Longitude) = (name, latitude, longitude);
    }

    /// <summary>The name that is shown.</summary>
    public string Name { get; }

    /// <summary>Degrees north of the equator, -90 to 90.</summary>
    public double Latitude { get; }

    /// <summary>Degrees east of Greenwich, -180 to 180.</summary>
    public double Longitude { get; }

    /// <summary>The name and the degrees.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({Latitude}, {Longitude})");
}
