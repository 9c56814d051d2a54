using System.Management.Automation;
using System.Reflection;

namespace GPhotos.Tests.Conventions;

/// <summary>What the built module says of its cmdlets, read from metadata: the engine's own types do nothing here.</summary>
internal static class CmdletFacts
{
    public static Assembly Module { get; } = Assembly.Load("GPhotos.PowerShell");

    public static Assembly Core { get; } = Assembly.Load("GPhotos.Core");

    public static Assembly Abstractions { get; } = Assembly.Load("GPhotos.Abstractions");

    public static IReadOnlyList<Type> Cmdlets { get; } =
        [.. Module.GetTypes().Where(t => AttributeOf(t, nameof(CmdletAttribute)) is not null).OrderBy(t => t.Name, StringComparer.Ordinal)];

    public static TheoryData<string> Names { get; } = [.. Cmdlets.Select(NameOf)];

    public static Type Named(string name) => Cmdlets.Single(t => NameOf(t) == name);

    public static string VerbOf(Type cmdlet) => (string)AttributeOf(cmdlet, nameof(CmdletAttribute))!.ConstructorArguments[0].Value!;

    public static string NounOf(Type cmdlet) => (string)AttributeOf(cmdlet, nameof(CmdletAttribute))!.ConstructorArguments[1].Value!;

    public static string NameOf(Type cmdlet) => $"{VerbOf(cmdlet)}-{NounOf(cmdlet)}";

    public static CustomAttributeData? AttributeOf(MemberInfo member, string name) =>
        member.GetCustomAttributesData().FirstOrDefault(a => a.AttributeType.Name == name);

    public static object? Argument(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => a.TypedValue.Value).FirstOrDefault();

    /// <summary>Each parameter once for each of its sets; the set is null where it belongs to all.</summary>
    public static IEnumerable<(PropertyInfo Property, CustomAttributeData Attribute, string? Set)> Parameters(Type cmdlet) =>
        from property in cmdlet.GetProperties()
        from attribute in property.GetCustomAttributesData()
        where attribute.AttributeType.Name == nameof(ParameterAttribute)
        select (property, attribute, Argument(attribute, nameof(ParameterAttribute.ParameterSetName)) as string);

    /// <summary>The parameters of each set, those of all sets included.</summary>
    public static IEnumerable<(string Set, CustomAttributeData[] Attributes)> Sets(Type cmdlet)
    {
        var all = Parameters(cmdlet).ToList();
        return all.Select(p => p.Set).OfType<string>().DefaultIfEmpty("(all)").Distinct()
            .Select(set => (set, all.Where(p => p.Set is null || p.Set == set).Select(p => p.Attribute).ToArray()));
    }
}
