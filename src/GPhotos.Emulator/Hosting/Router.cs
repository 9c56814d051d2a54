namespace GPhotos.Emulator.Hosting;

/// <summary>Finds the route of a path. Google's <c>{id}:verb</c> paths are why this is not ASP.NET's routing.</summary>
internal sealed class Router
{
    private readonly Dictionary<(string Method, string Path), Route> _exact = [];
    private readonly List<(string Prefix, string Suffix, Route Route)> _withId = [];

    public Router(IEnumerable<Route> routes)
    {
        foreach (Route route in routes)
        {
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

    public (Route Route, string Value)? Match(string method, string path)
    {
        if (_exact.TryGetValue((method, path), out Route? exact))
        {
            return (exact, "");
        }

        foreach ((string prefix, string suffix, Route route) in _withId)
        {
            int length = path.Length - prefix.Length - suffix.Length;
            if (length > 0 && route.Method == method
                && path.StartsWith(prefix, StringComparison.Ordinal) && path.EndsWith(suffix, StringComparison.Ordinal)
                && path.AsSpan(prefix.Length, length).IndexOfAny('/', ':') < 0)
            {
                return (route, path.Substring(prefix.Length, length));
            }
        }

        return null;
    }
}
