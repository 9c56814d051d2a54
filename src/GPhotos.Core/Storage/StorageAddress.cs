using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GPhotos.Core.Storage;

/// <summary>A place in Cloud Storage: a bucket, and what the names of the objects in it begin with.</summary>
/// <remarks>See https://cloud.google.com/storage/docs/buckets#naming and https://cloud.google.com/storage/docs/objects#naming.</remarks>
internal sealed partial record StorageAddress
{
    /// <summary>How many bytes of UTF-8 an object's name may have.</summary>
    public const int MaxNameLength = 1024;

    private const string Scheme = "gs://";

    private StorageAddress(string bucket, string prefix) => (Bucket, Prefix) = (bucket, prefix);

    /// <summary>The bucket's name.</summary>
    public string Bucket { get; }

    /// <summary>The names' common beginning, without slashes at its ends. Empty: the whole bucket.</summary>
    public string Prefix { get; }

    /// <summary>Whether a destination means Cloud Storage and no folder.</summary>
    public static bool IsMeantBy(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads gs://bucket/prefix.</summary>
    /// <exception cref="InvalidRequestException">It is none; the message says why.</exception>
    public static StorageAddress Parse(string text)
    {
        if (!IsMeantBy(text))
        {
            throw new InvalidRequestException($"'{text}' is no address of Cloud Storage: it must begin with {Scheme}.");
        }

        string[] parts = text[Scheme.Length..].Split('/', 2);
        string prefix = parts.Length == 1 ? "" : parts[1].Trim('/');
        if ((BucketComplaint(parts[0]) ?? NameComplaint(prefix)) is { } complaint)
        {
            throw new InvalidRequestException($"'{Shown(text)}' is no address of Cloud Storage: {complaint}.");
        }

        return new StorageAddress(parts[0], prefix);
    }

    /// <summary>The whole name of an object below the prefix.</summary>
    /// <exception cref="InvalidRequestException">Cloud Storage takes no such name.</exception>
    public string NameOf(string relative)
    {
        string name = Prefix.Length == 0 ? relative : $"{Prefix}/{relative}";
        return NameComplaint(name) is { } complaint
            ? throw new InvalidRequestException($"'{Shown(name)}' cannot be the name of an object: {complaint}.")
            : name;
    }

    /// <summary>The address as it is written.</summary>
    public override string ToString() => Prefix.Length == 0 ? Scheme + Bucket : $"{Scheme}{Bucket}/{Prefix}";

    /// <summary>The address of an object, as messages name it.</summary>
    public static string Of(string bucket, string name) => $"{Scheme}{bucket}/{name}";

    private static string? BucketComplaint(string bucket) => bucket switch
    {
        "" => "it names no bucket",
        { Length: < 3 } => "a bucket's name has 3 characters at least",
        _ when bucket.Length > (bucket.Contains('.', StringComparison.Ordinal) ? 222 : 63) || bucket.Split('.').Any(p => p.Length > 63) =>
            "a bucket's name has 63 characters at most (222 with dots, 63 between two of them)",
        _ when !BucketShape().IsMatch(bucket) || bucket.Contains("..", StringComparison.Ordinal) =>
            "a bucket's name holds lower-case letters, digits, '-', '_' and '.', and begins and ends with a letter or digit",
        _ when IpAddress().IsMatch(bucket) => "a bucket's name cannot look like an IP address",
        _ => null,
    };

    private static string? NameComplaint(string name)
    {
        if (name.Any(c => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
        {
            return "a name holds no control characters";
        }

        if (name.Split('/').Any(part => part is "." or ".."))
        {
            return "no part of a name can be '.' or '..'";
        }

        try
        {
            return Strict.GetByteCount(name) > MaxNameLength ? $"a name has {MaxNameLength} bytes of UTF-8 at most" : null;
        }
        catch (EncoderFallbackException)
        {
            return "a name must be well-formed Unicode";
        }
    }

    private static string Shown(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]*[a-z0-9]$", RegexOptions.CultureInvariant)]
    private static partial Regex BucketShape();

    [GeneratedRegex(@"^\d+\.\d+\.\d+\.\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex IpAddress();
}
