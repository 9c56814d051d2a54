using System.Management.Automation;
using System.Runtime.Loader;

namespace GPhotos.PowerShell.Hosting;

/// <summary>Hooks the private load context in on import. Loads nothing itself: import must stay cheap.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer
{
    private static int _hooked;

    /// <inheritdoc/>
    public void OnImport()
    {
        // Import-Module -Force comes here again; the assembly and its hook stay for the life of the process.
        if (Interlocked.Exchange(ref _hooked, 1) == 0)
        {
            AssemblyLoadContext.Default.Resolving += static (_, name) =>
                name.Name == DependencyLoadContext.EntryAssembly ? DependencyLoadContext.Instance.LoadFromAssemblyName(name) : null;
        }
    }
}
