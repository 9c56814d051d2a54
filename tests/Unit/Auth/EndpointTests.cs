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
    [InlineData("file:///etc/passwd")]
    public void An_address_where_a_token_would_travel_in_the_open_is_refused(string address) =>
        Assert.Throws<InvalidRequestException>(() => GPhotosEndpoints.At(new Uri(address)));

    [Fact]
    public void A_relative_address_is_refused() =>
        Assert.Throws<InvalidRequestException>(() => GPhotosEndpoints.At(new Uri("v1", UriKind.Relative)));

    [Fact]
    public void Googles_own_address_means_Googles_own_hosts() =>
        Assert.Same(GPhotosEndpoints.Google, GPhotosEndpoints.At(new Uri("https://photoslibrary.googleapis.com")));

    [Theory]
    [InlineData("https://lh3.googleusercontent.com/lr/x=d", true)]
    [InlineData("https://photoslibrary.googleapis.com/x", true)]
    [InlineData("http://lh3.googleusercontent.com/lr/x=d", false)]
    [InlineData("https://googleusercontent.com.example.com/x", false)]
    [InlineData("https://evilgoogleusercontent.com/x", false)]
    [InlineData("http://127.0.0.1:1/x", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Pictures_come_from_Googles_media_hosts_alone(string address, bool expected) =>
        Assert.Equal(expected, GPhotosEndpoints.Google.IsMediaHost(new Uri(address)));
}
