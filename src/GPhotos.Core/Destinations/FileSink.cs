using System.Buffers;

namespace GPhotos.Core.Destinations;

/// <summary>
/// A file on its way: written beside its final name, hashed, flushed, given its times, and only then renamed. What is not complete goes, but for
/// the part of a large file that is safe on the disk: a run that dies need not begin it anew.
/// </summary>
internal sealed class FileSink : SaveSink
{
    // How much may have to come again after a crash. A flush costs little against the download of so much.
    private const long CheckpointLength = 32L * 1024 * 1024;

    private const int BufferSize = 128 * 1024;

    private readonly FolderDestination _destination;
    private readonly SaveTarget _target;
    private readonly string _finalPath;
    private readonly string _partialPath;
    private readonly FileStream _stream;
    private Task _flushing = Task.CompletedTask;
    private long _asked;
    private long _safe;
    private bool _isOver;

    private FileSink(FolderDestination destination, SaveTarget target, FileStream stream)
    {
        (_destination, _target, _stream) = (destination, target, stream);
        _finalPath = destination.FullNameOf(target.Path);
        _partialPath = stream.Name;
    }

    /// <summary>Opens the file. What an earlier run left under that name is replaced.</summary>
    /// <exception cref="FileWriteFailedException">The folder does not take files, or another is writing this one.</exception>
    public static FileSink Begin(FolderDestination destination, SaveTarget target) => new(destination, target, Open(destination, target, FileMode.Create));

    /// <summary>Goes on behind what is known to be safe; null when it is no longer there.</summary>
    public static async ValueTask<FileSink?> ResumeAsync(
        FolderDestination destination, SaveTarget target, CatalogPartial partial, CancellationToken cancellationToken)
    {
        if (!File.Exists(PartialOf(destination.FullNameOf(target.Path))))
        {
            return null;
        }

        FileSink sink = new(destination, target, Open(destination, target, FileMode.Open));
        bool isUsable = false;
        try
        {
            isUsable = await sink.ReadBackAsync(partial, cancellationToken).ConfigureAwait(false);
            return isUsable ? sink : null;
        }
        finally
        {
            if (!isUsable)
            {
                await sink.AbandonAsync().ConfigureAwait(false);
                await sink.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public override async ValueTask<string?> CompleteAsync(CancellationToken cancellationToken)
    {
        await _flushing.ConfigureAwait(false);
        return await DiskThreads.RunAsync(() => LocalFolder.Write(_finalPath, Complete)).ConfigureAwait(false);
    }

    private string? Complete()
    {
        Flush();
        _stream.Dispose();
        if (_target.Form != MediaForm.Motion)
        {
            // Ahead of the name: a run that dies behind it is known to have saved this very file.
            _destination.Catalog.NotePartial(_target.File, new CatalogPartial(_target.Path, _target.Tag ?? "", Position, Position, Sha256));
        }

        FileTime.Set(_partialPath, _target.Item.CreationTime);
        bool stands = File.Exists(_finalPath);
        if (stands && _target.Overwrite == Overwrite.No)
        {
            throw new FileExistsException($"'{_finalPath}' appeared while it was being downloaded, and was left alone.", _finalPath);
        }

        string? aside = stands && _target.Overwrite == Overwrite.Repair ? ChangedFile.SetAside(_finalPath, _partialPath) : null;
        File.Move(_partialPath, _finalPath, overwrite: _target.Overwrite != Overwrite.No);
        _isOver = true;
        return aside;
    }

    public override async ValueTask AbandonAsync()
    {
        await _flushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _safe = 0;
    }

    public override async ValueTask DisposeAsync()
    {
        await _flushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stream.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
        if (_isOver || _safe > 0)
        {
            // Complete: a file of that name is another run's by now. Or large: the next run goes on with it.
            return;
        }

        // One that stays behind is replaced by the next run.
        LocalFolder.TryDelete(_partialPath);
    }

    protected override async ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            if (_target is { Tag: { } tag, Length: { } length } && Position - _asked >= CheckpointLength && _flushing.IsCompletedSuccessfully)
            {
                _asked = Position;
                _flushing = CheckpointAsync(new CatalogPartial(_target.Path, tag, length, _asked, Sha256));
            }

            await DiskThreads.RunAsync(() =>
            {
                _stream.Write(bytes.Span);
                return true;
            }).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LocalFolder.Failed(_finalPath, e);
        }
    }

    private static string PartialOf(string finalPath) => finalPath + SafeFileName.PartialExtension;

    private static FileStream Open(FolderDestination destination, SaveTarget target, FileMode mode)
    {
        string finalPath = destination.FullNameOf(target.Path);
        return LocalFolder.Write(finalPath, () =>
        {
            if (mode == FileMode.Create)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(finalPath)!);
                LocalFolder.RemoveLink(PartialOf(finalPath));
            }

            return new FileStream(PartialOf(finalPath), mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        });
    }

    // Beside the writing, which need not wait for it.
    private async Task CheckpointAsync(CatalogPartial partial)
    {
        await DiskThreads.RunAsync(() => LocalFolder.Write(_finalPath, () =>
        {
            Flush();
            return true;
        })).ConfigureAwait(false);
        _destination.Catalog.NotePartial(_target.File, partial);
        _safe = partial.Safe;
    }

    // To the disk itself, for which there is no asynchronous way.
    private void Flush() => _stream.Flush(flushToDisk: true);

    private async ValueTask<bool> ReadBackAsync(CatalogPartial partial, CancellationToken cancellationToken)
    {
        if (_stream.Length < partial.Safe)
        {
            return false;
        }

        _stream.SetLength(partial.Safe);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (Position < partial.Safe)
            {
                int read = await _stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return false;
                }

                Count(buffer.AsSpan(0, read));
            }

            _asked = _safe = partial.Safe;
            return Sha256 == partial.Sha256;
        }
        catch (IOException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
