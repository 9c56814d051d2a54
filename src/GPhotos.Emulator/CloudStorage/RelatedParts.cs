using System.Text;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>
/// The parts of a multipart/related body, one after the other as they stream in. ASP.NET's reader will not do: gcloud ends its lines with a
/// line feed alone, and puts the boundary in single quotes.
/// </summary>
internal sealed class RelatedParts
{
    private const int OneRead = 64 * 1024;

    private readonly Stream _body;
    private readonly string _boundary;
    private readonly byte[] _buffer = new byte[OneRead];
    private byte[] _delimiter = [];
    private int _start;
    private int _end;

    private RelatedParts(Stream body, string boundary)
    {
        _body = body;
        _boundary = boundary;
    }

    /// <summary>Reads up to the head of the first part.</summary>
    public static async Task<RelatedParts> OpenAsync(Stream body, string? contentType, CancellationToken aborted)
    {
        RelatedParts parts = new(body, Boundary(contentType)
            ?? throw StorageErrors.Invalid("A multipart upload needs the content type multipart/related with a boundary."));
        string line;
        do
        {
            line = await parts.LineAsync(aborted);
        }
        while (string.IsNullOrWhiteSpace(line));

        // Who ends lines with a line feed alone may have a carriage return as the last byte of a part.
        parts._delimiter = Encoding.UTF8.GetBytes((line.EndsWith('\r') ? "\r\n--" : "\n--") + parts._boundary);
        return line.TrimEnd() == "--" + parts._boundary ? parts : throw Malformed();
    }

    /// <summary>Reads the head of a part.</summary>
    /// <returns>Its Content-Type, if it tells one.</returns>
    public async Task<string?> HeadAsync(CancellationToken aborted)
    {
        const string Name = "Content-Type:";
        string? contentType = null;
        while ((await LineAsync(aborted)).TrimEnd() is { Length: > 0 } line)
        {
            contentType = line.StartsWith(Name, StringComparison.OrdinalIgnoreCase) ? line[Name.Length..].Trim() : contentType;
        }

        return contentType;
    }

    /// <summary>Hands on the bytes of a part up to the boundary behind it.</summary>
    /// <param name="take">Gets them as they come in.</param>
    /// <param name="aborted">Ends the reading.</param>
    /// <returns>Whether another part follows.</returns>
    public async Task<bool> CopyAsync(Action<ReadOnlySpan<byte>> take, CancellationToken aborted)
    {
        while (true)
        {
            int found = _buffer.AsSpan(_start.._end).IndexOf(_delimiter);
            if (found >= 0)
            {
                take(_buffer.AsSpan(_start, found));
                _start += found + _delimiter.Length;
                break;
            }

            // The boundary may be half there.
            int sure = Math.Max(0, _end - _start - _delimiter.Length + 1);
            take(_buffer.AsSpan(_start, sure));
            _start += sure;
            if (!await FillAsync(aborted))
            {
                throw Malformed();
            }
        }

        return (await LineAsync(aborted, mayEnd: true)).TrimEnd() switch
        {
            "" => true,
            "--" => false,
            _ => throw Malformed(),
        };
    }

    private static Wire.GoogleError Malformed() => StorageErrors.Invalid("Malformed multipart body.");

    private static string? Boundary(string? contentType)
    {
        const string Name = "boundary=";
        string[] parts = (contentType ?? "").Split(';', StringSplitOptions.TrimEntries);
        string? value = parts.FirstOrDefault(part => part.StartsWith(Name, StringComparison.OrdinalIgnoreCase))?[Name.Length..]
            .Trim('"', '\'');
        return parts[0].Equals("multipart/related", StringComparison.OrdinalIgnoreCase) && value?.Length > 0 ? value : null;
    }

    /// <summary>A line without its line feed.</summary>
    private async Task<string> LineAsync(CancellationToken aborted, bool mayEnd = false)
    {
        int length;
        while ((length = _buffer.AsSpan(_start.._end).IndexOf((byte)'\n')) < 0)
        {
            if (!await FillAsync(aborted))
            {
                length = mayEnd ? _end - _start : throw Malformed();
                break;
            }
        }

        string line = Encoding.UTF8.GetString(_buffer, _start, length);
        _start = Math.Min(_end, _start + length + 1);
        return line;
    }

    private async Task<bool> FillAsync(CancellationToken aborted)
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        int read = _end < OneRead
            ? await _body.ReadAsync(_buffer.AsMemory(_end, OneRead - _end), aborted)
            : throw StorageErrors.Invalid("A line of the multipart body is too long.");
        _end += read;
        return read > 0;
    }
}
