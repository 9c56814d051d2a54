using System.Text;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>The rules for the names of objects and buckets.</summary>
internal static class ObjectName
{
    private const int LongestName = 1024;

    /// <summary>
    /// Refuses what no object can be called: a name has 1 to 1,024 bytes of UTF-8 and no line ends, and is neither "." nor "..".
    /// </summary>
    public static string Check(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw StorageErrors.Required("name");
        }

        if (Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            throw StorageErrors.Invalid("The maximum object length is 1024 characters, but got a name with more.");
        }

        bool fits = name is not ("." or "..") && name.AsSpan().IndexOfAny('\r', '\n') < 0
            && !name.StartsWith(".well-known/acme-challenge/", StringComparison.Ordinal);
        return fits ? name : throw StorageErrors.Invalid($"Disallowed unicode characters present in object name '{name}'");
    }

    /// <summary>
    /// Refuses what no bucket can be called: 3 to 63 of a-z, 0-9, dash, underscore and dot, with a letter or digit at both ends.
    /// </summary>
    public static string CheckBucket(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw StorageErrors.Required("name");
        }

        return IsBucket(name) ? name : throw StorageErrors.Invalid($"Invalid bucket name: '{name}'");
    }

    public static bool IsBucket(string name) => name.Length is >= 3 and <= 63
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_' or '.')
        && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
        && !name.StartsWith("goog", StringComparison.Ordinal);
}
