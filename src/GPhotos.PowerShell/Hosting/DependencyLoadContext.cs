using System.Reflection;
using System.Runtime.Loader;

namespace GPhotos.PowerShell.Hosting;

/// <summary>
/// Where GPhotos.Core and all it depends on is loaded, so that our Google.* and Microsoft.Extensions.* never meet the versions another
/// module brought along.
/// </summary>
internal sealed class DependencyLoadContext : AssemblyLoadContext
{
    /// <summary>The one assembly that the default context asks this one for.</summary>
    public const string EntryAssembly = "GPhotos.Core";

    private readonly AssemblyDependencyResolver _resolver;

    private DependencyLoadContext(string folder)
        : base("GPhotos") =>
        _resolver = new AssemblyDependencyResolver(Path.Combine(folder, EntryAssembly + ".dll"));

    public static DependencyLoadContext Instance { get; } = new(
        Path.Combine(Path.GetDirectoryName(typeof(DependencyLoadContext).Assembly.Location)!, "dependencies"));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The models cross the border between the contexts, so both must mean the same types by them.
        if (assemblyName.Name == typeof(MediaItem).Assembly.GetName().Name)
        {
            return typeof(MediaItem).Assembly;
        }

        return FromPlatform(assemblyName)
            ?? (_resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    // A private copy of System.Diagnostics.DiagnosticSource would bring a second IMeterFactory, and Microsoft.Extensions.Http then
    // fails with MissingMethodException; Newtonsoft.Json is PowerShell's own part.
    private static Assembly? FromPlatform(AssemblyName name)
    {
        if (name.Name is not { } simple || !(simple.StartsWith("System.", StringComparison.Ordinal) || simple == "Newtonsoft.Json"))
        {
            return null;
        }

        try
        {
            return Default.LoadFromAssemblyName(name);
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException)
        {
            return null;
        }
    }
}
