using System.Security.Cryptography;
using System.Text;

namespace GPhotos.Core.Auth;

/// <summary>What the consent page sends the browser back with (RFC 6749, 4.1.2).</summary>
internal sealed record ConsentAnswer(string? Code, string? Error, string? State)
{
    /// <summary>Reads the query of an address, without its question mark.</summary>
    public static ConsentAnswer Read(string query)
    {
        // Every code of Google's holds a slash, which comes as %2F.
        Dictionary<string, string> fields = query.Split('&').Select(f => f.Split('=', 2)).Where(f => f.Length == 2)
            .DistinctBy(f => f[0]).ToDictionary(f => f[0], f => Uri.UnescapeDataString(f[1].Replace('+', ' ')));
        return new ConsentAnswer(fields.GetValueOrDefault("code"), fields.GetValueOrDefault("error"), fields.GetValueOrDefault("state"));
    }

    /// <summary>Whether it answers the sign-in that sent this state.</summary>
    public bool Answers(string state) =>
        State is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(State), Encoding.UTF8.GetBytes(state));

    /// <summary>Names nothing: a code is a secret.</summary>
    public override string ToString() => "";
}
