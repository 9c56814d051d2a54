using System.Net;
using System.Text.Json;
using GPhotos.Core.Http;

namespace GPhotos.Tests.Http;

public sealed class GoogleErrorTests
{
    private const string Daily =
        "Quota exceeded for quota metric 'All requests' and limit 'All requests per day' of service 'photoslibrary.googleapis.com'.";

    private const string PerMinute =
        "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of service 'photoslibrary.googleapis.com'.";

    private static readonly CallContext Call = new("The subject", "photoslibrary.appendonly", DateTimeOffset.UnixEpoch);

    public static TheoryData<int, string, Type> Rows { get; } = new()
    {
        { 400, "Request must not contain duplicated ids", typeof(InvalidRequestException) },
        { 400, "Request must have less than 50 items", typeof(InvalidRequestException) },
        { 400, "Request contains an invalid media item id.", typeof(InvalidRequestException) },
        { 400, "No permission to add media items to this album.", typeof(NotCreatedByThisAppException) },
        { 400, "The remaining storage in the user's account is not enough to perform this operation.", typeof(StorageFullException) },
        { 401, "Request had invalid authentication credentials. Expected OAuth 2 access token.", typeof(SignInExpiredException) },
        { 401, "Request is missing required authentication credential.", typeof(SignInExpiredException) },
        { 401, "Authentication session is not defined.", typeof(ScopeMissingException) },
        { 403, "Request had insufficient authentication scopes.", typeof(ScopeMissingException) },
        { 403, "Photos Library API has not been used in project 7 before or it is disabled.", typeof(ApiDisabledException) },
        { 403, "The caller does not have permission", typeof(PermissionDeniedException) },
        { 403, "Google Photos is disabled for the user", typeof(PermissionDeniedException) },
        { 404, "Requested entity was not found.", typeof(InvalidRequestException) },
        { 409, "The operation was aborted.", typeof(ServiceUnavailableException) },
        { 413, "Too large.", typeof(InvalidRequestException) },
        { 429, Daily, typeof(QuotaExceededException) },
        { 429, PerMinute, typeof(RateLimitedException) },
        { 429, "Quota exceeded for quota 'concurrent write request' of service 'photoslibrary.googleapis.com'.", typeof(RateLimitedException) },
        { 500, "Internal error encountered.", typeof(ServiceUnavailableException) },
        { 502, "Bad gateway.", typeof(ServiceUnavailableException) },
        { 503, "The service is currently unavailable.", typeof(ServiceUnavailableException) },
        { 504, "Deadline exceeded.", typeof(ServiceUnavailableException) },
        { 302, "Moved.", typeof(UnexpectedResponseException) },
        { 418, "Short and stout.", typeof(UnexpectedResponseException) },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_answer_means_the_same_wrapped_and_bare(int status, string message, Type expected)
    {
        string bare = $$"""{ "code": 3, "message": "{{message}}", "status": "X", "details": [] }""";

        foreach (string body in (string[])[bare, $$"""{ "error": {{bare}} }"""])
        {
            GPhotosException error = GoogleError.ToException((HttpStatusCode)status, body, Call);

            Assert.IsType(expected, error);
            Assert.Equal(status, error.HttpStatus);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!doctype html><title>Error 502 (Server Error)!!1</title>")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"error\":\"invalid_grant\"}")]
    [InlineData("{\"error\":null}")]
    [InlineData("{\"error\":{\"message\":null}}")]
    [InlineData("{\"error\":{\"message\":7}}")]
    [InlineData("{\"error\":{\"message\":{\"a\":1}}}")]
    [InlineData("{\"error\":{\"mess")]
    public void A_body_that_is_none_leaves_the_status(string body)
    {
        Assert.Contains("502", Assert.IsType<ServiceUnavailableException>(ToException(502, body)).Message, StringComparison.Ordinal);
        Assert.Contains("404", Assert.IsType<InvalidRequestException>(ToException(404, body)).Message, StringComparison.Ordinal);
        Assert.IsType<SignInExpiredException>(ToException(401, body));
        Assert.IsType<PermissionDeniedException>(ToException(403, body));
        Assert.IsType<RateLimitedException>(ToException(429, body));
    }

    [Fact]
    public void Words_of_a_server_stay_on_one_line_and_move_no_cursor()
    {
        string body = JsonSerializer.Serialize(new { error = new { message = "sorry\u001b[2J\nWARNING: run this" + new string('x', 5000) } });

        string shown = GoogleError.ToException(HttpStatusCode.Forbidden, body, Call).Message;

        Assert.DoesNotContain(shown.ToCharArray(), c => char.IsControl(c));
        Assert.InRange(shown.Length, 100, 1100);
    }

    [Fact]
    public void A_missing_scope_is_named()
    {
        ScopeMissingException error = Assert.IsType<ScopeMissingException>(ToException(403, Said("Request had insufficient authentication scopes.")));

        Assert.Equal("photoslibrary.appendonly", Assert.Single(error.Scopes));
    }

    [Fact]
    public void The_page_where_the_API_is_switched_on_is_passed_on()
    {
        ApiDisabledException error = Assert.IsType<ApiDisabledException>(ToException(
            403,
            Said("Photos Library API has not been used in project 7 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/photoslibrary.googleapis.com/overview?project=7 then retry.")));

        Assert.Equal(new Uri("https://console.developers.google.com/apis/api/photoslibrary.googleapis.com/overview?project=7"), error.EnableAt);
        Assert.True(error.EndsTheRun);
    }

    [Fact]
    public void An_album_that_is_gone_is_told_by_its_id()
    {
        GPhotosException error = GoogleError.ToException(
            HttpStatusCode.NotFound, Said("The provided ID does not match any albums."), Call with { AlbumId = "A7" });

        Assert.Equal("A7", Assert.IsType<AlbumNotFoundException>(error).Album);
    }

    [Fact]
    public void An_album_of_another_app_is_told_by_its_id()
    {
        GPhotosException error = GoogleError.ToException(
            HttpStatusCode.BadRequest, Said("No permission to add media items to this album."), Call with { AlbumId = "A7" });

        Assert.Equal("A7", Assert.IsType<NotCreatedByThisAppException>(error).Id);
    }

    [Theory]
    [InlineData(404, "Requested entity was not found.")]
    [InlineData(400, "Invalid media item ID.")]
    public void A_media_item_that_is_not_there_is_told_by_its_id(int status, string message)
    {
        GPhotosException error = GoogleError.ToException((HttpStatusCode)status, Said(message), Call with { MediaItemId = "M7" });

        Assert.Equal("M7", Assert.IsType<MediaItemNotFoundException>(error).Id);
    }

    [Fact]
    public void A_full_upload_quota_in_its_old_clothes_is_a_rate_limit()
    {
        Assert.IsType<RateLimitedException>(
            ToException(400, """{"code":3,"message":"Insufficient tokens for quota 'photoslibrary.googleapis.com/upload_requests' and limit 'UploadsPerMinute'"}"""));
    }

    private static GPhotosException ToException(int status, string body) => GoogleError.ToException((HttpStatusCode)status, body, Call);

    private static string Said(string message) => $$"""{ "error": { "message": "{{message}}" } }""";
}
