using GPhotos.Emulator.Media;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.Hosting;

/// <summary>Sends a reply: small ones with headers and body in one write, large ones as fast as the client reads.</summary>
internal static class ReplyWriter
{
    private const int OneWrite = 256 * 1024;

    /// <summary>Sends the reply, or only the first <paramref name="cutAfter"/> bytes of its body and then nothing.</summary>
    /// <param name="context">The request answered.</param>
    /// <param name="reply">What is answered.</param>
    /// <param name="cutAfter">How much of the body to send; all when null.</param>
    /// <param name="beforeLast">Called before the client can see the reply as whole, so that its next call finds this one over.</param>
    public static async Task WriteAsync(HttpContext context, Reply reply, long? cutAfter, Action beforeLast)
    {
        HttpResponse response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        foreach ((string name, string value) in reply.Headers)
        {
            response.Headers[name] = value;
        }

        long left = reply.Length;
        response.ContentLength = reply.AnnouncesLength ? left : null;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            beforeLast();
            return;
        }

        await WriteBodyAsync(context, reply, Math.Min(left, cutAfter ?? left));
        beforeLast();
        await response.BodyWriter.FlushAsync(context.RequestAborted);
        if (cutAfter is not null)
        {
            context.Abort();
        }
    }

    /// <summary>Writes the head of a body, and leaves at most one write's worth to be flushed.</summary>
    private static async Task WriteBodyAsync(HttpContext context, Reply reply, long length)
    {
        long left = length;
        try
        {
            long buffered = 0;
            foreach (ByteSlice piece in reply.Body)
            {
                for (long at = 0; at < piece.Length && left > 0;)
                {
                    int count = (int)Math.Min(Math.Min(OneWrite - buffered, piece.Length - at), left);
                    piece.CopyTo(context.Response.BodyWriter, at, count);
                    at += count;
                    left -= count;
                    buffered += count;
                    if (buffered == OneWrite && left > 0)
                    {
                        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
                        buffered = 0;
                    }
                }
            }
        }
        finally
        {
            reply.BodySent?.Invoke(length - left);
        }
    }
}
