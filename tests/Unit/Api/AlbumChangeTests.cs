using System.Reflection;
using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Api;

public sealed class AlbumChangeTests
{
    private const string Id = FakeLibrary.AlbumId;

    public static TheoryData<NewAlbumEnrichment, string> Enrichments { get; } = new()
    {
        { NewAlbumEnrichment.OfText("Day 1"), """{"textEnrichment":{"text":"Day 1"}}""" },
        {
            NewAlbumEnrichment.OfLocation(new PhotoLocation("Nice", 43.7, 7.25)),
            """{"locationEnrichment":{"location":{"locationName":"Nice","latlng":{"latitude":43.7,"longitude":7.25}}}}"""
        },
        {
            NewAlbumEnrichment.OfRoute(new PhotoLocation("Null Island", 0, 0), new PhotoLocation("Edge", -90, 180)),
            """{"mapEnrichment":{"origin":{"locationName":"Null Island","latlng":{"latitude":0,"longitude":0}},"destination":{"locationName":"Edge","latlng":{"latitude":-90,"longitude":180}}}}"""
        },
    };

    public static TheoryData<AlbumPosition?, string> Positions { get; } = new()
    {
        { null, """{"position":"LAST_IN_ALBUM"}""" },
        { AlbumPosition.First, """{"position":"FIRST_IN_ALBUM"}""" },
        { AlbumPosition.AfterMediaItem("m"), """{"position":"AFTER_MEDIA_ITEM","relativeMediaItemId":"m"}""" },
        { AlbumPosition.AfterEnrichment("e"), """{"position":"AFTER_ENRICHMENT_ITEM","relativeEnrichmentItemId":"e"}""" },
    };

    [Theory]
    [InlineData("New", null, "?updateMask=title", """{"title":"New"}""")]
    [InlineData(null, "item1", "?updateMask=coverPhotoMediaItemId", """{"coverPhotoMediaItemId":"item1"}""")]
    [InlineData("New", "item1", "?updateMask=title,coverPhotoMediaItemId", """{"title":"New","coverPhotoMediaItemId":"item1"}""")]
    public async Task A_patch_names_what_is_given_and_nothing_else(string? title, string? cover, string query, string body)
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();

        Album album = await library.Client.Albums.UpdateAsync(Id, title, cover);

