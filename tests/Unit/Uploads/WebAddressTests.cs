using GPhotos.Core.Uploads;

namespace GPhotos.Tests.Uploads;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("https://example.com/a.jpg", true)]
    [InlineData("https://10.0.0.1/a.jpg", true)]
    [InlineData("http://127.0.0.1/a.jpg", true)]
    [InlineData("http://127.8.9.1:8080/a.jpg", true)]
    [InlineData("http://[::1]/a.jpg", true)]
    [InlineData("http://localhost/a.jpg", true)]
    [InlineData("http://example.com/a.jpg", false)]
    [InlineData("http://10.0.0.1/a.jpg", false)]
    [InlineData("http://192.168.1.2/a.jpg", false)]
    [InlineData("http://169.254.169.254/latest", false)]
    [InlineData("http://localhost.example.com/a.jpg", false)]
    [InlineData("https://me@example.com/a.jpg", false)]
    [InlineData("https://me:pass@example.com/a.jpg", false)]
    [InlineData("ftp://example.com/a.jpg", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("data:image/png;base64,AAAA", false)]
    [InlineData("a.jpg", false)]
    public void Only_https_and_this_machine_are_asked(string address, bool allowed) =>
        Assert.Equal(allowed, WebAddress.Complaint(null, new Uri(address, UriKind.RelativeOrAbsolute)) is null);

    [Theory]
    [InlineData("https://example.com", "https://other.example", true)]
    [InlineData("http://localhost", "https://other.example", true)]
    [InlineData("http://localhost", "http://127.0.0.1:1", true)]
    [InlineData("https://example.com", "http://other.example", false)]
    [InlineData("https://example.com", "http://localhost", false)]
    [InlineData("https://example.com", "https://me@other.example", false)]
    public void A_redirect_obeys_the_same_rules_and_never_leaves_https(string from, string to, bool allowed) =>
        Assert.Equal(allowed, WebAddress.Complaint(new Uri(from), new Uri(to)) is null);

    [Theory]
    [InlineData("https://me:pass@example.com:8443/a%20b.jpg?key=secret#part", "https://example.com:8443/a%20b.jpg")]
    [InlineData("https://example.com?key=secret", "https://example.com/")]
    [InlineData("HTTP://LocalHost:80/a.jpg", "http://localhost/a.jpg")]
    [InlineData("http://[::1]:81/a.jpg?secret", "http://[::1]:81/a.jpg")]
    [InlineData("data:image/png;base64,secret", "data:")]
    [InlineData("me:pass@example.com/a.jpg?key=secret", "me:")]
    [InlineData("//me:pass@example.com/a.jpg?key=secret", "file://example.com/a.jpg")]
    [InlineData("a.jpg?key=secret", "a.jpg")]
    public void An_address_is_shown_without_what_may_be_secret(string address, string shown)
    {
        Uri uri = new(address, UriKind.RelativeOrAbsolute);

        Assert.DoesNotContain("secret", WebAddress.Shown(uri), StringComparison.Ordinal);
        Assert.DoesNotContain("pass", WebAddress.Shown(uri), StringComparison.Ordinal);
        // What a bare // means differs between systems.
        if (!address.StartsWith("//", StringComparison.Ordinal))
        {
            Assert.Equal(shown, WebAddress.Shown(uri));
        }
    }

    [Fact]
    public void The_journal_tells_queries_apart_and_does_not_hold_them()
    {
        string one = WebAddress.Key(new Uri("https://example.com/a?key=secret1"));

        Assert.NotEqual(one, WebAddress.Key(new Uri("https://example.com/a?key=secret2")));
        Assert.Equal(one, WebAddress.Key(new Uri("https://example.com:443/a?key=secret1#there")));
        Assert.DoesNotContain("secret", one, StringComparison.Ordinal);
        Assert.Equal("https://example.com/a", WebAddress.Key(new Uri("https://example.com/a")));
    }

    [Fact]
    public void A_request_does_not_print_its_query() =>
        Assert.DoesNotContain("secret", $"{new SendOutcome(new SendRequest(new Uri("https://example.com/a?secret")), null, null)}", StringComparison.Ordinal);

    [Theory]
    [InlineData("image/jpeg", "image/jpeg", ".jpg")]
    [InlineData("IMAGE/JPG", "image/jpeg", ".jpg")]
    [InlineData("image/tiff", "image/tiff", ".tif")]
    [InlineData("image/vnd.microsoft.icon", "image/x-icon", ".ico")]
    [InlineData("video/mpeg", "video/mpeg", ".mpg")]
    [InlineData("video/mp2t", "video/mp2t", ".mts")]
    [InlineData("video/x-msvideo", "video/x-msvideo", ".avi")]
    public void A_type_is_known_by_what_a_server_calls_it(string said, string mimeType, string extension) =>
        Assert.Equal((mimeType, extension), (MediaFileType.OfMimeType(said)?.MimeType, MediaFileType.OfMimeType(said)?.Extension));

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/svg+xml")]
    [InlineData("")]
    public void A_type_that_Google_does_not_take_is_none(string said) => Assert.Null(MediaFileType.OfMimeType(said));
}
