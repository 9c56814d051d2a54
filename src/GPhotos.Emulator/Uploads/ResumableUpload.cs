using System.Globalization;
using GPhotos.Emulator.Admin;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.Uploads;

/// <summary>The resumable protocol of /v1/uploads, command by command.</summary>
internal sealed class ResumableUpload(EmulatorState state)
{
    private readonly UploadSessions _sessions = state.UploadSessions;
    private readonly UploadTokens _tokens = state.UploadTokens;
    private readonly CallStatistics _statistics = state.Statistics;

    /// <summary>Opens a session. Google's page lists the raw size among the headers of a start, so here it must be told.</summary>
    public Reply Start(HttpRequest request, Caller caller)
    {
        if (UploadRequest.Command(request) != UploadCommand.Start)
        {
            throw GoogleError.InvalidArgument("An upload must begin with the command start.");
        }

        long size = Number(request, "X-Goog-Upload-Raw-Size");
        if (size == 0)
        {
            throw UploadErrors.Empty();
        }

        UploadErrors.CheckSize(size);
        RefuseBody(request);
        UploadSession session = _sessions.Start(
            caller, new Announcement(size, UploadRequest.FileName(request), UploadRequest.Sha1(request)));
        return new Reply
        {
            Headers = [.. UploadHeaders.Session(state.Address, session), .. UploadHeaders.Standing(session.Status, 0)],
        };
    }

    /// <summary>Does what a command asks of a session that there is.</summary>
    public async Task<Reply> ContinueAsync(HttpRequest request, Caller caller, string id, CancellationToken aborted)
    {
        UploadSession session = _sessions.Find(id) is UploadSession known && known.Owner == caller
            ? known
            : throw UploadErrors.UnknownSession();
        CancellationToken superseded = await session.Turn.EnterAsync(aborted);
        try
        {
            UploadCommand command = UploadRequest.Command(request);
            if (session.Status == SessionStatus.Terminated || (command == UploadCommand.Query && session.Status == SessionStatus.Cancelled))
            {
                // That 410 goes for an expired session too is not confirmed.
                throw UploadErrors.Gone(session.Status);
            }

            if (command == UploadCommand.Query)
            {
                RefuseBody(request);
                return Reply.Text(session.Token ?? "");
            }

            if (session.Status != SessionStatus.Active)
            {
                throw UploadErrors.NotActive(session.Status);
            }

            switch (command)
            {
                case UploadCommand.Cancel:
                    session.End(SessionStatus.Cancelled);
                    return new Reply();
                case UploadCommand.Upload or UploadCommand.Finalize or (UploadCommand.Upload | UploadCommand.Finalize):
                    return await TakeAsync(request, session, command, superseded);
                default:
                    throw GoogleError.InvalidArgument($"Unknown upload command: {request.Headers["X-Goog-Upload-Command"]}");
            }
        }
        finally
        {
            session.Turn.Leave();
        }
    }

    /// <summary>How the session of a request stands; a start that was refused says final, as Google's server does.</summary>
    public IEnumerable<KeyValuePair<string, string>> Standing(Exchange exchange, int status) =>
        exchange.Query(UploadRequest.SessionParameter) is string id
            ? status != StatusCodes.Status404NotFound && _sessions.Find(id) is UploadSession session ? UploadHeaders.Standing(session.Status, session.Content.Length) : []
            : status is >= 400 and < 500 && UploadRequest.Kind(exchange.Request) == "uploads.start"
                ? UploadHeaders.Standing(SessionStatus.Final, 0)
                : [];

    private async Task<Reply> TakeAsync(HttpRequest request, UploadSession session, UploadCommand command, CancellationToken stop)
    {
        bool last = command.HasFlag(UploadCommand.Finalize);
        long announced = session.Announced.RawSize;
        IncomingContent content = session.Content;
        if (command.HasFlag(UploadCommand.Upload))
        {
            long offset = Number(request, "X-Goog-Upload-Offset");
            if (offset != content.Length)
            {
                throw UploadErrors.WrongOffset(offset, content.Length);
            }

            // What can be told from the length is told before any of the body is taken.
            if (request.ContentLength is long length)
            {
                CheckChunk(content.Length + length, length, last, announced);
            }

            int rest = await UploadBody.TakeAsync(
                request, content, _statistics, most: announced, end => last && content.Length + end == announced, stop);
            if (rest > 0)
            {
                throw last ? UploadErrors.WrongTotal(content.Length + rest, announced) : UploadErrors.NotAMultiple();
            }
        }
        else
        {
            RefuseBody(request);
        }

        return last ? Finish(request, session) : new Reply();
    }

    private Reply Finish(HttpRequest request, UploadSession session)
    {
        IncomingContent content = session.Content;
        if (content.Length != session.Announced.RawSize)
        {
            throw UploadErrors.WrongTotal(content.Length, session.Announced.RawSize);
        }

        if ((UploadRequest.Sha1(request) ?? session.Announced.Sha1) is string hash && hash != content.Sha1())
        {
            // What is wrong cannot be put right by more bytes, so the session is over, without a token.
            session.Finish(token: null);
            throw UploadErrors.Checksum();
        }

        session.Finish(_tokens.Add(session.Owner, content.Finish(), session.Announced.FileName));
        return Reply.Text(session.Token!);
    }

    private static void CheckChunk(long total, long length, bool last, long announced)
    {
        if (!last && length % UploadBody.Granularity != 0)
        {
            throw UploadErrors.NotAMultiple();
        }

        if (total > announced || (last && total < announced))
        {
            throw UploadErrors.WrongTotal(total, announced);
        }
    }

    private static void RefuseBody(HttpRequest request)
    {
        if (request.ContentLength is not (null or 0))
        {
            throw GoogleError.InvalidArgument("This upload command takes no body.");
        }
    }

    private static long Number(HttpRequest request, string header) =>
        long.TryParse(request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw GoogleError.InvalidArgument($"{header} is missing or no number.");
}