        (string call, string sentQuery, System.Text.Json.Nodes.JsonNode sent) = Assert.Single(library.Changes);
        Assert.Equal(("PATCH /v1/albums/album", query, body), (call, sentQuery, sent.ToJsonString()));
        Assert.Equal((title ?? "as it was", cover), (album.Title, album.CoverPhotoMediaItemId));
    }

    [Fact]
    public async Task What_Google_would_refuse_is_refused_before_a_call()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        Albums albums = library.Client.Albums;

        await Assert.ThrowsAsync<InvalidRequestException>(() => albums.UpdateAsync(Id));
        await Assert.ThrowsAsync<InvalidRequestException>(() => albums.UpdateAsync(Id, ""));
        await Assert.ThrowsAsync<InvalidRequestException>(() => albums.UpdateAsync(Id, new string('x', 501)));
        await Assert.ThrowsAsync<ScopeMissingException>(() => library.NewClient(GPhotosScopes.AppendOnly).Albums.UpdateAsync(Id, "x"));

        Assert.Empty(library.Changes);
    }

    [Fact]
    public async Task A_lost_reply_to_a_patch_is_asked_for_again()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Script = n => n == 0 ? Mishap.LostReply : null;

        Assert.Equal("New", (await library.Client.Albums.UpdateAsync(Id, "New")).Title);
        Assert.Equal("x", (await library.Client.MediaItems.UpdateDescriptionAsync("item1", "x")).Description);
        Assert.Equal(3, library.Changes.Count);
    }

    [Fact]
    public async Task A_patch_of_what_is_not_there_says_what_that_is()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        Assert.Equal("gone", (await Assert.ThrowsAsync<AlbumNotFoundException>(() => library.Client.Albums.UpdateAsync("gone", "x"))).Album);
        Assert.Equal("gone", (await Assert.ThrowsAsync<MediaItemNotFoundException>(() => library.Client.MediaItems.UpdateDescriptionAsync("gone", "x"))).Id);

        library.Script = _ => Mishap.Says(400, "Invalid media item ID.");
        Assert.Equal("bad", (await Assert.ThrowsAsync<MediaItemNotFoundException>(() => library.Client.Albums.UpdateAsync(Id, null, "bad"))).Id);

        library.Script = _ => Mishap.Says(400, "Invalid album ID.");
        Assert.Equal(Id, (await Assert.ThrowsAsync<AlbumNotFoundException>(() => library.Client.Albums.UpdateAsync(Id, "x"))).Album);
    }

    [Theory]
    [InlineData("")]
    [InlineData("by the sea")]
    public async Task A_description_is_replaced_or_cleared(string text)
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();

        await library.Client.MediaItems.UpdateDescriptionAsync("item1", text);

        (string call, string query, System.Text.Json.Nodes.JsonNode body) = Assert.Single(library.Changes);
        Assert.Equal(("PATCH /v1/mediaItems/item1", "?updateMask=description", text), (call, query, (string)body["description"]!));
    }

    [Fact]
    public async Task A_description_of_a_thousand_characters_is_refused_before_a_call()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        await library.Client.MediaItems.UpdateDescriptionAsync("item1", new string('x', 999));

        await Assert.ThrowsAsync<InvalidRequestException>(() => library.Client.MediaItems.UpdateDescriptionAsync("item1", new string('x', 1000)));

        Assert.Single(library.Changes);
    }

    [Theory]
    [MemberData(nameof(Enrichments))]
    public async Task An_enrichment_is_sent_as_Google_documents_it_and_told_with_its_id(NewAlbumEnrichment enrichment, string json)
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();

        AlbumEnrichment added = await library.Client.Albums.AddEnrichmentAsync(Id, enrichment);

        Assert.Equal(json, Assert.Single(library.Changes).Body["newEnrichmentItem"]!.ToJsonString());
        Assert.Equal(("enrichment", Id, enrichment.Kind), (added.Id, added.AlbumId, added.Kind));
        Assert.NotEmpty($"{added}");
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task An_enrichment_is_put_where_it_is_wanted(AlbumPosition? position, string json)
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();

        await library.Client.Albums.AddEnrichmentAsync(Id, NewAlbumEnrichment.OfText("x"), position);

        Assert.Equal(json, Assert.Single(library.Changes).Body["albumPosition"]!.ToJsonString());
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData(503, "")]
    [InlineData(500, "")]
    [InlineData(200, "<html>")]
    [InlineData(200, "{}")]
    public async Task An_enrichment_whose_reply_is_lost_is_unknown_and_not_tried_again(int? status, string body)
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Script = _ => new Mishap(true, status, body);

        OutcomeUnknownException error = await Assert.ThrowsAsync<OutcomeUnknownException>(
            () => library.Client.Albums.AddEnrichmentAsync(Id, NewAlbumEnrichment.OfText("x")));

        Assert.Equal(Id, error.Id);
        Assert.Contains("not known", error.Message, StringComparison.Ordinal);
        Assert.Single(library.Changes);
    }

    [Fact]
    public async Task An_enrichment_that_Google_has_refused_for_sure_is_told_so()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        NewAlbumEnrichment text = NewAlbumEnrichment.OfText("x");
        Albums albums = library.Client.Albums;
        await Assert.ThrowsAsync<AlbumNotFoundException>(() => albums.AddEnrichmentAsync("gone", text));

        library.Script = _ => Mishap.Says(400, "The position is not in this album.");
        await Assert.ThrowsAsync<InvalidRequestException>(() => albums.AddEnrichmentAsync(Id, text, AlbumPosition.AfterEnrichment("e")));

        library.Script = _ => Mishap.Says(400, "Request contains an invalid media item id.");
        await Assert.ThrowsAsync<MediaItemNotFoundException>(() => albums.AddEnrichmentAsync(Id, text, AlbumPosition.AfterMediaItem("m")));

        library.Script = n => n == 3 ? Mishap.Says(409, "The operation was aborted.") : null;
        Assert.Equal("enrichment", (await albums.AddEnrichmentAsync(Id, text)).Id);
    }

    [Theory]
    [InlineData(90.1, 0)]
    [InlineData(-90.1, 0)]
    [InlineData(0, 180.1)]
    [InlineData(0, -180.1)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.NaN)]
    public void A_place_lies_on_the_globe(double latitude, double longitude) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhotoLocation("x", latitude, longitude));

    [Fact]
    public void Calls_that_change_the_library_are_marked_as_writes()
    {
        IEnumerable<CallTraits> all = typeof(Albums).Assembly.GetTypes().Where(t => t.Namespace == "GPhotos.Core.Api")
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => f.FieldType == typeof(CallTraits)).Select(f => (CallTraits)f.GetValue(null)!)
            .Concat([AlbumItemCall.Add.Traits, AlbumItemCall.Remove.Traits]);

        Assert.Equal(
            ["albums.addEnrichment", "albums.batchAddMediaItems", "albums.batchRemoveMediaItems", "albums.create", "albums.patch", "mediaItems.patch"],
            all.Where(t => t.IsWrite).Select(t => t.Name).Order(StringComparer.Ordinal));
    }
}
