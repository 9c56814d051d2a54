using System.Threading.Channels;

namespace GPhotos.Core;

/// <summary>Fills a channel, and tells its reader of the end however it came.</summary>
internal static class ChannelFeed
{
    /// <summary>Runs the work that writes, then completes the writer: with the work's fault, where it had one.</summary>
    public static async Task FeedAsync<T>(this ChannelWriter<T> writer, Func<Task> work)
    {
        Exception? fault = null;
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            fault = e;
            throw;
        }
        finally
        {
            writer.TryComplete(fault);
        }
    }
}
