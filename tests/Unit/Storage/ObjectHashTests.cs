using System.Text;
using GPhotos.Core.Storage;

namespace GPhotos.Tests.Storage;

public sealed class ObjectHashTests
{
    [Theory]
    [InlineData("", "AAAAAA==", "1B2M2Y8AsgTpgAmY7PhCfg==")]
    // The check value of the polynomial: E3069283.
    [InlineData("123456789", "4waSgw==", "JfnnlDI7RTiF9RgfG2JNCw==")]
    public void The_hashes_are_the_known_ones(string text, string crc32c, string md5)
    {
        using ObjectHash hash = new();

        hash.Append(Encoding.ASCII.GetBytes(text));

        Assert.Equal((crc32c, md5), (hash.Crc32c, hash.Md5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1000)]
    public void It_does_not_matter_in_which_pieces_the_bytes_come(int piece)
    {
        byte[] bytes = TestStorage.Bytes(12_345);
        using ObjectHash hash = new();

        foreach (byte[] part in bytes.Chunk(piece))
        {
            hash.Append(part);
        }

        Assert.Equal(Checksums.Crc32c(bytes), hash.Crc32c);
    }
}
