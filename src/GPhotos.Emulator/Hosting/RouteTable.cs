using GPhotos.Emulator.Admin;
using GPhotos.Emulator.CloudStorage;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Picker;
using GPhotos.Emulator.Search;
using GPhotos.Emulator.Uploads;
using GPhotos.Emulator.Web;

namespace GPhotos.Emulator.Hosting;

/// <summary>Every path of the emulator, with what it asks of a caller.</summary>
internal static class RouteTable
{
    public static Router For(EmulatorState state) =>
        new([.. Library(state), .. Legacy(state), .. OAuth(state), .. Media(state), .. PickerRoutes.For(state), .. StorageRoutes.For(state), .. Admin(state)]);

    private static IEnumerable<Route> Library(EmulatorState state)
    {
        LibraryScopes scopes = new(state.Options.GrantLegacyScopes);
        SearchMethod search = new(state.Library, state.Pager, state.ItemJson);
        MediaItemsMethods items = new(state.Library, state.ItemJson);
        AlbumsMethods albums = new(state.Library, state.Pager, state.AlbumJson);
        AlbumCapacity capacity = new(state.Options);
        AlbumContentMethods content = new(state.Library, capacity);
        UploadEndpoint uploads = new(state);
        BatchCreateMethod batchCreate = new(state, capacity);

        Route Method(string kind, string method, string template, Handler handler, ScopeSet allowed, string rpcName) =>
            new(kind, method, template, handler) { Door = Door.Scoped, Scopes = allowed, RpcName = rpcName };
        Route Write(string kind, string method, string template, Handler handler, ScopeSet allowed, string rpcName) =>
            Method(kind, method, template, handler, allowed, rpcName) with { IsWrite = true };

        yield return Method("mediaItems.list", "GET", "/v1/mediaItems", search.ListAsync, scopes.Read, "ListMediaItems");
        yield return Method("mediaItems.search", "POST", "/v1/mediaItems:search", search.SearchAsync, scopes.Read, "SearchMediaItems");
        yield return Method("mediaItems.get", "GET", "/v1/mediaItems/{}", items.GetAsync, scopes.Read, "GetMediaItem");
        yield return Method(
            "mediaItems.batchGet", "GET", "/v1/mediaItems:batchGet", items.BatchGetAsync, scopes.Read, "BatchGetMediaItems");
        yield return Method("albums.list", "GET", "/v1/albums", albums.ListAsync, scopes.Read, "ListAlbums");
        yield return Method("albums.get", "GET", "/v1/albums/{}", albums.GetAsync, scopes.Read, "GetAlbum");
        yield return Write("albums.create", "POST", "/v1/albums", albums.CreateAsync, scopes.Append, "CreateAlbum");
        yield return Write("albums.patch", "PATCH", "/v1/albums/{}", albums.PatchAsync, scopes.Edit, "UpdateAlbum");
        yield return Write(
            "albums.addEnrichment", "POST", "/v1/albums/{}:addEnrichment", content.AddEnrichmentAsync, scopes.AppendOrEdit,
            "AddEnrichmentToAlbum");
        yield return Write(
            "albums.batchAddMediaItems", "POST", "/v1/albums/{}:batchAddMediaItems", content.BatchAddAsync, scopes.AppendOrEdit,
            "BatchAddMediaItemsToAlbum");
        yield return Write(
            "albums.batchRemoveMediaItems", "POST", "/v1/albums/{}:batchRemoveMediaItems", content.BatchRemoveAsync, scopes.Edit,
            "BatchRemoveMediaItemsFromAlbum");
        yield return Write("mediaItems.patch", "PATCH", "/v1/mediaItems/{}", items.PatchAsync, scopes.Edit, "UpdateMediaItem");
        yield return Method("uploads", "POST", "/v1/uploads", uploads.UploadAsync, scopes.Append, "") with
        {
            Door = Door.ScopedUpload,
            KindOf = UploadRequest.Kind,
            Headers = uploads.Headers,
        };

        // With the slash is how one published client writes it, and Google takes that too.
        foreach (string template in (string[])["/v1/mediaItems:batchCreate", "/v1/mediaItems/:batchCreate"])
        {
            yield return Write(
                "mediaItems.batchCreate", "POST", template, batchCreate.CreateAsync, scopes.Append, "BatchCreateMediaItems");
        }
    }

    private static IEnumerable<Route> Legacy(EmulatorState state)
    {
        SharingMethods sharing = new(state.Options.GrantLegacyScopes);
        (string Kind, string Method, string Template)[] methods =
        [
            ("sharedAlbums.get", "GET", "/v1/sharedAlbums/{}"),
            ("sharedAlbums.join", "POST", "/v1/sharedAlbums:join"),
            ("sharedAlbums.leave", "POST", "/v1/sharedAlbums:leave"),
            ("albums.share", "POST", "/v1/albums/{}:share"),
            ("albums.unshare", "POST", "/v1/albums/{}:unshare"),
        ];
        yield return new Route("sharedAlbums.list", "GET", "/v1/sharedAlbums", sharing.ListAsync) { Door = Door.Scoped, Scopes = LibraryScopes.Any };
        foreach ((string kind, string method, string template) in methods)
        {
            yield return new Route(kind, method, template, SharingMethods.RefuseAsync) { Door = Door.Scoped, Scopes = LibraryScopes.Any };
        }
    }

