using System.Collections.Concurrent;
using GPhotos.Core;
using GPhotos.Core.Auth;

namespace GPhotos.PowerShell.Hosting;

/// <summary>The connections of this process. All runspaces share them, so ForEach-Object -Parallel and thread jobs need no sign-in.</summary>
internal static class Connections
{
    private static readonly ConcurrentDictionary<string, GPhotosConnection> Open = new(StringComparer.OrdinalIgnoreCase);
    private static readonly Lock Gate = new();
    private static string _current = Profile.DefaultName;

    /// <summary>The endpoint to use: the one named, else the environment's, else Google.</summary>
    public static GPhotosEndpoints Endpoints(Uri? named)
    {
        if (named is not null)
        {
            return GPhotosEndpoints.At(named);
        }

        string? text = Environment.GetEnvironmentVariable(GPhotosEndpoints.EnvironmentVariable);
        if (string.IsNullOrWhiteSpace(text))
        {
            return GPhotosEndpoints.Google;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            ? GPhotosEndpoints.At(address)
            : throw new InvalidRequestException($"The environment variable {GPhotosEndpoints.EnvironmentVariable} holds '{text}', which is not an address.");
    }

    /// <summary>The connection in use; the sign-in that an earlier session kept, where this one has none yet.</summary>
    /// <exception cref="NotConnectedException">There is neither.</exception>
    public static GPhotosConnection Current()
    {
        lock (Gate)
        {
            if (Open.TryGetValue(_current, out GPhotosConnection? connection))
            {
                return connection;
            }

            Profile profile = ProfileStore.ForUser.Load(_current)
                ?? throw new NotConnectedException($"Nobody is signed in to Google Photos under the profile '{_current}'.", _current);
            CheckEndpoint(profile);
            return Open[_current] = GPhotosConnection.FromProfile(profile);
        }
    }

    /// <summary>The connection in use, if one is open. Reads no file and sends nothing.</summary>
    public static GPhotosConnection? CurrentIfOpen() => Open.GetValueOrDefault(_current);

    /// <summary>A client for what is on this machine, while nobody is signed in.</summary>
    public static GPhotosClient SignedOut(NotConnectedException reason) => new(new GPhotosClientOptions
    {
        Endpoints = Endpoints(null),
        Tokens = new NoSignIn(reason),
        ProfileName = _current,
    });

    /// <summary>Makes a connection the one in use.</summary>
    public static void Use(string profileName, GPhotosConnection connection)
    {
        lock (Gate)
        {
            // The one before it is not disposed: another runspace may be in the middle of a call.
            Open[profileName] = connection;
            _current = profileName;
        }
    }

    /// <summary>The named connection, open or kept, or null.</summary>
    public static GPhotosConnection? Find(string profileName) =>
        Open.GetValueOrDefault(profileName)
            ?? (ProfileStore.ForUser.Load(profileName) is { } profile ? GPhotosConnection.FromProfile(profile) : null);

    /// <summary>Forgets a connection, in memory and on disk.</summary>
    public static void Forget(string profileName)
    {
        lock (Gate)
        {
            Open.TryRemove(profileName, out _);
            ProfileStore.ForUser.Remove(profileName);
            if (string.Equals(_current, profileName, StringComparison.OrdinalIgnoreCase))
            {
                _current = Profile.DefaultName;
            }
        }
    }

    /// <summary>The name of the profile in use.</summary>
    public static string CurrentName => _current;

    /// <summary>A profile's tokens go to the server that gave them and to no other, whatever the environment says today.</summary>
    public static void CheckEndpoint(Profile profile)
    {
        if (Environment.GetEnvironmentVariable(GPhotosEndpoints.EnvironmentVariable) is { Length: > 0 }
            && Endpoints(null).Root is var root && root != profile.Endpoint)
        {
            throw new NotConnectedException(
                $"The profile '{profile.Name}' belongs to {profile.Endpoint}, but {GPhotosEndpoints.EnvironmentVariable} names {root}.",
                profile.Name);
        }
    }
}
