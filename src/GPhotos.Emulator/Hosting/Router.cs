namespace GPhotos.Emulator.Hosting;

/// <summary>Finds the route of a path. Google's <c>{id}:verb</c> paths are why this is not ASP.NET's routing.</summary>
internal sealed class Router
{
    private readonly Dictionary<(string Method, string Path), Route> _exact = [];
    private readonly List<(string[] Segments, Route Route)> _bySegment = [];
    private readonly List<(string Prefix, string Suffix, Route Route)> _withId = [];

    public Router(IEnumerable<Route> routes)
    {
        foreach (Route route in routes)
        {
            if (route.BySegment)
            {
                _bySegment.Add((route.Template.Split('/'), route));
                continue;
            }

            int hole = route.Template.IndexOf("{}", StringComparison.Ordinal);
            if (hole < 0)
            {
                _exact[(route.Method, route.Template)] = route;
            }
            else
            {
                _withId.Add((route.Template[..hole], route.Template[(hole + 2)..], route));
            }
        }

        // The longest suffix first: {id}:verb is no id of the plain {id} route.
        _withId.Sort((one, other) => other.Suffix.Length - one.Suffix.Length);
    }

    /// <summary>Finds the route of a request.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The decoded path.</param>
    /// <param name="rawPath">The path as it was sent.</param>
    /// <returns>The route and what stood in the place of each <c>{}</c>, decoded.</returns>
    public (Route Route, IReadOnlyList<string> Values)? Match(string method, string path, string rawPath)
    {
        if (_exact.TryGetValue((method, path), out Route? exact))
        {
            return (exact, []);
        }

        foreach ((string prefix, string suffix, Route route) in _withId)
        {
            int length = path.Length - prefix.Length - suffix.Length;
            if (length > 0 && route.Method == method
                && path.StartsWith(prefix, StringComparison.Ordinal) && path.EndsWith(suffix, StringComparison.Ordinal)
                && path.AsSpan(prefix.Length, length).IndexOfAny('/', ':') < 0)
            {
                return (route, [path.Substring(prefix.Length, length)]);
            }
        }

        string[] sent = rawPath.Split('/');
        foreach ((string[] segments, Route route) in _bySegment)
        {
            if (route.Method == method && Values(segments, sent) is List<string> values)
            {
                return (route, values);
            }
        }

        return null;
    }

    private static List<string>? Values(string[] segments, string[] sent)
    {
        if (segments.Length != sent.Length)
        {
            return null;
        }

        List<string> values = [];
        foreach ((string expected, string actual) in segments.Zip(sent))
        {
            if (expected == "{}" && actual.Length > 0)
            {
                values.Add(Uri.UnescapeDataString(actual));
            }
            else if (expected != actual)
            {
                return null;
            }
        }

        return values;
    }
}
