using System.Collections.Concurrent;
using System.Management.Automation;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Profiles;

namespace GPhotos.PowerShell.Hosting;

/// <summary>The connections of this process. All runspaces share them, so ForEach-Object -Parallel and thread jobs need no sign-in.</summary>
internal static class Connections
{
    private static readonly ConcurrentDictionary<string, GPhotosConnection> Open = new(StringComparer.OrdinalIgnoreCase);
    private static readonly Lock Gate = new();
    private static volatile string? _current;

    /// <summary>The name of the profile in use: the one that was connected last, else the default.</summary>
    public static string CurrentName => _current ?? ProfileStore.ForUser(null).Default.Name;

    /// <summary>What Connect-GPhotos must be told beside, to mean a profile: nothing where it is the default, else " -ProfileName name".</summary>
    public static string ArgumentFor(string profileName) =>
        ProfileStore.ForUser(null).Default.Is(profileName) ? "" : $" -ProfileName {profileName}";

    /// <summary>The same for the profile in use.</summary>
    public static string ArgumentForCurrent => _current is { } name ? ArgumentFor(name) : "";

    /// <summary>The kept profiles, with the user's vaults as the cmdlet's session knows them.</summary>
    public static ProfileStore StoreOf(PSCmdlet cmdlet) => ProfileStore.ForUser(new SessionVault(cmdlet));

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

    /// <summary>The connection in use; the sign-in that an earlier session kept, where this one has none yet. On the pipeline thread.</summary>
    /// <exception cref="NotConnectedException">There is neither.</exception>
    public static GPhotosConnection Current(PSCmdlet cmdlet)
    {
        string name = CurrentName;
        if (IfOpen(name) is { HasEnded: true })
        {
            // Somebody may have signed in anew in another session.
            TakeAnew(name);
        }

        return IfOpen(name)
            ?? Find(name, cmdlet, CheckEndpoint)
            ?? throw NobodyUnder(name);
    }

    /// <summary>The connection in use, if one is open. Reads no profile and sends nothing.</summary>
    public static GPhotosConnection? CurrentIfOpen() => IfOpen(CurrentName);

    /// <summary>The named connection, if it is open. Reads no profile and sends nothing.</summary>
    public static GPhotosConnection? IfOpen(string profileName) => Open.GetValueOrDefault(profileName);

    /// <summary>Takes a sign-in that was kept anew from there when it is next used. One that lives in this session only stays.</summary>
    public static void TakeAnew(string profileName)
    {
        lock (Gate)
        {
            // Not disposed: another runspace may be in the middle of a call.
            if (IfOpen(profileName) is { Store: not SignInStore.Session })
            {
                Open.TryRemove(profileName, out _);
            }
        }
    }

    /// <summary>Whether there is a sign-in of that name, open or kept, be it readable or not.</summary>
    public static bool IsKnown(string profileName) =>
        Open.ContainsKey(profileName) || ProfileStore.ForUser(null).Names().Contains(profileName, StringComparer.OrdinalIgnoreCase);

    /// <summary>A client for what is on this machine, while nobody is signed in.</summary>
    public static GPhotosClient SignedOut(NotConnectedException reason) => new(new GPhotosClientOptions
    {
        Endpoints = Endpoints(null),
        Tokens = new NoSignIn(reason),
        ProfileName = reason.ProfileName,
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

    /// <summary>The named connection, open or kept, or null. On the pipeline thread.</summary>
    /// <param name="profileName">The profile.</param>
    /// <param name="cmdlet">Who asks: a vault is asked in its session.</param>
    /// <param name="check">Looks through a profile before its connection is opened.</param>
    public static GPhotosConnection? Find(string profileName, PSCmdlet cmdlet, Action<Profile>? check = null)
    {
        if (Open.TryGetValue(profileName, out GPhotosConnection? connection))
        {
            return connection;
        }

        // A vault may ask the user something: not while others wait for the gate.
        if (StoreOf(cmdlet).Load(profileName) is not { } profile)
        {
            return null;
        }

        check?.Invoke(profile);
        GPhotosConnection made = GPhotosConnection.FromProfile(profile);
        connection = Open.GetOrAdd(profileName, made);
        if (connection != made)
        {
            // Another runspace was first.
            made.Dispose();
        }

        return connection;
    }

    /// <summary>
    /// Forgets a connection, in memory and where it is kept. One that lives in this session only is forgotten alone: what is kept under its name is another
    /// sign-in. On the pipeline thread.
    /// </summary>
    /// <param name="profileName">The profile.</param>
    /// <param name="cmdlet">Who asks: a vault is asked in its session.</param>
    /// <param name="leaveSecrets">Whether to ask no vault: what it holds stays there.</param>
    public static void Forget(string profileName, PSCmdlet cmdlet, bool leaveSecrets = false)
    {
        if (IfOpen(profileName) is not { Store: SignInStore.Session })
        {
            StoreOf(cmdlet).Remove(profileName, leaveSecrets);
        }

        lock (Gate)
        {
            Open.TryRemove(profileName, out _);
            if (string.Equals(_current, profileName, StringComparison.OrdinalIgnoreCase))
            {
                _current = null;
            }
        }
    }

    /// <summary>What to tell where nobody is signed in under a name. Names the profiles that there are.</summary>
    public static NotConnectedException NobodyUnder(string profileName)
    {
        IReadOnlyList<string> kept = ProfileStore.ForUser(null).Names();
        string others = kept.Count == 0 ? "" : $" Kept are: {string.Join(", ", kept)}.";
        string why = Environment.GetEnvironmentVariable(Profile.EnvironmentVariable) == profileName ? $", which {Profile.EnvironmentVariable} names" : "";
        return new NotConnectedException($"Nobody is signed in to Google Photos under the profile '{profileName}'{why}.{others}", profileName);
    }

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
