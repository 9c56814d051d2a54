using GPhotos.Core.Storage;

namespace GPhotos.Tests.Storage;

public sealed class StorageAddressTests
{
    [Theory]
    [InlineData("gs://my-bucket", "my-bucket", "", "gs://my-bucket")]
    [InlineData("gs://my-bucket/", "my-bucket", "", "gs://my-bucket")]
    [InlineData("GS://my_bucket.example.com/photos/2026/", "my_bucket.example.com", "photos/2026", "gs://my_bucket.example.com/photos/2026")]
    [InlineData("gs://abc//Föhn & Co/100 %//", "abc", "Föhn & Co/100 %", "gs://abc/Föhn & Co/100 %")]
    public void An_address_is_a_bucket_and_a_prefix(string text, string bucket, string prefix, string shown)
    {
        StorageAddress address = StorageAddress.Parse(text);

        Assert.Equal((bucket, prefix, shown), (address.Bucket, address.Prefix, address.ToString()));
    }

    [Theory]
    [InlineData("/home/me", "begin with gs://")]
    [InlineData("s3://bucket", "begin with gs://")]
    [InlineData("gs://", "no bucket")]
    [InlineData("gs:///photos", "no bucket")]
    [InlineData("gs://ab", "3 characters")]
    [InlineData("gs://Bucket", "lower-case")]
    [InlineData("gs://my bucket", "lower-case")]
    [InlineData("gs://-bucket", "begins and ends")]
    [InlineData("gs://bucket-", "begins and ends")]
    [InlineData("gs://bück", "lower-case")]
    [InlineData("gs://a..b", "lower-case")]
    [InlineData("gs://bucket?x/a", "lower-case")]
    [InlineData("gs://192.168.1.1/a", "IP address")]
    [InlineData("gs://bucket/a\nb", "control")]
    [InlineData("gs://bucket/a\u0085b", "control")]
    [InlineData("gs://bucket/a\u2028b", "control")]
    [InlineData("gs://bucket/../other", "'..'")]
    [InlineData("gs://bucket/a/./b", "'.'")]
    public void What_is_none_is_refused_with_the_reason(string text, string reason)
    {
        InvalidRequestException error = Assert.Throws<InvalidRequestException>(() => StorageAddress.Parse(text));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Names_have_their_limits()
    {
        // Not a case above: a runner that writes its cases down as UTF-8 would mend it.
        Assert.Contains("Unicode", Assert.Throws<InvalidRequestException>(() => StorageAddress.Parse("gs://bucket/a\ud800b")).Message, StringComparison.Ordinal);
        Assert.Contains("63", Assert.Throws<InvalidRequestException>(() => StorageAddress.Parse("gs://" + new string('a', 64))).Message, StringComparison.Ordinal);
        Assert.Equal(63, StorageAddress.Parse("gs://" + new string('a', 63)).Bucket.Length);
        Assert.Contains("1024", Assert.Throws<InvalidRequestException>(() => StorageAddress.Parse("gs://abc/" + new string('ä', 513))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_objects_name_is_the_prefix_a_slash_and_the_rest()
    {
        Assert.Equal("a/b/c.jpg", StorageAddress.Parse("gs://abc/a").NameOf("b/c.jpg"));
        Assert.Equal("c.jpg", StorageAddress.Parse("gs://abc").NameOf("c.jpg"));
        Assert.Throws<InvalidRequestException>(() => StorageAddress.Parse("gs://abc/a").NameOf("../c.jpg"));
        Assert.Throws<InvalidRequestException>(() => StorageAddress.Parse("gs://abc/a").NameOf("c\r.jpg"));
        Assert.Throws<InvalidRequestException>(() => StorageAddress.Parse("gs://abc/a").NameOf(new string('c', 1023)));
    }
}
