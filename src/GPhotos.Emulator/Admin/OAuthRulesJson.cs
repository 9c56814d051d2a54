using System.Text.Json;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>The rules of sign-in as the admin calls read and show them.</summary>
internal static class OAuthRulesJson
{
    /// <summary>The rules with what the request names put in place of what was there.</summary>
    public static OAuthRules Read(RequestObject request, OAuthRules old)
    {
        request.Allow("publishingStatus", "testUsers", "grantLifetime", "maximumRefreshTokens", "disabledApis", "restricted");
        return old with
        {
            PublishingStatus = request.String("publishingStatus") switch
            {
                null => old.PublishingStatus,
                "inProduction" => PublishingStatus.InProduction,
                "testing" => PublishingStatus.Testing,
                _ => throw GoogleError.InvalidArgument("publishingStatus must be inProduction or testing."),
            },
            TestUsers = !request.Has("testUsers") ? old.TestUsers
                : request.Strings("testUsers") is { Count: <= OAuthRules.MaximumTestUsers } users ? users
                : throw GoogleError.InvalidArgument($"A project can list {OAuthRules.MaximumTestUsers} test users."),
            GrantLifetime = request.IsNull("grantLifetime") ? null
                : Number(request, "grantLifetime") is int seconds ? TimeSpan.FromSeconds(seconds)
                : old.GrantLifetime,
            MaximumRefreshTokens = Number(request, "maximumRefreshTokens") ?? old.MaximumRefreshTokens,
            DisabledApis = !request.Has("disabledApis") ? old.DisabledApis : [.. request.Strings("disabledApis").Select(Api).Distinct()],
            Restricted = request.IsNull("restricted") ? null
                : request.String("restricted") is string code ? Restriction(code)
                : old.Restricted,
        };
    }

    /// <summary>Writes the rules as members of an object that has begun.</summary>
    public static void Write(Utf8JsonWriter json, OAuthRules rules)
    {
        json.WriteString("publishingStatus", rules.PublishingStatus == PublishingStatus.Testing ? "testing" : "inProduction");
        WriteList(json, "testUsers", rules.TestUsers);
        json.WritePropertyName("grantLifetime");
        if (rules.GrantLifetime is TimeSpan lifetime)
        {
            json.WriteNumberValue((long)lifetime.TotalSeconds);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteNumber("maximumRefreshTokens", rules.MaximumRefreshTokens);
        WriteList(json, "disabledApis", rules.DisabledApis);
        json.WriteString("restricted", rules.Restricted?.Code);
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static string Api(string name) => name is "photoslibrary" or "photospicker"
        ? name
        : throw GoogleError.InvalidArgument($"No API is called {name}: photoslibrary or photospicker.");

    private static OAuthRestriction Restriction(string code) => OAuthRestriction.Named(code)
        ?? throw GoogleError.InvalidArgument("restricted must be admin_policy_enforced, org_internal or null.");

    private static int? Number(RequestObject request, string name) => request.Integer(name) switch
    {
        null => null,
        > 0 and <= int.MaxValue and long number => (int)number,
        _ => throw GoogleError.InvalidArgument($"{name} must be a number and more than 0."),
    };
}
