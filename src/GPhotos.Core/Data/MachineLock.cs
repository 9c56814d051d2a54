using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace GPhotos.Core.Data;

/// <summary>
/// One holder at a time among all processes of this user on this machine. A lock on an open file: the system lets go of it when the
/// process dies, however it dies, so nobody ever has to clear one away.
/// </summary>
/// <remarks>Without a folder it holds within this process only.</remarks>
internal sealed class MachineLock
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> InProcess = new(StringComparer.Ordinal);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _gate;
    private readonly string? _path;

    /// <summary>The lock for one subject; whoever names the same subject and folder shares it.</summary>
    public MachineLock(string? folder, string subject)
    {
        // A subject may hold what no file name can.
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)))[..32];
        _path = folder is null ? null : System.IO.Path.Combine(folder, "locks", name + ".lock");
        _gate = InProcess.GetOrAdd(_path ?? subject, static _ => new SemaphoreSlim(1, 1));
    }

    /// <summary>Waits for the lock; dispose what it returns to let go.</summary>
    /// <exception cref="FileWriteFailedException">The lock's file cannot be made.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        Held held = new(_gate);
        try
        {
            if (_path is not null)
            {
                held.File = await OpenAsync(_path, cancellationToken).ConfigureAwait(false);
            }

            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private static async Task<FileStream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        TimeSpan pause = ShortestPause;
        while (true)
        {
            try
            {
                UserFolder.CreatePrivate(System.IO.Path.GetDirectoryName(path)!);
                return new FileStream(path, UserFolder.PrivateFile(FileMode.OpenOrCreate, FileAccess.ReadWrite));
            }
            catch (IOException e) when (IsHeld(e))
            {
                // Real time, not the client's clock: another process does not go by a test's.
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new FileWriteFailedException($"'{path}' cannot be locked: {e.Message}", path, e);
            }
        }
    }

    /// <summary>Whether opening a file failed since another has it locked.</summary>
    // ERROR_SHARING_VIOLATION on Windows; EWOULDBLOCK of flock elsewhere, for which .NET has no exception of its own.
    public static bool IsHeld(IOException e) =>
        e.GetType() == typeof(IOException)
        && (OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is 32 or 33 : e.HResult is 11 or 35);

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        private int _disposed;

        public FileStream? File { get; set; }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                File?.Dispose();
                gate.Release();
            }
        }
    }
}