    private static IEnumerable<Route> OAuth(EmulatorState state)
    {
        AuthorizationEndpoint authorization = new(state.Codes, state.Grants, state.ConsentRules);
        TokenEndpoint token = new(state);
        TokenAffairs affairs = new(state.Tokens, state.Options.TimeProvider);
        foreach (string path in (string[])["/o/oauth2/v2/auth", "/o/oauth2/auth"])
        {
            yield return new Route("oauth.authorize", "GET", path, authorization.ShowAsync);
            yield return new Route("oauth.authorize", "POST", path, authorization.DecideAsync);
        }

        yield return new Route("oauth.token", "POST", "/token", token.ExchangeAsync);
        yield return new Route("oauth.token", "POST", "/oauth2/v4/token", token.ExchangeAsync);
        yield return new Route("oauth.revoke", "POST", "/revoke", affairs.RevokeAsync);
        yield return new Route("oauth.device", "POST", "/device/code", DeviceEndpoint.BeginAsync);
        foreach (string method in (string[])["GET", "POST"])
        {
            yield return new Route("oauth.tokeninfo", method, "/tokeninfo", affairs.TokenInfoAsync);
            yield return new Route("oauth.tokeninfo", method, "/oauth2/v3/tokeninfo", affairs.TokenInfoV3Async);
        }
    }

    private static IEnumerable<Route> Media(EmulatorState state)
    {
        MediaEndpoint media = new(state, state.BaseUrls);
        yield return new Route("media.get", "GET", BaseUrls.LibraryPath + "{}", media.GetAsync) { MediaProject = media.ProjectOf };
        yield return new Route("media.head", "HEAD", BaseUrls.LibraryPath + "{}", media.GetAsync) { MediaProject = media.ProjectOf };
    }

    private static IEnumerable<Route> Admin(EmulatorState state)
    {
        AdminEndpoint admin = new(state);
        FaultsEndpoint faults = new(state.Faults);
        ItemsEndpoint items = new(state);
        LimitsEndpoint limits = new(state.Limits);
        ClockEndpoint clock = new(state.Clock, state.Tokens);
        AlbumsEndpoint albums = new(state.Library);
        StorageEndpoint storage = new(state.Storage);
        PickerEndpoint picker = new(state);
        TokensEndpoint tokens = new(state);
        OAuthEndpoint oauth = new(state);
        BucketsEndpoint buckets = new(state.Buckets);
        ServiceAccountFile serviceAccount = new(state);
        ClientSecretFile secrets = new(state);
        OtherCredentials credentials = new(state);
        LibraryPage page = new(state);
        (string Method, string Template, Handler Handler)[] calls =
        [
            ("GET", "/", page.ShowAsync),
            ("GET", "/emulator/stats", admin.ShowStatisticsAsync),
            ("GET", "/emulator/stats/downloads", admin.ShowDownloadsAsync),
            ("DELETE", "/emulator/stats", admin.ResetStatisticsAsync),
            ("GET", "/emulator/faults", faults.ListAsync),
            ("POST", "/emulator/faults", faults.AddAsync),
            ("DELETE", "/emulator/faults", faults.ClearAsync),
            ("GET", "/emulator/limits", limits.ShowAsync),
            ("POST", "/emulator/limits", limits.SetAsync),
            ("GET", "/emulator/storage", storage.ShowAsync),
            ("POST", "/emulator/storage", storage.SetAsync),
            ("GET", "/emulator/clock", clock.ShowAsync),
            ("POST", "/emulator/clock", clock.AdvanceAsync),
            ("POST", "/emulator/tokens", tokens.IssueAsync),
            ("DELETE", "/emulator/tokens", admin.ExpireTokensAsync),
            ("GET", "/emulator/oauth", oauth.ShowAsync),
            ("POST", "/emulator/oauth", oauth.SetAsync),
            ("POST", "/emulator/oauth/end", oauth.EndAsync),
            ("POST", "/emulator/base-urls/expire", admin.ExpireBaseUrlsAsync),
            ("GET", "/emulator/items", items.ListAsync),
            ("POST", "/emulator/items", items.AddAsync),
            ("PATCH", "/emulator/items/{}", items.ChangeAsync),
            ("DELETE", "/emulator/items/{}", items.RemoveAsync),
            ("GET", "/emulator/items/{}/original", items.OriginalAsync),
            ("GET", "/emulator/items/{}/served", items.ServedAsync),
            ("GET", "/emulator/albums", albums.ListAsync),
            ("POST", "/emulator/albums", albums.AddAsync),
            ("GET", "/emulator/albums/{}", albums.GetAsync),
            ("GET", "/emulator/albums/{}/items", albums.ListItemsAsync),
            ("GET", "/emulator/picker", picker.ShowAsync),
            ("POST", "/emulator/picker", picker.SetAsync),
            ("POST", "/emulator/picker/{}/pick", picker.PickAsync),
            ("POST", "/emulator/picker/{}/expire", picker.ExpireAsync),
            ("GET", "/emulator/buckets", buckets.ListAsync),
            ("POST", "/emulator/buckets", buckets.AddAsync),
            ("GET", "/emulator/buckets/{}/objects", buckets.ListObjectsAsync),
            ("GET", "/emulator/service_account.json", serviceAccount.GetAsync),
            ("GET", "/emulator/client_secret.json", secrets.DesktopAsync),
            ("GET", "/emulator/client_secret_web.json", secrets.WebAsync),
            ("GET", "/emulator/authorized_user.json", credentials.AuthorizedUserAsync),
            ("GET", "/emulator/api_key.txt", OtherCredentials.ApiKeyAsync),
        ];
        return calls.Select(call => new Route("emulator", call.Method, call.Template, call.Handler) { IsAdmin = true });
    }
}
