using System.Globalization;
using System.Net;
using System.Text;

namespace GPhotos.Emulator.OAuth;

/// <summary>The pages a user sees on the way to a grant.</summary>
internal static class ConsentPage
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;background:#f0f4f9;color:#1f1f1f;margin:0;padding:6vh 1rem}
        main{max-width:32rem;margin:auto;background:#fff;border-radius:1.5rem;padding:2.5rem}
        h1{font-weight:400;font-size:1.75rem;margin:0 0 1rem}label{display:flex;gap:.75rem;padding:.6rem 0;border-top:1px solid #e0e3e7}
        small{display:block;color:#5f6368;overflow-wrap:anywhere}p.buttons{display:flex;justify-content:flex-end;gap:.75rem;margin:2rem 0 0}
        button{font:inherit;border:0;border-radius:2rem;padding:.5rem 1.5rem;background:#e9eef6;cursor:pointer}
        button[value=allow]{background:#0b57d0;color:#fff}
        """;

    public static string For(AuthorizationRequest request)
    {
        StringBuilder form = new();
        void Hidden(string name, string? value)
        {
            if (value is not null)
            {
                form.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"{name}\" value=\"{Escape(value)}\">\n");
            }
        }

        form.Append("<form method=\"post\">\n");
        Hidden("client_id", request.ClientId);
        Hidden("redirect_uri", request.RedirectUri);
        Hidden("response_type", "code");
        Hidden("requested_scope", string.Join(' ', request.Scopes));
        Hidden("state", request.State);
        Hidden("login_hint", request.User);
        Hidden("include_granted_scopes", request.IncludesGranted ? "true" : null);
        Hidden("code_challenge", request.Challenge);
        Hidden("code_challenge_method", request.ChallengeMethod);
        foreach (string scope in request.Scopes)
        {
            string box = $"<input type=\"checkbox\" name=\"scope\" value=\"{Escape(scope)}\" checked>";
            string text = $"<span>{Escape(ScopeNames.Description(scope))}<small>{Escape(scope)}</small></span>";
            form.Append(CultureInfo.InvariantCulture, $"<label>{box}{text}</label>\n");
        }

        form.Append("<p class=\"buttons\"><button name=\"decision\" value=\"cancel\">Cancel</button>");
        form.Append("<button name=\"decision\" value=\"allow\">Allow</button></p>\n</form>");
        return Page($"{Escape(request.ClientId)} wants access to your Google Account", form.ToString());
    }

    public static string Refusal(ConsentRefusal refusal) => Page(
        "Access blocked",
        $"<p>{Escape(refusal.Says)}</p><p>Error {refusal.Status.ToString(CultureInfo.InvariantCulture)}: {Escape(refusal.Code)}</p>");

    private static string Page(string title, string body) =>
        $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title><style>{Style}</style>"
        + $"<main><h1>{title}</h1>{body}</main></html>";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
