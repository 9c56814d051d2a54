using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GPhotos.Emulator.Library;

namespace GPhotos.Emulator.Media;

/// <summary>Makes up media: small, each different, the same for the same seed.</summary>
internal static class SyntheticMedia
{
    // An ftyp box and the head of an mdat box: enough to be taken for a video.
    private static readonly byte[] VideoHead = [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isommp41"u8];

    private static readonly MediaFacts Photo = new("image/jpeg")
    {
        Width = SyntheticJpeg.Width,
        Height = SyntheticJpeg.Height,
        CameraMake = ExifSegment.Make,
        CameraModel = ExifSegment.Model,
    };

    private static readonly MediaFacts Video = new("video/mp4") { Width = 1920, Height = 1080, FramesPerSecond = 30 };

    /// <summary>Content and the facts of it.</summary>
    /// <param name="seed">What makes it different from others.</param>
    /// <param name="captured">When it was taken.</param>
    /// <param name="size">Its size in bytes; the natural size when that is larger.</param>
    /// <param name="video">A video instead of a photo.</param>
    public static (MediaContent Content, MediaFacts Facts) Make(ulong seed, DateTime captured, int size, bool video)
    {
        byte[] Bytes() => Padded(video ? VideoBytes(seed) : SyntheticJpeg.Make(seed, captured), size, seed);
        return (new SyntheticContent(Bytes), (video ? Video : Photo) with { Captured = captured });
    }

    /// <summary>The facts of every synthetic photo, shared by all: a library may have a hundred thousand.</summary>
    public static MediaFacts PhotoFacts => Photo;

    private static byte[] VideoBytes(ulong seed)
    {
        byte[] bytes = new byte[2048];
        VideoHead.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(VideoHead.Length), bytes.Length - VideoHead.Length);
        "mdat"u8.CopyTo(bytes.AsSpan(VideoHead.Length + 4));
        Fill(bytes.AsSpan(VideoHead.Length + 8), seed);
        return bytes;
    }

    private static byte[] Padded(byte[] bytes, int size, ulong seed)
    {
        int natural = bytes.Length;
        if (size > natural)
        {
            Array.Resize(ref bytes, size);
            Fill(bytes.AsSpan(natural), seed);
        }

        return bytes;
    }

    private static void Fill(Span<byte> bytes, ulong seed)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        for (int index = 0; index < words.Length; index++)
        {
            words[index] = seed = Identifier.Mix(seed);
        }
    }
}
