using System.Text;
using System.Text.Json;
using GPhotos.Core.Destinations;

namespace GPhotos.Core.Gallery;

/// <summary>The page while it is written: under a partial name until it is whole.</summary>
internal sealed class PageFile : IAsyncDisposable
{
    private readonly GalleryOptions _options;
    private readonly string _partial;
    private readonly FileStream _file;
    private readonly string _after;
    private bool _isFirst = true;

    private PageFile(GalleryOptions options, FileStream file, string after) =>
        (_options, _partial, _file, _after) = (options, file.Name, file, after);

    /// <exception cref="FileWriteFailedException">It cannot be written.</exception>
    public static async Task<PageFile> CreateAsync(GalleryOptions options, DateTimeOffset made, CancellationToken cancellationToken)
    {
        options.Check();
        string title = options.Title ?? Path.GetFileNameWithoutExtension(options.Path);
        (string before, string after) = PageTemplate.Of(title, made);
        string partial = options.Path + ".partial";
#pragma warning disable CA2000 // The page owns it.
        FileStream file = LocalFolder.Write(partial, () =>
        {
            LocalFolder.RemoveLink(partial);
            return new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 256 * 1024, useAsync: false);
        });
#pragma warning restore CA2000
        PageFile page = new(options, file, after);
        await page.WriteAsync(Encoding.UTF8.GetBytes(before), cancellationToken).ConfigureAwait(false);
        return page;
    }

    /// <summary>Adds an item; from one thread at a time.</summary>
    public async Task AddAsync(PageItem item, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(item, PageJson.Escaped.PageItem);
        await WriteAsync(_isFirst ? "\n"u8.ToArray() : ",\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        await WriteAsync(json, cancellationToken).ConfigureAwait(false);
        _isFirst = false;
    }

    /// <summary>Ends the page and gives it its name.</summary>
    /// <exception cref="FileExistsException">A page of that name appeared meanwhile, and is to be kept.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(Encoding.UTF8.GetBytes(_after), cancellationToken).ConfigureAwait(false);
        LocalFolder.Write(_options.Path, () =>
        {
            _file.Flush(flushToDisk: true);
            _file.Dispose();
            _options.Check();
            if (_options.Force && File.Exists(_options.Path))
            {
                File.SetAttributes(_options.Path, FileAttributes.Normal);
            }

            File.Move(_partial, _options.Path, overwrite: !_options.NoClobber);
            return true;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        LocalFolder.TryDelete(_partial);
    }

    private async Task WriteAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LocalFolder.Failed(_options.Path, e);
        }
    }
}
