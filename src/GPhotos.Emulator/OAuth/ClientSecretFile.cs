using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.OAuth;

/// <summary>
/// The file a developer downloads from the console, with this emulator's endpoints in it; ?project=NAME for another project's.
/// </summary>
internal sealed class ClientSecretFile(EmulatorState state)
{
    public ValueTask<Reply> DesktopAsync(Exchange exchange) => ValueTask.FromResult(Of("installed", exchange, "http://localhost"));

    public ValueTask<Reply> WebAsync(Exchange exchange) => ValueTask.FromResult(Of("web", exchange, "https://example.com/oauth2callback"));

    private Reply Of(string kind, Exchange exchange, string redirectUri) => Reply.Json(json =>
    {
        string? project = exchange.Query("project");
        json.WriteStartObject();
        json.WriteStartObject(kind);
        json.WriteString("client_id", OAuthClient.OfProject(project));
        json.WriteString("project_id", project ?? OAuthClient.ProjectId);
        json.WriteString("auth_uri", new Uri(state.Address, "/o/oauth2/auth").ToString());
        json.WriteString("token_uri", new Uri(state.Address, "/token").ToString());
        json.WriteString("auth_provider_x509_cert_url", new Uri(state.Address, "/oauth2/v1/certs").ToString());
        json.WriteString("client_secret", OAuthClient.Secret);
        json.WriteStartArray("redirect_uris");
        json.WriteStringValue(redirectUri);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
