using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>The part of the Cloud Storage JSON API that there is: what a client needs that keeps copies in a bucket.</summary>
internal static class StorageRoutes
{
    private const ScopeSet Write = ScopeSet.StorageReadWrite | ScopeSet.StorageFullControl | ScopeSet.CloudPlatform;
    private const ScopeSet Read = Write | ScopeSet.StorageReadOnly | ScopeSet.CloudPlatformReadOnly;

    // That patching metadata takes more than making objects is so in Google's list of scopes.
    private const ScopeSet Change = ScopeSet.StorageFullControl | ScopeSet.CloudPlatform;

    public static IEnumerable<Route> For(EmulatorState state)
    {
        ObjectJson json = new(state);
        BucketsMethods buckets = new(state.Buckets, json);
        ObjectsMethods objects = new(state.Buckets, json);
        CopyMethods copies = new(state.Buckets, json);
        ResumableInsert resumable = new(state, state.Buckets, json, state.InsertSessions);
        InsertMethod insert = new(state, state.Buckets, json, resumable);

        Route Method(string kind, string method, string template, Handler handler, ScopeSet allowed) =>
            new(kind, method, template, handler) { Door = Door.CloudStorage, BySegment = true, Scopes = allowed };

        yield return Method("storage.buckets.list", "GET", "/storage/v1/b", buckets.ListAsync, Read);
        yield return Method("storage.buckets.insert", "POST", "/storage/v1/b", buckets.InsertAsync, Write);
        yield return Method("storage.buckets.get", "GET", "/storage/v1/b/{}", buckets.GetAsync, Read);
        yield return Method(
            "storage.buckets.getStorageLayout", "GET", "/storage/v1/b/{}/storageLayout", buckets.GetStorageLayoutAsync, Read);
        yield return Method("storage.objects.list", "GET", "/storage/v1/b/{}/o", objects.ListAsync, Read);
        yield return Method("storage.objects.insert", "POST", "/storage/v1/b/{}/o", InsertMethod.RefuseAsync, Write);
        yield return Method("storage.objects.get", "GET", "/storage/v1/b/{}/o/{}", objects.GetAsync, Read);
        yield return Method("storage.objects.get", "GET", "/download/storage/v1/b/{}/o/{}", objects.GetAsync, Read);
        yield return Method("storage.objects.patch", "PATCH", "/storage/v1/b/{}/o/{}", objects.PatchAsync, Change);
        yield return Method("storage.objects.delete", "DELETE", "/storage/v1/b/{}/o/{}", objects.DeleteAsync, Write);
        yield return Method(
            "storage.objects.copy", "POST", "/storage/v1/b/{}/o/{}/copyTo/b/{}/o/{}", copies.CopyAsync, Write);
        yield return Method(
            "storage.objects.rewrite", "POST", "/storage/v1/b/{}/o/{}/rewriteTo/b/{}/o/{}", copies.RewriteAsync, Write);

        // The second is what the discovery document names for sessions.
        foreach (string path in (string[])["/upload/storage/v1/b/{}/o", "/resumable/upload/storage/v1/b/{}/o"])
        {
            yield return Method("storage.objects.insert", "POST", path, insert.InsertAsync, Write) with { KindOf = InsertMethod.Kind };
            yield return Method("storage.objects.insert", "PUT", path, resumable.PutAsync, Write) with { KindOf = ResumableInsert.Kind };
            yield return Method("storage.objects.insert.cancel", "DELETE", path, resumable.CancelAsync, Write);
        }
    }
}
