using System.Security.Cryptography;
using System.Text;

namespace GPhotos.Core.Journal;

/// <summary>Where a journal is.</summary>
internal static class JournalFile
{
    /// <summary>
    /// One per profile. The service and the project belong to its name: what was sent to the emulator is not at Google, and another OAuth
    /// client does not see what the first one sent.
    /// </summary>
    public static SendJournal Open(GPhotosClientOptions options) => new(PathOf(options), options.TimeProvider);

    /// <summary>Its path, whether it is there or not; null for one in memory.</summary>
    public static string? PathOf(GPhotosClientOptions options)
    {
        string belongsTo = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Endpoints.Root} {options.Project}")))[..8];
        string name = $"{Uri.EscapeDataString(options.ProfileName)}.{belongsTo}.journal.db";
        return options.DataFolder is null ? null : Path.Combine(options.DataFolder, name);
    }
}
