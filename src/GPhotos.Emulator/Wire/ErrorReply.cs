using System.Text.Json;
using GPhotos.Emulator.CloudStorage;
using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.Wire;

/// <summary>The shapes of Google's errors: wrapped for JSON methods, a bare status for uploads, and what Cloud Storage says.</summary>
internal static class ErrorReply
{
    private const string Challenge = "Bearer realm=\"https://accounts.google.com/\"";

    /// <summary>The error as the service that a route belongs to tells it.</summary>
    public static Reply For(Route route, Exchange exchange, GoogleError error) => route.Door switch
    {
        Door.ScopedUpload => Bare(error),
        Door.CloudStorage => WithChallenge(error, StorageErrors.Reply(error, asText: exchange.Query("alt") == "media")),
        _ => Wrapped(error, exchange.Query("alt") == "json"),
    };

    private static Reply Wrapped(GoogleError error, bool legacyErrors) => WithChallenge(error, Reply.Json(
        json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteNumber("code", error.HttpStatus);
            json.WriteString("message", error.Message);
            if (legacyErrors)
            {
                json.WriteStartArray("errors");
                json.WriteStartObject();
                json.WriteString("message", error.Message);
                json.WriteString("domain", error.Domain);
                json.WriteString("reason", error.Reason);
                json.WriteEndObject();
                json.WriteEndArray();
            }

            json.WriteString("status", error.Status);
            WriteDetails(json, error);
            json.WriteEndObject();
            json.WriteEndObject();
        },
        error.HttpStatus,
        error.Quota));

    private static Reply Bare(GoogleError error) => Reply.Json(
        json =>
        {
            json.WriteStartObject();
            json.WriteNumber("code", (int)Enum.Parse<RpcCode>(error.Status.Replace("_", "", StringComparison.Ordinal), true));
            json.WriteString("message", error.Message);
            WriteDetails(json, error);
            json.WriteEndObject();
        },
        error.HttpStatus,
        error.Quota);

    private static void WriteDetails(Utf8JsonWriter json, GoogleError error)
    {
        if (error.Details is not null)
        {
            json.WriteStartArray("details");
            error.Details(json);
            json.WriteEndArray();
        }
    }

    private static Reply WithChallenge(GoogleError error, Reply reply)
    {
        if (error.HttpStatus == 401)
        {
            string problem = error.Message.Contains("missing", StringComparison.Ordinal) ? "" : ", error=\"invalid_token\"";
            reply.Headers.Add(new KeyValuePair<string, string>("WWW-Authenticate", Challenge + problem));
        }

        return reply;
    }
}
