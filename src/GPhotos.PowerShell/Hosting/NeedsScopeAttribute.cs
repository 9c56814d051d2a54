using System.Management.Automation;
using System.Reflection;

namespace GPhotos.PowerShell.Hosting;

/// <summary>Says that a cmdlet does nothing, or not all that it can, without one of some scopes.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class NeedsScopeAttribute(params string[] anyOf) : Attribute
{
    /// <summary>The scopes in their short form; one of them is enough.</summary>
    public IReadOnlyList<string> AnyOf => anyOf;

    /// <summary>The cmdlets that want for a scope, by name, while the others are granted.</summary>
    public static IReadOnlyList<string> CmdletsWithout(IReadOnlyList<string> granted, string missing) =>
        [.. typeof(NeedsScopeAttribute).Assembly.GetExportedTypes()
            .Where(t => t.GetCustomAttributes<NeedsScopeAttribute>().Any(n => n.AnyOf.Contains(missing) && !n.AnyOf.Any(granted.Contains)))
            .Select(t => t.GetCustomAttribute<CmdletAttribute>())
            .OfType<CmdletAttribute>()
            .Select(c => $"{c.VerbName}-{c.NounName}")
            .Order(StringComparer.Ordinal)];
}
