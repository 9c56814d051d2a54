using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace GPhotos.Emulator.OAuth;

/// <summary>Who a user is to those who asked for identity scopes. All of it is made up, and always the same for one user.</summary>
internal static class UserIdentity
{
    /// <summary>The address, where scopes open it.</summary>
    public static string? Email(string user, IEnumerable<string> scopes) =>
        !scopes.Any(scope => scope is "email" or ScopeNames.Prefix + "userinfo.email") ? null
        : user.Contains('@', StringComparison.Ordinal) ? user
        : $"{user}@emulator.example";

    /// <summary>The account's id of 21 digits, where scopes open it: any that tells who the user is.</summary>
    public static string? Subject(string user, IReadOnlyList<string> scopes) => !scopes.Any(ScopeNames.IsIdentity)
        ? null
        : "1" + (new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes(user)), isUnsigned: true) % BigInteger.Pow(10, 20))
            .ToString("D20", CultureInfo.InvariantCulture);
}
