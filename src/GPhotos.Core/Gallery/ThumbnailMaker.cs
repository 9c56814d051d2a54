using GPhotos.Core.Downloads;
using SkiaSharp;

namespace GPhotos.Core.Gallery;

/// <summary>Makes thumbnails: small, upright, without metadata, and of no more bytes than a page can bear.</summary>
/// <param name="size">The longer side in pixels.</param>
internal sealed class ThumbnailMaker(int size) : IDisposable
{
    // Telephones make pictures of 108 million pixels. What is larger is not decoded: a few bytes of a hostile file may announce any size.
    private const long MaxPixels = 120_000_000;

    // A kind that cannot be decoded small takes four bytes for each pixel of the original.
    private const long MaxPixelsAtOnce = 64_000_000;

    private const long LargePixels = 24_000_000;

    // A preview may be a little smaller than what is asked for; making it larger costs less than reading the picture.
    private const double SmallestPreview = 0.75;

    private const double AlikeSides = 0.02;

    // 2 KB at 200 by 150 pixels.
    private const double BytesPerPixel = 0.068;

    private const int LeastBytes = 600;

    // What browsers show. Other decoders that may be built in are met by few files and have met few hostile ones.
    private static readonly SKEncodedImageFormat[] Kinds =
    [
        SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Gif, SKEncodedImageFormat.Webp, SKEncodedImageFormat.Bmp, SKEncodedImageFormat.Ico,
    ];

    private static readonly int[] Qualities = [68, 45, 26, 12];

