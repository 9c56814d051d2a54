using System.Text;

namespace GPhotos.Tests.Support;

/// <summary>The least that passes for a JPEG, different for each seed.</summary>
internal static class TinyJpeg
{
    public static byte[] Make(string seed, int padding = 0)
    {
        byte[] comment = Encoding.UTF8.GetBytes(seed);
        return
        [
            0xFF, 0xD8, 0xFF, 0xFE, (byte)((comment.Length + 2) >> 8), (byte)(comment.Length + 2), .. comment,
            0xFF, 0xC0, 0, 11, 8, 0, 48, 0, 64, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34, 0xFF, 0xD9,
            .. new byte[padding],
        ];
    }
}
