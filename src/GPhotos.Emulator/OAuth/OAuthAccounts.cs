using System.Collections.Concurrent;

namespace GPhotos.Emulator.OAuth;

/// <summary>What Google says of a client that is there no more.</summary>
internal sealed record ClientRefusal(string Code, string Says)
{
    public static ClientRefusal Deleted { get; } = new("deleted_client", "The OAuth client was deleted.");

    public static ClientRefusal Disabled { get; } = new("disabled_client", "The OAuth client was disabled.");
}

/// <summary>The users and clients that were put out of use. What they had granted or been granted is ended elsewhere.</summary>
internal sealed class OAuthAccounts
{
    private readonly ConcurrentDictionary<string, ClientRefusal> _clients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _disabledUsers = new(StringComparer.Ordinal);

    public void Refuse(string clientId, ClientRefusal refusal) => _clients[clientId] = refusal;

    public ClientRefusal? RefusalOf(string clientId) => _clients.GetValueOrDefault(clientId);

    public void Disable(string user) => _disabledUsers[user] = true;

    public bool IsDisabled(string user) => _disabledUsers.ContainsKey(user);
}
