using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using GPhotos.Core.Http;

namespace GPhotos.Core.Uploads;

/// <summary>
/// The bytes of a web source from an offset on. Where they break off the server is asked for the rest, of the same version; one that knows no
/// ranges is read from its beginning and skipped up to there. All that goes wrong comes out as the source's failure.
/// </summary>
internal sealed class WebStream(WebSource source, long offset, WebRequests requests, RetryPolicy retry, GPhotosClientOptions options) : Stream
{
    // Less than this between two breaks is no progress. A server that sends a byte and hangs up is given up after the usual number of tries.
    private const long Progress = 1024 * 1024;

    private const int SkipSize = 64 * 1024;

    private readonly CancellationTokenSource _clock = new(Timeout.InfiniteTimeSpan, options.TimeProvider);
    private long _position = offset;
    private HttpResponseMessage? _response;
    private Stream? _body;
    private IncrementalHash? _hash;

    // Where in the source the body stands. Behind the position while it is skipped.
    private long _at;
    private bool _isWhole;
    private long _lastBreak = offset;
    private int _breaks;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => source.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= source.Length || buffer.Length == 0)
        {
            return 0;
        }

        while (true)
        {
            Exception? cause = null;
            try
            {
                await BeThereAsync(cancellationToken).ConfigureAwait(false);
                int read = _at < _position ? 0 : await ReadBodyAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read > 0)
                {
                    _position = _at;
                    return read;
                }
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                cause = e;
            }

            HangUp();
            await BrokeOffAsync(cause, cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            HangUp();
            _clock.Dispose();
        }

        base.Dispose(disposing);
    }

    private void HangUp()
    {
        _body?.Dispose();
        _response?.Dispose();
        _hash?.Dispose();
        (_body, _response, _hash) = (null, null, null);
    }

    // Opens where nothing is open, and reads up to the position what the server sends before it.
    private async Task BeThereAsync(CancellationToken cancellationToken)
    {
        if (_body is null)
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_at < _position)
        {
            byte[] skipped = new byte[SkipSize];
            while (_at < _position
                && await ReadBodyAsync(skipped.AsMemory(0, (int)Math.Min(SkipSize, _position - _at)), cancellationToken).ConfigureAwait(false) > 0)
            {
            }
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        // Without a version a part could be one of other bytes: then all of it is read, and held against what has passed.
        (long, RangeConditionHeaderValue)? range = _position > 0 && source.Version is { } version ? (_position, version.Condition) : null;
        _response = await requests.SendAsync(HttpMethod.Get, source.Address, range, cancellationToken).ConfigureAwait(false);
        HttpContentHeaders headers = _response.Content.Headers;
        switch (_response.StatusCode)
        {
            case HttpStatusCode.OK:
                ThrowIfOther(headers.ContentLength);
                (_at, _isWhole) = (0, true);
                break;
            case HttpStatusCode.PartialContent when range is not null && headers.ContentRange?.From == _position:
                ThrowIfOther(headers.ContentRange.Length ?? source.Length);
                (_at, _isWhole) = (_position, false);
                break;
            case HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable:
                throw source.Changed();
            case HttpStatusCode.PartialContent:
                throw new FileReadFailedException($"'{source.Name}' cannot be read: its server sent another part than the one asked for.", source.Name);
            default:
                throw WebRequests.Refused(source.Name, _response.StatusCode);
        }

        WebSource.ThrowIfEncoded(source.Name, headers);
        _hash = source.Version is null ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        _body = await _response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
    }

    private void ThrowIfOther(long? length)
    {
        if (length is null)
        {
            throw new FileReadFailedException($"'{source.Name}' cannot be read: its server told its length when asked, and then no more.", source.Name);
        }

        if (length != source.Length || source.Version?.Differs(_response!) == true)
        {
            throw source.Changed();
        }
    }

    private async ValueTask<int> ReadBodyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Memory<byte> wanted = buffer[..(int)Math.Min(buffer.Length, source.Length - _at)];
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(_clock.Token, cancellationToken);
        _clock.CancelAfter(options.AnswerTimeout);
        int read;
        try
        {
            read = await _body!.ReadAsync(wanted, both.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (_clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FileReadFailedException(
                $"'{source.Name}' cannot be read: its server sent nothing for {options.AnswerTimeout.TotalSeconds:0} s.", source.Name, e);
        }
        finally
        {
            _clock.CancelAfter(Timeout.InfiniteTimeSpan);
        }

        Compare(wanted.Span[..read]);
        _at += read;
        return read;
    }

    // Of a source without a version: whether what passes again is what passed before.
    private void Compare(ReadOnlySpan<byte> bytes)
    {
        if (_hash is null)
        {
            return;
        }

        // How many of these have passed before.
        long again = (source.Passed?.Length ?? 0) - _at;
        if (again > 0 && again <= bytes.Length)
        {
            _hash.AppendData(bytes[..(int)again]);
            if (!_hash.GetCurrentHash().AsSpan().SequenceEqual(source.Passed!.Sha256))
            {
                throw source.Changed();
            }

            _hash.AppendData(bytes[(int)again..]);
        }
        else
        {
            _hash.AppendData(bytes);
        }

        if (again < bytes.Length)
        {
            source.Passed = new WebSource.Prefix(_at + bytes.Length, _hash.GetCurrentHash());
        }
    }

    private Task BrokeOffAsync(Exception? cause, CancellationToken cancellationToken)
    {
        // Reading anew from the beginning is dear, and never counts as progress.
        if (!_isWhole && _position - _lastBreak >= Progress)
        {
            _breaks = 0;
        }

        _lastBreak = _position;
        return _breaks < options.MaxRetries
            ? retry.WaitAsync(WebRequests.Get, $"{WebRequests.Server} broke off", _breaks++, cancellationToken)
            : throw new FileReadFailedException(
                $"'{source.Name}' cannot be read: its server broke off {_breaks + 1} times. {cause?.Message}".TrimEnd(), source.Name, cause);
    }
}
