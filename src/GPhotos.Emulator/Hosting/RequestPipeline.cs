using GPhotos.Emulator.Admin;
using GPhotos.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.Hosting;

/// <summary>The way of every request: counted, disturbed when a fault is set, let in, delayed, answered.</summary>
internal sealed class RequestPipeline(EmulatorState state, Router router)
{
    private readonly DoorKeeper _door = new(state.Tokens);
    private int _writing;

    public async Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "/";
        (Route Route, string Value)? match = router.Match(context.Request.Method, path);
        Route route = match?.Route ?? NoRoute.Instance;
        Exchange exchange = new(context, match?.Value ?? "");
        try
        {
            if (route.IsAdmin)
            {
                using Reply reply = await AnswerAsync(route, exchange, TimeSpan.Zero);
                await ReplyWriter.WriteAsync(context, reply, cutAfter: null, beforeLast: static () => { });
                return;
            }

            string kind = route.KindOf?.Invoke(context.Request) ?? route.Kind;
            using CallStatistics.Call call = state.Statistics.Begin(kind, route.IsLibraryCall);
            await HandleCountedAsync(context, route, kind, exchange, call);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or BadHttpRequestException)
        {
            // The client went away or the server goes down: there is nobody to tell.
            context.Abort();
        }
    }

    private async Task HandleCountedAsync(
        HttpContext context, Route route, string kind, Exchange exchange, CallStatistics.Call call)
    {
        string path = context.Request.Path.Value ?? "/";
        if (state.Faults.Breaking(context.Request.Method, path, kind) is Fault breaking)
        {
            context.Request.Body = new BreakingBody(context.Request.Body, breaking);
        }

        Fault? fault = state.Faults.Take(context.Request.Method, path, kind);
        if (fault?.Hang == true)
        {
            await fault.WaitUntilClearedAsync(context.RequestAborted, state.Stopping);
            context.Abort();
            return;
        }

        using Reply reply = fault?.HasReply == true
            ? await FaultReply.MakeAsync(fault, route, exchange)
            : await AnswerAsync(route, exchange, fault?.Latency ?? TimeSpan.Zero);
        if (fault?.ApplyThenFail == true)
        {
            call.End(status: null);
            context.Abort();
            return;
        }

        await ReplyWriter.WriteAsync(context, reply, fault?.CutAfterBytes, () => call.End(reply.Status));
    }

    private async Task<Reply> AnswerAsync(Route route, Exchange exchange, TimeSpan extraLatency)
    {
        Reply reply = await AnswerBareAsync(route, exchange, extraLatency);
        reply.Headers.AddRange(route.Headers?.Invoke(exchange, reply.Status) ?? []);
        return reply;
    }

    private async Task<Reply> AnswerBareAsync(Route route, Exchange exchange, TimeSpan extraLatency)
    {
        bool writing = false;
        try
        {
            _door.Admit(route, exchange);

            // Held over the latency too: a client that lets two writes overlap must be found out however fast this is.
            writing = route.ExclusiveWrite && Interlocked.Exchange(ref _writing, 1) == 0;
            if (route.ExclusiveWrite && !writing)
            {
                throw QuotaErrors.Concurrent();
            }

            TimeSpan latency = route.IsAdmin ? TimeSpan.Zero : state.Options.Latency + extraLatency;
            if (latency > TimeSpan.Zero)
            {
                await Task.Delay(latency, exchange.Aborted);
            }

            return await route.Handler(exchange);
        }
        catch (GoogleError error)
        {
            return route.Door == Door.ScopedUpload
                ? ErrorReply.Bare(error)
                : ErrorReply.Wrapped(error, exchange.Query("alt") == "json");
        }
        finally
        {
            if (writing)
            {
                Volatile.Write(ref _writing, 0);
            }
        }
    }
}
