using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GPhotos.Core.Auth;

/// <summary>Tells what somebody took for the JSON of a Desktop OAuth client: the console gives out half a dozen files that look alike.</summary>
internal sealed partial class ClientSecretFile(string path, byte[] content)
{
    private const string GoogleClientIds = ".apps.googleusercontent.com";
    private const string NewClient = $"Create an OAuth client of the type 'Desktop app' at {SignInRefusal.ClientsPage} and download its JSON.";

    /// <summary>The client in the file.</summary>
    /// <exception cref="ClientSecretInvalidException">It is something else, of another server, or not whole.</exception>
    public ClientSecret ToClient(GPhotosEndpoints endpoints)
    {
        if (ApiKey().IsMatch(Encoding.UTF8.GetString(content, 0, Math.Min(content.Length, 4096))))
        {
            throw Invalid($"holds an API key. Google Photos takes no API keys: it wants to know whose library it is. {NewClient}");
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(content);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement, endpoints) : throw Other();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ClientSecretInvalidException($"'{path}' is not the JSON file of an OAuth client. {NewClient}", path, e);
        }
    }

    private ClientSecret Read(JsonElement root, GPhotosEndpoints endpoints)
    {
        if (!root.TryGetProperty("installed", out JsonElement client))
        {
            throw root.TryGetProperty("web", out _)
                ? Invalid($"belongs to an OAuth client of type Web application. GPhotos signs in from this machine, which Google allows Desktop clients only. {NewClient}")
                : Text(root, "type") switch
                {
                    "service_account" => Invalid(
                        $"is the key of a service account. Google Photos has no libraries for service accounts and does not let them in. {NewClient}"),
                    "authorized_user" => Invalid($"is a sign-in of gcloud or another program, not an OAuth client. {NewClient}"),
                    "external_account" => Invalid($"is for workload identity federation, with which Google Photos does not let anybody in. {NewClient}"),
                    _ => Other(),
                };
        }

        if (client.ValueKind != JsonValueKind.Object)
        {
            throw Other();
        }

        string id = Text(client, "client_id") ?? throw Invalid($"has no 'client_id'. Download it again at {SignInRefusal.ClientsPage}.");
        CheckServer(client, id, endpoints);
        return new ClientSecret(id, Text(client, "client_secret") ?? throw Invalid(
            $"has no 'client_secret': the console puts it into the file only when the client, or the secret, is made. Open the client {id} at {SignInRefusal.ClientsPage}, press 'Add secret' and download the JSON at once."));
    }

    // The secret and the code of a sign-in go to the server in use. One that the file does not name must not get them.
    private void CheckServer(JsonElement client, string id, GPhotosEndpoints endpoints)
    {
        if (Text(client, "token_uri") is { } text && Uri.TryCreate(text, UriKind.Absolute, out Uri? named) && IsGoogle(named) != endpoints.IsGoogle)
        {
            throw endpoints.IsGoogle
                ? Invalid($"belongs to the server {named.GetLeftPart(UriPartial.Authority)}/, not to Google. Set {GPhotosEndpoints.EnvironmentVariable}, or name it with -Endpoint.")
                : Invalid($"belongs to Google, and {endpoints.Root} is another server. Clear {GPhotosEndpoints.EnvironmentVariable}, or leave out -Endpoint.");
        }

        if (endpoints.IsGoogle && !id.EndsWith(GoogleClientIds, StringComparison.Ordinal))
        {
            throw Invalid($"has a 'client_id' that does not end in {GoogleClientIds}. Download it again at {SignInRefusal.ClientsPage}.");
        }
    }

    private static bool IsGoogle(Uri address) =>
        address.Host.EndsWith(".googleapis.com", StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith(".google.com", StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private ClientSecretInvalidException Other() => Invalid($"is not the JSON file of an OAuth client. {NewClient}");

    private ClientSecretInvalidException Invalid(string what) => new($"'{path}' {what}", path);

    [GeneratedRegex("AIza[0-9A-Za-z_-]{35}")]
    private static partial Regex ApiKey();
}
