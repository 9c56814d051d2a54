using System.Globalization;
using GPhotos.Emulator.Admin;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Picker;
using GPhotos.Emulator.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GPhotos.Emulator.Hosting;

/// <summary>The way of every request: counted, disturbed when a fault is set, let in, delayed, answered.</summary>
internal sealed class RequestPipeline(EmulatorState state, Router router)
{
    // Measured: by how much the platform's timers go off late. Twenty milliseconds are to be twenty.
    private static readonly TimeSpan TimerLateness = TimeSpan.FromMilliseconds(1);

    private readonly DoorKeeper _door = new(state.Tokens, state.OAuth);

    public async Task HandleAsync(HttpContext context)
    {
        PickerRoutes.PutInPlace(context.Request);
        string path = context.Request.Path.Value ?? "/";
        (Route Route, IReadOnlyList<string> Values)? match = router.Match(context.Request.Method, path, RawPath(context));
        Route route = match?.Route ?? NoRoute.Instance;
        Exchange exchange = new(context, match?.Values ?? []);
        try
        {
            if (route.IsAdmin)
            {
                using Reply reply = await AnswerAsync(route, exchange, TimeSpan.Zero, overDailyLimit: null);
                await SendAsync(context, reply, cutAfter: null, beforeLast: static () => { });
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

        // Every request counts against the day, also one that a fault or a missing scope will stop.
        GoogleError? overDailyLimit = CountToday(route, exchange);
        Fault? fault = state.Faults.Take(context.Request.Method, path, kind);
        if (fault?.Hang == true)
        {
            await fault.WaitUntilClearedAsync(context.RequestAborted, state.Stopping);
            context.Abort();
            return;
        }

        if (fault?.Reset == true)
        {
            ConnectionReset.Send(context);
            return;
        }

        using Reply reply = fault?.HasReply == true
            ? await FaultReply.MakeAsync(fault, route, exchange)
            : await AnswerAsync(route, exchange, fault?.Latency ?? TimeSpan.Zero, overDailyLimit);
        if (fault?.ApplyThenFail == true)
        {
            call.End(status: null);
            context.Abort();
            return;
        }

        await SendAsync(context, reply, fault?.CutAfterBytes, () => call.End(reply.Status, reply.Quota));
    }

    private static string RawPath(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2)[0];

    private GoogleError? CountToday(Route route, Exchange exchange) =>
        route.MediaProject?.Invoke(exchange) is string project ? state.Limits.CountMediaRequest(project)
        : route.IsLibraryCall && _door.Identify(exchange) is Caller caller ? state.Limits.CountRequest(caller.Project)
        : null;

    private async Task<Reply> AnswerAsync(Route route, Exchange exchange, TimeSpan extraLatency, GoogleError? overDailyLimit)
    {
        Reply reply;
        try
        {
            reply = await AdmitAndRunAsync(route, exchange, extraLatency, overDailyLimit);
        }
        catch (GoogleError error)
        {
            reply = ErrorReply.For(route, exchange, error);
        }

        reply.Headers.AddRange(route.Headers?.Invoke(exchange, reply.Status) ?? []);
        return reply;
    }

    private async Task<Reply> AdmitAndRunAsync(
        Route route, Exchange exchange, TimeSpan extraLatency, GoogleError? overDailyLimit)
    {
        _door.Admit(route, exchange);
        if (overDailyLimit is not null)
        {
            throw overDailyLimit;
        }

        // Held over the latency too: a client that lets two writes overlap must be found out however fast this is.
        using IDisposable? write = route.IsWrite ? state.Limits.BeginWrite(exchange.Caller) : null;
        TimeSpan latency = route.IsAdmin ? TimeSpan.Zero : state.Options.Latency + extraLatency;
        if (latency > TimerLateness)
        {
            await Task.Delay(latency - TimerLateness, exchange.Aborted);
        }

        return await route.Handler(exchange);
    }

    private Task SendAsync(HttpContext context, Reply reply, long? cutAfter, Action beforeLast)
    {
        context.Response.Headers.Date = state.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        return ReplyWriter.WriteAsync(context, reply, cutAfter, beforeLast);
    }
}
