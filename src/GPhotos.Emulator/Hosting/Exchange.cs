using System.Globalization;
using System.Text.Json;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace GPhotos.Emulator.Hosting;

/// <summary>One request on its way to its method: what was asked, and by whom.</summary>
internal sealed class Exchange(HttpContext context, IReadOnlyList<string> routeValues)
{
    public HttpRequest Request => context.Request;

    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>Who calls; known once the call was let in by its token.</summary>
    public Caller Caller
    {
        get => field ?? throw new InvalidOperationException("The route asks for no token.");
        set;
    }

    /// <summary>What stood in the place of <c>{}</c> in the route.</summary>
    public string RouteValue => routeValues[0];

    /// <summary>As <see cref="RouteValue"/>, for a route with several places.</summary>
    public IReadOnlyList<string> RouteValues => routeValues;

    public string? Query(string name) =>
        Request.Query.TryGetValue(name, out StringValues values) ? values[^1] : null;

    public long? QueryInteger(string name) => Query(name) is not { Length: > 0 } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number
        : throw GoogleError.InvalidArgument($"Invalid value at '{name}' (TYPE_INT32), \"{text}\"");

    /// <summary>The request body as JSON; no body at all, or null, is an empty object, as Google takes it.</summary>
    public async ValueTask<RequestObject> ReadJsonAsync() =>
        await ReadElementAsync() is JsonElement { ValueKind: not JsonValueKind.Null } body ? RequestObject.From(body, "") : RequestObject.Empty;

    /// <summary>The request body as one object or a list of objects.</summary>
    public async ValueTask<IReadOnlyList<RequestObject>> ReadJsonListAsync() => await ReadElementAsync() switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(entry => RequestObject.From(entry, ""))],
        JsonElement single => [RequestObject.From(single, "")],
        null => [],
    };

    /// <summary>The request body as a form, of however many fields: a user may tick every box of a long page.</summary>
    public async ValueTask<IFormCollection> ReadFormAsync() => Request.HasFormContentType
        ? await Request.ReadFormAsync(new FormOptions { ValueCountLimit = int.MaxValue }, Aborted)
        : FormCollection.Empty;

    private async ValueTask<JsonElement?> ReadElementAsync()
    {
        using MemoryStream body = new();
        await Request.Body.CopyToAsync(body, Aborted);
        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
            return document.RootElement.Clone();
        }
        catch (JsonException problem)
        {
            throw GoogleError.InvalidArgument($"Invalid JSON payload received. {problem.Message}");
        }
    }
}
