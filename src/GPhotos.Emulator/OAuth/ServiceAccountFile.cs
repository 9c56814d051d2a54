using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.OAuth;

/// <summary>The key file of the service account, as the console gives it, with this emulator's token endpoint in it.</summary>
internal sealed class ServiceAccountFile(EmulatorState state)
{
    public ValueTask<Reply> GetAsync(Exchange exchange) => ValueTask.FromResult(Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", "service_account");
        json.WriteString("project_id", OAuthClient.ProjectId);
        json.WriteString("private_key_id", state.ServiceAccount.KeyId);
        json.WriteString("private_key", state.ServiceAccount.PrivateKey);
        json.WriteString("client_email", ServiceAccount.Email);
        json.WriteString("client_id", ServiceAccount.ClientId);
        json.WriteString("auth_uri", new Uri(state.Address, "/o/oauth2/auth").AbsoluteUri);
        json.WriteString("token_uri", new Uri(state.Address, "/token").AbsoluteUri);
        json.WriteString("auth_provider_x509_cert_url", new Uri(state.Address, "/oauth2/v1/certs").AbsoluteUri);
        json.WriteString("universe_domain", "googleapis.com");
        json.WriteEndObject();
    }));
}
