namespace GPhotos;

/// <summary>What sending would take. Nothing was sent to find it out.</summary>
public sealed class SendForecast
{
    /// <summary>How many files would be sent, those included that are known already.</summary>
    public int Files { get; init; }

    /// <summary>How many bytes would travel: those of the files that Google does not have.</summary>
    public long Bytes { get; init; }

    /// <summary>How many files are in the library already, by the journal.</summary>
    public int AlreadyInLibrary { get; init; }

    /// <summary>How many files Google does not take, refused before, or cannot be read.</summary>
    public int Refused { get; init; }

    /// <summary>How many web addresses there are, whose length shows only when they are asked.</summary>
    public int Addresses { get; init; }

    /// <summary>How many Library calls it would take if all goes well.</summary>
    public int Calls { get; init; }

    /// <summary>The files, bytes and calls.</summary>
    public override string ToString() => FormattableString.Invariant($"{Files} files, {Bytes} bytes, {Calls} calls");
}