    // Decoding takes a core and memory; large pictures take so much of it that they go one by one.
    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount, Environment.ProcessorCount);
    private readonly SemaphoreSlim _large = new(1, 1);
    private readonly int _budget = Math.Max(LeastBytes, (int)(size * size * BytesPerPixel * 0.75));

    /// <summary>The thumbnail of bytes that can be searched; null where nothing here can read them, or they are too large to be what they pretend.</summary>
    public async Task<Thumbnail?> MakeAsync(Stream picture, CancellationToken cancellationToken)
    {
        using Lane core = new(_cores);
        await core.EnterAsync(cancellationToken).ConfigureAwait(false);
        using SKCodec? codec = Open(picture);
        return codec is null
            ? Best(picture, EmbeddedPictures.In(picture, EmbeddedPictures.WholeFile))
            : Preview(picture, codec) ?? await DecodeAsync(codec, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _cores.Dispose();
        _large.Dispose();
    }

    private static SKCodec? Open(Stream picture)
    {
        picture.Position = 0;
#pragma warning disable CA2000 // The codec owns it. It leaves the picture open, which is wanted again.
        SKCodec? codec = SKCodec.Create(new SKManagedStream(picture, disposeManagedStream: false), out SKCodecResult result);
#pragma warning restore CA2000
        return result == SKCodecResult.Success && Kinds.Contains(codec!.EncodedFormat) ? codec : Closed(codec);
    }

    private static SKCodec? Closed(SKCodec? codec)
    {
        codec?.Dispose();
        return null;
    }

    private static SKCodec? Open(ArraySegment<byte> picture) => Open(new MemoryStream(picture.Array!, picture.Offset, picture.Count, writable: false));

    // What a camera put beside the picture, if it shows the same: some fill it up with black, others keep what was cut off later.
    private Thumbnail? Preview(Stream picture, SKCodec codec)
    {
        if (codec.EncodedFormat != SKEncodedImageFormat.Jpeg)
        {
            return null;
        }

        // The codec reads on from where it was.
        long reached = picture.Position;
        Thumbnail? preview = EmbeddedPictures.In(picture, EmbeddedPictures.Header).Select(p => Preview(p, codec)).FirstOrDefault(t => t is not null);
        picture.Position = reached;
        return preview;
    }

    private Thumbnail? Preview(ArraySegment<byte> preview, SKCodec of)
    {
        using SKCodec? small = Open(preview);
        return small is not null && IsLarge(small.Info) && IsAlike(small.Info, of.Info) ? Decode(small, of.EncodedOrigin) : null;
    }

    // Of files that nothing here decodes (HEIC, RAW): the smallest of the pictures in it that is large enough, else the largest.
    private Thumbnail? Best(Stream file, IEnumerable<ArraySegment<byte>> pictures)
    {
        ArraySegment<byte>? best = null;
        SKImageInfo bestInfo = default;
        foreach (ArraySegment<byte> picture in pictures)
        {
            using SKCodec? codec = Open(picture);
            if (codec is not null && Pixels(codec.Info) <= MaxPixels && (best is null || IsBetter(codec.Info, bestInfo)))
            {
                (best, bestInfo) = (picture, codec.Info);
            }
        }

        using SKCodec? chosen = best is null ? null : Open(best.Value);
        // A preview without a word of its own lies as the file says.
        return chosen is null ? null : Decode(chosen, chosen.EncodedOrigin == SKEncodedOrigin.TopLeft ? (SKEncodedOrigin)EmbeddedPictures.OrientationOf(file) : chosen.EncodedOrigin);
    }

    private bool IsBetter(SKImageInfo info, SKImageInfo than) =>
        IsLarge(info) ? !IsLarge(than) || Pixels(info) < Pixels(than) : Pixels(info) > Pixels(than);

    private bool IsLarge(SKImageInfo info) => Math.Max(info.Width, info.Height) >= size * SmallestPreview;

    private static bool IsAlike(SKImageInfo one, SKImageInfo other) =>
        Math.Abs(((double)one.Width / one.Height) - ((double)other.Width / other.Height)) < AlikeSides * other.Width / other.Height;

    private async Task<Thumbnail?> DecodeAsync(SKCodec codec, CancellationToken cancellationToken)
    {
        if (Pixels(codec.Info) < LargePixels)
        {
            return Decode(codec, codec.EncodedOrigin);
        }

        using Lane alone = new(_large);
        await alone.EnterAsync(cancellationToken).ConfigureAwait(false);
        return Decode(codec, codec.EncodedOrigin);
    }

    private static long Pixels(SKImageInfo info) => (long)info.Width * info.Height;

    private Thumbnail? Decode(SKCodec codec, SKEncodedOrigin origin)
    {
        if (codec.Info.IsEmpty || Pixels(codec.Info) > MaxPixels)
        {
            return null;
        }

        double scale = Math.Min(1, (double)size / Math.Max(codec.Info.Width, codec.Info.Height));
        // Some kinds are decoded small to begin with.
        SKSizeI decoded = codec.GetScaledDimensions((float)scale);
        if ((long)decoded.Width * decoded.Height > MaxPixelsAtOnce)
        {
            return null;
        }

        using SKColorSpace usual = SKColorSpace.CreateSrgb();
        using SKBitmap whole = new(new SKImageInfo(decoded.Width, decoded.Height, SKColorType.Rgba8888, SKAlphaType.Premul, usual));
        if (codec.GetPixels(whole.Info, whole.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput))
        {
            return null;
        }

        int width = Math.Max(1, (int)Math.Round(codec.Info.Width * scale)), height = Math.Max(1, (int)Math.Round(codec.Info.Height * scale));
        using SKBitmap upright = Upright(whole, width, height, origin);
        return Encode(upright);
    }

    // EXIF's eight orientations: mirrored, turned, or both.
    private static SKBitmap Upright(SKBitmap picture, int width, int height, SKEncodedOrigin origin)
    {
        bool isTurned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        // Without a colour space: the encoder would write half a kilobyte to say that it is the usual one.
        SKBitmap upright = new(new SKImageInfo(isTurned ? height : width, isTurned ? width : height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(upright);
        canvas.Clear(SKColors.White);
        canvas.Concat(origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
            _ => SKMatrix.Identity,
        });
        using SKImage image = SKImage.FromBitmap(picture);
        canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return upright;
    }

    // The best that is small enough: the eye forgives a wood of leaves its coarseness sooner than a page that does not open.
    private Thumbnail Encode(SKBitmap upright)
    {
        using SKPixmap pixels = upright.PeekPixels()!;
        byte[] bytes = [];
        foreach (int quality in Qualities)
        {
            using SKData? data = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, quality));
            bytes = data?.ToArray() ?? [];
            if (bytes.Length <= _budget)
            {
                break;
            }
        }

        return new Thumbnail(bytes, upright.Width, upright.Height);
    }
}
