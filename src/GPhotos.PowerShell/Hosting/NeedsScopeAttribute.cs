using System.Management.Automation;
using System.Reflection;
using GPhotos.Core;

namespace GPhotos.PowerShell.Hosting;

/// <summary>Says that a cmdlet does nothing, or not all that it can, without one of some scopes.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class NeedsScopeAttribute(params string[] anyOf) : Attribute
{
    /// <summary>The scopes in their short form; one of them is enough.</summary>
    public IReadOnlyList<string> AnyOf => anyOf;

    /// <summary>What keeps a cmdlet from doing anything with a sign-in, told before a call is spent; null where nothing does.</summary>
    public static ScopeMissingException? Missing(Type cmdlet, GPhotosClientOptions signIn) =>
        cmdlet.GetCustomAttributes<NeedsScopeAttribute>()
            .Where(n => n.AnyOf.All(scope => signIn.Lacks(scope) is not null))
            .Select(n => signIn.Lacks(n.AnyOf[0]))
            .FirstOrDefault();

    /// <summary>The cmdlets that want for a scope, by name, while the others are granted.</summary>
    public static IReadOnlyList<string> CmdletsWithout(IReadOnlyList<string> granted, string missing) =>
        [.. typeof(NeedsScopeAttribute).Assembly.GetExportedTypes()
            .Where(t => t.GetCustomAttributes<NeedsScopeAttribute>().Any(n => n.AnyOf.Contains(missing) && !n.AnyOf.Any(granted.Contains)))
            .Select(t => t.GetCustomAttribute<CmdletAttribute>())
            .OfType<CmdletAttribute>()
            .Select(c => $"{c.VerbName}-{c.NounName}")
            .Order(StringComparer.Ordinal)];
}
