using System.Text.Json;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>/emulator/faults.</summary>
internal sealed class FaultsEndpoint(FaultList faults)
{
    public async ValueTask<Reply> AddAsync(Exchange exchange)
    {
        List<Fault> added = [.. (await exchange.ReadJsonListAsync()).Select(Read)];
        faults.Add(added);
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("ids");
            added.ForEach(fault => json.WriteNumberValue(fault.Id));
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public ValueTask<Reply> ListAsync(Exchange exchange) => ValueTask.FromResult(Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("faults");
        foreach (Fault fault in faults.Snapshot())
        {
            json.WriteStartObject();
            json.WriteNumber("id", fault.Id);
            json.WriteString("path", fault.Path);
            json.WriteString("kind", fault.Kind);
            json.WriteNumber("after", fault.After);
            json.WriteNumber("every", fault.Every);
            json.WriteNumber("remaining", fault.Remaining);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }));

    public ValueTask<Reply> ClearAsync(Exchange exchange)
    {
        faults.Clear();
        return ValueTask.FromResult(Reply.EmptyObject());
    }

    private Fault Read(RequestObject request)
    {
        request.Allow(
            "path", "method", "kind", "after", "every", "count", "status", "body", "headers", "latencyMs", "cutAfterBytes", "breakAfterBytes",
            "hang", "reset", "applyThenFail", "quota");
        string? quota = request.String("quota");
        if (quota is not null && QuotaErrors.Named(quota) is null)
        {
            throw GoogleError.InvalidArgument($"No quota is called {quota}: daily, dailyMedia, perMinute, concurrent or pickerPerMinute.");
        }

        string? kind = request.String("kind");
        long? every = request.Integer("every");
        if (every < 1 || (every is not null && request.Has("breakAfterBytes")))
        {
            throw GoogleError.InvalidArgument("every must be 1 or more, and goes by calls: it cannot stand beside breakAfterBytes.");
        }

        // A fault for every so manieth call is for a whole run.
        long count = request.Integer("count") ?? (every is null ? 1 : 0);
        return new Fault
        {
            Id = faults.NextId(),
            Path = request.String("path") ?? (kind is null ? throw GoogleError.InvalidArgument("A fault needs a path or a kind.") : "/"),
            Method = request.String("method"),
            Kind = kind,
            After = request.Integer("after") ?? 0,
            Every = every ?? 1,
            Remaining = count > 0 ? count : -1,
            Status = (int?)request.Integer("status") ?? (request.Has("body") ? 200 : null),
            Body = request.Raw("body"),
            Headers = request.Raw("headers") is { ValueKind: JsonValueKind.Object } headers
                ? [.. headers.EnumerateObject().Select(header => KeyValuePair.Create(header.Name, header.Value.ToString()))]
                : [],
            Latency = TimeSpan.FromMilliseconds(request.Integer("latencyMs") ?? 0),
            CutAfterBytes = request.Integer("cutAfterBytes"),
            BreakAfterBytes = request.Integer("breakAfterBytes"),
            Hang = request.Boolean("hang") ?? false,
            Reset = request.Boolean("reset") ?? false,
            ApplyThenFail = request.Boolean("applyThenFail") ?? false,
            Quota = quota,
        };
    }
}
