using GPhotos.Emulator.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace GPhotos.Emulator.OAuth;

/// <summary>Where a browser asks the user for consent.</summary>
internal sealed class AuthorizationEndpoint(AuthorizationCodes codes)
{
    public static ValueTask<Reply> ShowAsync(Exchange exchange)
    {
        AuthorizationRequest? request = AuthorizationRequest.Read(exchange.Query, out var refusal);
        return ValueTask.FromResult(request is null
            ? Reply.Html(ConsentPage.Refusal(refusal.Status, refusal.Code, refusal.Says), refusal.Status)
            : Reply.Html(ConsentPage.For(request)));
    }

    public async ValueTask<Reply> DecideAsync(Exchange exchange)
    {
        IFormCollection form = await exchange.ReadFormAsync();
        string? Field(string name) => form.TryGetValue(name, out var values) ? values[^1] : null;
        AuthorizationRequest? request = AuthorizationRequest.Read(Field, out var refusal);
        if (request is null)
        {
            return Reply.Html(ConsentPage.Refusal(refusal.Status, refusal.Code, refusal.Says), refusal.Status);
        }

        // Each box can be left unticked, and the flow goes on with what is left: the client has to look.
        List<string> granted = [.. request.Scopes.Where(scope => form["scope"].Contains(scope, StringComparer.Ordinal))];
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
}
