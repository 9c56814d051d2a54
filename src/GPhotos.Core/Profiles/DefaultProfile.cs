using GPhotos.Core.Data;

namespace GPhotos.Core.Profiles;

/// <summary>
/// Which profile a fresh session uses: the one that the environment names, else the one that was chosen (the first that was kept, until
/// somebody chooses), else the one named default.
/// </summary>
public sealed class DefaultProfile
{
    private const string FileName = "default-profile";
    private const int LongestFile = 1024;

    private readonly string _path;
    private readonly Func<string, bool> _isKept;

    internal DefaultProfile(string folder, Func<string, bool> isKept) => (_path, _isKept) = (Path.Combine(folder, FileName), isKept);

    /// <summary>Its name. There may be no such profile.</summary>
    /// <exception cref="FileReadFailedException">The choice is on file but cannot be read.</exception>
    /// <exception cref="InvalidRequestException">The environment names one that cannot be.</exception>
    public string Name => Named() ?? Chosen() ?? Profile.DefaultName;

    /// <summary>Whether a profile is the default; not so where nothing tells.</summary>
    public bool Is(string name)
    {
        try
        {
            return string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is FileReadFailedException or InvalidRequestException)
        {
            return false;
        }
    }

    /// <summary>Makes a profile the default.</summary>
    /// <exception cref="FileWriteFailedException">The choice cannot be kept.</exception>
    public void Choose(string name)
    {
        try
        {
            PrivateFile.Write(_path, System.Text.Encoding.ASCII.GetBytes(name + "\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteFailedException($"The default profile cannot be kept in '{_path}': {e.Message}", _path, e);
        }
    }

    /// <summary>Makes a profile the default if there is none.</summary>
    internal void Claim(string name)
    {
        if (name != Profile.DefaultName && Chosen() is null && !_isKept(Profile.DefaultName))
        {
            Choose(name);
        }
    }

    /// <summary>Leaves no default where it was this one.</summary>
    internal void Release(string name)
    {
        if (string.Equals(Written(), name, StringComparison.OrdinalIgnoreCase))
        {
            File.Delete(_path);
        }
    }

    private static string? Named() =>
        Environment.GetEnvironmentVariable(Profile.EnvironmentVariable) is not { Length: > 0 } named ? null
        : ProfileStore.IsName(named) ? named
        : throw new InvalidRequestException(
            $"The environment variable {Profile.EnvironmentVariable} holds '{named}', which cannot be a profile name: {ProfileStore.NameRule}");

    // A choice of a profile that is gone is none.
    private string? Chosen() => Written() is { } name && _isKept(name) ? name : null;

    private string? Written()
    {
        try
        {
            // What cannot be a name is no choice.
            return File.Exists(_path) && new FileInfo(_path).Length <= LongestFile && File.ReadAllText(_path).Trim() is var name && ProfileStore.IsName(name) ? name : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"The default profile cannot be read from '{_path}': {e.Message}", _path, e);
        }
    }
}
