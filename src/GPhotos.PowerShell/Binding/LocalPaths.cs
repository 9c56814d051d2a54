using System.Management.Automation;
using GPhotos.PowerShell.Errors;

namespace GPhotos.PowerShell.Binding;

/// <summary>Files and folders as users name them, made full paths. What one of them cannot be is told of that one alone.</summary>
internal static class LocalPaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>
    /// Whether a path is meant to stand for several. Such a one may match nothing, as everywhere in PowerShell; brackets alone are more likely
    /// part of a name.
    /// </summary>
    public static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?');

    /// <summary>The full path of what is to be written, which need not be there.</summary>
    /// <param name="cmdlet">Whose location and drives it goes by.</param>
    /// <param name="path">As it was named.</param>
    /// <param name="otherwise">What is said of one that is not in the file system.</param>
    /// <exception cref="FileWriteFailedException">It is not in the file system, or on no drive.</exception>
    public static string ToWrite(PSCmdlet cmdlet, string path, string otherwise = "is not in the file system.")
    {
        try
        {
            string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == FileSystem ? full : throw new FileWriteFailedException($"'{path}' {otherwise}", path);
        }
        catch (SessionStateException e)
        {
            throw new FileWriteFailedException($"'{path}' is on no known drive.", path, e);
        }
    }

    /// <summary>The full path of one file that is to be read, taken as it is written. It may not be there.</summary>
    /// <exception cref="FileReadFailedException">It is not in the file system, or on no drive.</exception>
    public static string ToRead(PSCmdlet cmdlet, string path)
    {
        try
        {
            string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == FileSystem ? full : throw new FileReadFailedException($"'{path}' is not in the file system.", path);
        }
        catch (SessionStateException e)
        {
            throw new FileReadFailedException($"'{path}' is on no known drive.", path, e);
        }
    }

    public static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, string path, bool literally)
    {
        try
        {
            string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (provider.Name != FileSystem)
            {
                throw new FileReadFailedException($"'{path}' is not in the file system.", path);
            }

            // What bears the very name goes before what its brackets might match.
            if (literally || Path.Exists(full))
            {
                return [full];
            }

            string[] found = [.. cmdlet.GetResolvedProviderPathFromPSPath(path, out _)];
            return found.Length > 0 || IsPattern(path)
                ? found
                : throw new FileReadFailedException($"'{path}' matches no file.", path);
        }
        catch (GPhotosException e)
        {
            cmdlet.WriteError(ErrorRecords.From(e));
        }
        catch (ItemNotFoundException e)
        {
            cmdlet.WriteError(ErrorRecords.From(new FileReadFailedException($"'{path}' does not exist.", path, e)));
        }
        catch (WildcardPatternException e)
        {
            cmdlet.WriteError(ErrorRecords.From(new FileReadFailedException($"'{path}' is no pattern: {e.Message}", path, e)));
        }
        catch (SessionStateException e)
        {
            cmdlet.WriteError(ErrorRecords.From(new FileReadFailedException($"'{path}' is on no known drive.", path, e)));
        }

        return [];
    }
}
