using GPhotos.Emulator.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace GPhotos.Emulator.OAuth;

/// <summary>Where a browser asks the user for consent.</summary>
internal sealed class AuthorizationEndpoint(AuthorizationCodes codes, Grants grants, ConsentRules rules)
{
    public ValueTask<Reply> ShowAsync(Exchange exchange) => ValueTask.FromResult(
        Read(exchange.Query, out Reply? refusal) is AuthorizationRequest request ? Reply.Html(ConsentPage.For(request)) : refusal!);

    public async ValueTask<Reply> DecideAsync(Exchange exchange)
    {
        IFormCollection form = await exchange.ReadFormAsync();
        string? Field(string name) => form.TryGetValue(name, out var values) ? values[^1] : null;
        if (Read(Field, out Reply? refusal) is not AuthorizationRequest request)
        {
            return refusal!;
        }

        // Each box can be left unticked, and the flow goes on with what is left: the client has to look.
        List<string> granted = [.. request.Scopes.Where(scope => form["scope"].Contains(scope, StringComparer.Ordinal))];
        if (request.IncludesGranted && granted.Count > 0)
        {
            granted = [.. granted.Union(grants.ScopesOf(new Caller(request.User, OAuthClient.ProjectOf(request.ClientId))))];
        }

        QueryBuilder answer = [];
        if (Field("decision") != "allow" || granted.Count == 0)
        {
            answer.Add("error", "access_denied");
        }
        else
        {
            answer.Add("code", codes.Issue(request, granted));
            answer.Add("scope", string.Join(' ', granted));
        }

        if (request.State is not null)
        {
            answer.Add("state", request.State);
        }

        string separator = request.RedirectUri.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        return Reply.Redirect(request.RedirectUri + separator + answer.ToString()[1..]);
    }

    /// <summary>The request, where it is well made and the user can consent to it; else the page that tells why not.</summary>
    private AuthorizationRequest? Read(Func<string, string?> field, out Reply? refusal)
    {
        AuthorizationRequest? request = AuthorizationRequest.Read(field, out ConsentRefusal? why);
        why ??= request is null ? null : rules.Refusal(request.ClientId, request.User);
        refusal = why is null ? null : Reply.Html(ConsentPage.Refusal(why), why.Status);
        return why is null ? request : null;
    }
}
