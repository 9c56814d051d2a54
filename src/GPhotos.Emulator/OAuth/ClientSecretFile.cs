using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.OAuth;

/// <summary>
/// The file a developer downloads from the console, with this emulator's endpoints in it; ?project=NAME for another project's, ?client=NAME
/// for a further client of the project.
/// </summary>
internal sealed class ClientSecretFile(EmulatorState state)
{
    /// <summary>
    /// A Desktop client's. The console shows its secret when the client is made and never again: ?kind=no-secret is what it gives later.
    /// </summary>
    public ValueTask<Reply> DesktopAsync(Exchange exchange) => ValueTask.FromResult(exchange.Query("kind") switch
    {
        null => Of("installed", exchange, "http://localhost", withSecret: true),
        "no-secret" => Of("installed", exchange, "http://localhost", withSecret: false),
        string other => throw GoogleError.InvalidArgument($"No client file is of kind {other}: no-secret."),
    });

    public ValueTask<Reply> WebAsync(Exchange exchange) =>
        ValueTask.FromResult(Of("web", exchange, "https://example.com/oauth2callback", withSecret: true));

    private Reply Of(string kind, Exchange exchange, string redirectUri, bool withSecret) => Reply.Json(json =>
    {
        string? project = exchange.Query("project");
        json.WriteStartObject();
        json.WriteStartObject(kind);
        json.WriteString("client_id", OAuthClient.OfProject(project, exchange.Query("client")));
        json.WriteString("project_id", project ?? OAuthClient.ProjectId);
        json.WriteString("auth_uri", new Uri(state.Address, "/o/oauth2/auth").ToString());
        json.WriteString("token_uri", new Uri(state.Address, "/token").ToString());
        json.WriteString("auth_provider_x509_cert_url", new Uri(state.Address, "/oauth2/v1/certs").ToString());
        if (withSecret)
        {
            json.WriteString("client_secret", OAuthClient.Secret);
        }

        json.WriteStartArray("redirect_uris");
        json.WriteStringValue(redirectUri);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
