using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class CloudStorageListTests
{
    private const string List = "storage/v1/b/bucket-one/o";

    private static async Task<StorageClient> FilledAsync(params string[] names)
    {
        StorageClient client = await StorageClient.StartAsync();
        foreach (string name in names)
        {
            await client.PutAsync(name, [1]);
        }

        return client;
    }

    private static string[] Names(JsonElement page) =>
        page.Has("items") ? [.. page.GetProperty("items").EnumerateArray().Select(item => item.Text("name"))] : [];

    private static string[] Prefixes(JsonElement page) =>
        page.Has("prefixes") ? [.. page.GetProperty("prefixes").EnumerateArray().Select(prefix => prefix.GetString()!)] : [];

    [Fact]
    public async Task Names_come_in_the_order_of_their_UTF8()
    {
        await using StorageClient client = await FilledAsync("b", "\uFFFD", "🏔", "a/1", "a", "B", "a0");
        Assert.Equal(["B", "a", "a/1", "a0", "b", "\uFFFD", "🏔"], Names(await client.JsonAsync(HttpMethod.Get, List)));
        Assert.Equal(["a", "a/1", "a0"], Names(await client.JsonAsync(HttpMethod.Get, List + "?prefix=a")));
        Assert.Equal(["a/1", "a0"], Names(await client.JsonAsync(HttpMethod.Get, List + "?startOffset=a/1&endOffset=b")));
        JsonElement empty = await client.JsonAsync(HttpMethod.Get, List + "?prefix=none");
        Assert.Equal("""{"kind":"storage#objects"}""", empty.GetRawText());
    }

    [Fact]
    public async Task A_delimiter_folds_what_lies_deeper()
    {
        await using StorageClient client = await FilledAsync("x/1", "x/y/1", "x/y/2", "x/y/z/3", "x/z", "x/", "top");
        JsonElement top = await client.JsonAsync(HttpMethod.Get, List + "?delimiter=/");
        Assert.Equal(["top"], Names(top));
        Assert.Equal(["x/"], Prefixes(top));
        JsonElement below = await client.JsonAsync(HttpMethod.Get, List + "?delimiter=/&prefix=x/");
        Assert.Equal(["x/", "x/1", "x/z"], Names(below));
        Assert.Equal(["x/y/"], Prefixes(below));
        JsonElement trailing = await client.JsonAsync(HttpMethod.Get, List + "?delimiter=/&includeTrailingDelimiter=true");
        Assert.Equal(["top", "x/"], Names(trailing));
        Assert.Equal(["x/"], Prefixes(trailing));
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "")]
    [InlineData(3, "&delimiter=/")]
    [InlineData(1, "&delimiter=/")]
    [InlineData(1, "&delimiter=/&includeTrailingDelimiter=true")]
    public async Task Pages_together_are_the_whole(int size, string query)
    {
        await using StorageClient client = await FilledAsync("a", "b/", "b/1", "b/2", "b0", "c/1", "d", "e/1", "e/2", "f");
        JsonElement whole = await client.JsonAsync(HttpMethod.Get, $"{List}?{query}");
        List<string> names = [];
        List<string> prefixes = [];
        for (string? token = ""; token is not null;)
        {
            JsonElement page = await client.JsonAsync(HttpMethod.Get, $"{List}?maxResults={size}&pageToken={token}{query}");
            Assert.InRange(Names(page).Length + Prefixes(page).Length, 1, size + (query.Contains("Trailing", StringComparison.Ordinal) ? 1 : 0));
            names.AddRange(Names(page));
            prefixes.AddRange(Prefixes(page));
            token = page.NextPageToken();
        }

        Assert.Equal(Names(whole), names);
        Assert.Equal(Prefixes(whole), prefixes);
    }

    [Fact]
    public async Task A_page_has_no_more_than_a_thousand()
    {
        await using StorageClient client = await FilledAsync([.. Enumerable.Range(0, 1001).Select(number => $"n{number:d4}")]);
        JsonElement page = await client.JsonAsync(HttpMethod.Get, List + "?maxResults=5000");
        Assert.Equal(1000, Names(page).Length);
        Assert.Equal(["n1000"], Names(await client.JsonAsync(HttpMethod.Get, $"{List}?pageToken={page.NextPageToken()}")));
        await client.RefusedAsync(HttpMethod.Get, List + "?maxResults=0", HttpStatusCode.BadRequest);
        await client.RefusedAsync(HttpMethod.Get, List + "?pageToken=%21", HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("items(name,size),nextPageToken", """{"items":[{"name":"a","size":"1"}]}""")]
    [InlineData("items/name", """{"items":[{"name":"a"}]}""")]
    [InlineData("kind", """{"kind":"storage#objects"}""")]
    [InlineData("items(metadata/k,name)", """{"items":[{"name":"a","metadata":{"k":"v"}}]}""")]
    [InlineData("prefixes,items/*/k", """{"items":[{"metadata":{"k":"v"}}]}""")]
    public async Task Only_the_fields_that_were_asked_for_are_told(string fields, string expected)
    {
        await using StorageClient client = await StorageClient.StartAsync();
        await client.PutRelatedAsync(new { name = "a", metadata = new { k = "v", l = "w" } }, [1]);
        string told = (await client.JsonAsync(HttpMethod.Get, $"{List}?fields={Uri.EscapeDataString(fields)}")).GetRawText();
        Assert.Equal(expected, told);
    }

    [Theory]
    [InlineData("items(name")]
    [InlineData("items(name))")]
    [InlineData("a,,b")]
    [InlineData("items/")]
    public async Task A_field_mask_that_cannot_be_read_is_refused(string fields)
    {
        await using StorageClient client = await StorageClient.StartAsync();
        (string reason, _) = await client.RefusedAsync(HttpMethod.Get, $"{List}?fields={Uri.EscapeDataString(fields)}", HttpStatusCode.BadRequest);
        Assert.Equal("invalidParameter", reason);
    }

    [Fact]
    public async Task Buckets_are_made_got_and_listed()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        const string Buckets = "storage/v1/b";
        JsonElement made = await client.JsonAsync(
            HttpMethod.Post, Buckets + "?project=p1", content: JsonContent.Create(new { name = "p1-one", storageClass = "NEARLINE" }));
        Assert.Equal(("storage#bucket", "p1-one", "NEARLINE"), (made.Text("kind"), made.Text("id"), made.Text("storageClass")));
        Assert.Equal(made.GetRawText(), (await client.JsonAsync(HttpMethod.Get, Buckets + "/p1-one")).GetRawText());
        await client.JsonAsync(HttpMethod.Post, Buckets + "?project=p1", content: JsonContent.Create(new { name = "p1-two" }));
        JsonElement page = await client.JsonAsync(HttpMethod.Get, Buckets + "?project=p1&maxResults=1");
        Assert.Equal(["p1-one"], Names(page));
        Assert.Equal(["p1-two"], Names(await client.JsonAsync(HttpMethod.Get, $"{Buckets}?project=p1&pageToken={page.NextPageToken()}")));
        Assert.Equal("conflict", (await client.RefusedAsync(
            HttpMethod.Post, Buckets + "?project=p2", HttpStatusCode.Conflict, JsonContent.Create(new { name = "p1-two" }))).Reason);
        await client.RefusedAsync(HttpMethod.Get, Buckets, HttpStatusCode.BadRequest);
        foreach (string name in (string[])["ab", "Upper", "-dash", "goog-le", "a/b", ""])
        {
            await client.RefusedAsync(HttpMethod.Post, Buckets + "?project=p1", HttpStatusCode.BadRequest, JsonContent.Create(new { name }));
        }

        // An object has the class of its bucket unless it says otherwise.
        await client.JsonAsync(
            HttpMethod.Post, "upload/storage/v1/b/p1-one/o?uploadType=media&name=a", content: StorageClient.Body([1]));
        Assert.Equal("NEARLINE", (await client.JsonAsync(HttpMethod.Get, "storage/v1/b/p1-one/o/a")).Text("storageClass"));
        JsonElement[] shown = [.. (await client.Emulator.GetAsync("emulator/buckets")).EnumerateArray()];
        Assert.Equal(["bucket-one", "p1-one", "p1-two"], shown.Select(bucket => bucket.Text("name")));
        Assert.Equal((1, 1), (shown[1].GetProperty("objects").GetInt32(), shown[1].GetProperty("storedBytes").GetInt32()));
    }
}
