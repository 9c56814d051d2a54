using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace GPhotos.Emulator.Media;

/// <summary>A JPEG whose XMP says that a video is appended to it. Nothing of the item on the wire tells it from a plain photo.</summary>
internal static partial class MotionPhoto
{
    private const int Window = 64 * 1024;

    // An ftyp box is preceded by its length; that one is small keeps chance bytes from being taken for one.
    private const int BoxHead = 8;
    private const int LargestFileType = 256;

    private static ReadOnlySpan<byte> XmpName => "http://ns.adobe.com/xap/1.0/\0"u8;

    /// <summary>The segment that says so.</summary>
    /// <param name="videoLength">How many bytes are appended.</param>
    public static byte[] XmpSegment(int videoLength)
    {
        byte[] xmp = Encoding.ASCII.GetBytes($"""
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
            xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" xmlns:Container="http://ns.google.com/photos/1.0/container/"
            xmlns:Item="http://ns.google.com/photos/1.0/container/item/" GCamera:MotionPhoto="1" GCamera:MotionPhotoVersion="1">
            <Container:Directory><rdf:Seq><rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="image/jpeg" Item:Semantic="Primary"/></rdf:li>
            <rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="video/mp4" Item:Semantic="MotionPhoto" Item:Length="{videoLength}"/></rdf:li>
            </rdf:Seq></Container:Directory></rdf:Description></rdf:RDF></x:xmpmeta>
            """);
        byte[] segment = [0xFF, 0xE1, 0, 0, .. XmpName, .. xmp];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        return segment;
    }

    /// <summary>Where the video begins, or null for a plain photo.</summary>
    public static long? FindVideo(ByteSlice bytes)
    {
        if (!JpegSegments.IsJpeg(bytes))
        {
            return null;
        }

        foreach ((long start, int length) in JpegSegments.App1Named(bytes, XmpName))
        {
            if (Mark().IsMatch(Encoding.UTF8.GetString(bytes.Peek(start, length))))
            {
                return FindFileType(bytes, start + length);
            }
        }

        return null;
    }

    private static long? FindFileType(ByteSlice bytes, long from)
    {
        for (long at = from; at < bytes.Length; at += Window)
        {
            // Windows overlap, so that no box is cut in two.
            byte[] window = bytes.Peek(at, Window + BoxHead);
            for (int found = 0, next; (next = window.AsSpan(found).IndexOf("ftyp"u8)) >= 0; found += next + 1)
            {
                int box = found + next - 4;
                if (box >= 0 && BinaryPrimitives.ReadUInt32BigEndian(window.AsSpan(box)) is >= BoxHead and <= LargestFileType)
                {
                    return at + box;
                }
            }
        }

        return null;
    }

    [GeneratedRegex("""\bG?Camera:MotionPhoto(\s*=\s*["']1["']|>\s*1\s*<)""")]
    private static partial Regex Mark();
}
