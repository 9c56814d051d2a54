using GPhotos.Core;

namespace GPhotos.Tests.Auth;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("https://example.com")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080/")]
    [InlineData("http://[::1]:8080")]
    public void Https_and_this_machine_are_taken(string address) =>
        Assert.Equal("/token", GPhotosEndpoints.At(new Uri(address)).Token.AbsolutePath);

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("http://localhost.example.com")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("http://192.168.1.7:8080")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("https://photoslibrary.googleapis.com@evil.example/")]
    [InlineData("file:///etc/passwd")]
    public void An_address_where_a_token_would_travel_in_the_open_is_refused(string address) =>
        Assert.Throws<InvalidRequestException>(() => GPhotosEndpoints.At(new Uri(address)));

    [Fact]
    public void A_refused_address_is_told_without_its_password()
    {
        InvalidRequestException error = Assert.Throws<InvalidRequestException>(() => GPhotosEndpoints.At(new Uri("https://me:open-sesame@example.com/?key=open-sesame")));

        Assert.DoesNotContain("open-sesame", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_address_is_refused() =>
        Assert.Throws<InvalidRequestException>(() => GPhotosEndpoints.At(new Uri("v1", UriKind.Relative)));

    [Fact]
    public void Googles_own_address_means_Googles_own_hosts() =>
        Assert.Same(GPhotosEndpoints.Google, GPhotosEndpoints.At(new Uri("https://photoslibrary.googleapis.com")));

    [Theory]
    [InlineData("https://lh3.googleusercontent.com/lr/x=d", true)]
    [InlineData("https://photoslibrary.googleapis.com/x", true)]
    [InlineData("https://LH3.GoogleUserContent.COM:443/lr/x=d", true)]
    [InlineData("http://lh3.googleusercontent.com/lr/x=d", false)]
    [InlineData("https://lh3.googleusercontent.com:444/lr/x=d", false)]
    [InlineData("https://lh3.googleusercontent.com./lr/x=d", false)]
    [InlineData("https://googleusercontent.com/x", false)]
    [InlineData("https://evil-googleusercontent.com/x", false)]
    [InlineData("https://googleusercontent.com.evil.example/x", false)]
    [InlineData("https://lh3.googleusercontent.com@evil.example/x", false)]
    [InlineData("https://evil.example/.googleusercontent.com", false)]
    [InlineData("https://evil.example?.googleusercontent.com", false)]
    [InlineData("https://evil.example#.googleusercontent.com", false)]
    [InlineData("https://evil.example\uFF0F.googleusercontent.com/x", false)]
    [InlineData("https://evil.example\uFF03.googleusercontent.com/x", false)]
    [InlineData("https://evil.example\u2100.googleusercontent.com/x", false)]
    [InlineData("https://lh3\u3002googleusercontent.com/x", false)]
    [InlineData("https://lh3.google\u0443sercontent.com/x", false)]
    [InlineData("http://photoslibrary.googleapis.com/x", false)]
    [InlineData("https://photoslibrary.googleapis.com:444/x", false)]
    [InlineData("https://googleusercontent.com.example.com/x", false)]
    [InlineData("https://evilgoogleusercontent.com/x", false)]
    [InlineData("http://127.0.0.1:1/x", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Pictures_come_from_Googles_media_hosts_alone(string address, bool expected) =>
        Assert.Equal(expected, GPhotosEndpoints.Google.IsMediaHost(new Uri(address)));

    [Theory]
    [InlineData("https://localhost:8080/lr/x", true)]
    [InlineData("http://localhost:8080/lr/x", false)]
    [InlineData("https://localhost:8081/lr/x", false)]
    [InlineData("https://127.0.0.1:8080/lr/x", false)]
    public void Pictures_of_another_server_come_from_its_own_scheme_host_and_port(string address, bool expected) =>
        Assert.Equal(expected, GPhotosEndpoints.At(new Uri("https://localhost:8080")).IsMediaHost(new Uri(address)));
}
