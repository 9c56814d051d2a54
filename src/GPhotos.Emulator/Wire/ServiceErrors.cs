using System.Text.Json;

namespace GPhotos.Emulator.Wire;

/// <summary>What a project gets that has not enabled an API in its console.</summary>
internal static class ServiceErrors
{
    private const string ProjectNumber = "1";

    /// <summary>The refusal, as Google has it since errors carry details.</summary>
    /// <param name="api">The first word of the API's host.</param>
    public static GoogleError Disabled(string api)
    {
        string service = $"{api}.googleapis.com";
        string title = api == "photospicker" ? "Google Photos Picker API" : "Photos Library API";
        string enableAt = $"https://console.developers.google.com/apis/api/{service}/overview?project={ProjectNumber}";
        string message = $"{title} has not been used in project {ProjectNumber} before or it is disabled. Enable it by visiting {enableAt} "
            + "then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.";
        return new GoogleError(403, "PERMISSION_DENIED", message)
        {
            Reason = "accessNotConfigured",
            Domain = "usageLimits",
            Details = json => WriteDetails(json, service, title, enableAt, message),
        };
    }

    private static void WriteDetails(Utf8JsonWriter json, string service, string title, string enableAt, string message)
    {
        json.WriteStartObject();
        json.WriteString("@type", "type.googleapis.com/google.rpc.ErrorInfo");
        json.WriteString("reason", "SERVICE_DISABLED");
        json.WriteString("domain", "googleapis.com");
        json.WriteStartObject("metadata");
        json.WriteString("service", service);
        json.WriteString("serviceTitle", title);
        json.WriteString("consumer", $"projects/{ProjectNumber}");
        json.WriteString("containerInfo", ProjectNumber);
        json.WriteString("activationUrl", enableAt);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("@type", "type.googleapis.com/google.rpc.LocalizedMessage");
        json.WriteString("locale", "en-US");
        json.WriteString("message", message);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("@type", "type.googleapis.com/google.rpc.Help");
        json.WriteStartArray("links");
        json.WriteStartObject();
        json.WriteString("description", "Google developers console API activation");
        json.WriteString("url", enableAt);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
