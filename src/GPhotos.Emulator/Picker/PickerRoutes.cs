using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Web;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.Picker;

/// <summary>
/// The paths of the Picker. Its API has a path in common with the Library's at Google, where the host tells them apart; here it is the
/// head of the path.
/// </summary>
internal static class PickerRoutes
{
    public const string MediaPath = "/ppa/";

    private const string Host = "photospicker.googleapis.com";
    private const string Head = "/picker";

    public static IEnumerable<Route> For(EmulatorState state)
    {
        SessionsMethods sessions = new(state);
        PickedItemsMethod items = new(state);
        PickerMediaEndpoint media = new(state);
        PickerPageEndpoint page = new(state);
        Route Method(string kind, string method, string template, Handler handler, string rpcName) =>
            new("picker." + kind, method, Head + template, handler) { Door = Door.Picker, Scopes = ScopeSet.PickerRead, RpcName = rpcName };

        yield return Method("sessions.create", "POST", "/v1/sessions", sessions.CreateAsync, "CreateSession");
        yield return Method("sessions.get", "GET", "/v1/sessions/{}", sessions.GetAsync, "GetSession");
        yield return Method("sessions.delete", "DELETE", "/v1/sessions/{}", sessions.DeleteAsync, "DeleteSession");
        yield return Method("mediaItems.list", "GET", "/v1/mediaItems", items.ListAsync, "ListMediaItems");
        yield return new Route("picker.media.get", "GET", MediaPath + "{}", media.GetAsync);
        yield return new Route("picker.media.head", "HEAD", MediaPath + "{}", media.GetAsync);
        foreach (string template in (string[])[Head + "/{}", Head + "/{}/autoclose"])
        {
            yield return new Route("picker.page", "GET", template, page.ShowAsync);
            yield return new Route("picker.done", "POST", template, page.DoneAsync);
        }

        yield return new Route("picker.thumbnail", "GET", Head + "/{}/thumbnails/{}", page.ThumbnailAsync) { BySegment = true };
    }

    /// <summary>Gives a request that came for the Picker's own host, as through the proxy, the path it has here.</summary>
    public static void PutInPlace(HttpRequest request)
    {
        if (request.Host.Host == Host)
        {
            request.Path = Head + request.Path;
        }
    }

    /// <summary>The page on which a user picks.</summary>
    public static Uri PageOf(Uri emulator, PickingSession session) => new(emulator, $"{Head}/{session.PageKey}");
}
