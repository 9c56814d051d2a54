using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Conventions;

public sealed class CmdletConventions
{
    private static readonly string[] VerbsThatOnlyLook = ["Connect", "Get", "Find", "Search", "Select", "Compare", "Test", "Measure", "Show"];

    private static readonly HashSet<string> ApprovedVerbs =
    [
        .. new[]
        {
            typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle),
            typeof(VerbsOther), typeof(VerbsSecurity),
        }.SelectMany(t => t.GetFields()).Select(f => (string)f.GetRawConstantValue()!),
    ];

    public static TheoryData<string> Cmdlets => CmdletFacts.Names;

    [Fact]
    public void The_manifest_exports_the_cmdlets_of_the_assembly()
    {
        string list = Regex.Match(Repository.Read("GPhotos.psd1"), @"CmdletsToExport\s*=\s*@\(([^)]*)\)").Groups[1].Value;
        string[] exported = [.. Regex.Matches(list, "'([^']+)'").Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)];
        string[] built = [.. CmdletFacts.Cmdlets.Select(CmdletFacts.NameOf).Order(StringComparer.Ordinal)];

        Assert.True(exported.SequenceEqual(built), $"Make CmdletsToExport in GPhotos.psd1 read: '{string.Join("' '", built)}'.");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_is_a_sealed_class_in_a_file_of_its_own(string name)
    {
        Type cmdlet = CmdletFacts.Named(name);
        string className = name.Replace("-", "", StringComparison.Ordinal) + "Command";

        Assert.True(cmdlet.IsSealed && cmdlet.IsPublic, $"Make {cmdlet.Name} a public sealed class.");
        Assert.True(cmdlet.Name == className, $"Rename {cmdlet.Name} to {className}.");
        Assert.True(
            File.Exists(Repository.PathOf("src", "GPhotos.PowerShell", "Cmdlets", className + ".cs")),
            $"Put {name} into src/GPhotos.PowerShell/Cmdlets/{className}.cs.");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_has_an_approved_verb_by_its_constant_and_a_singular_noun(string name)
    {
        Type cmdlet = CmdletFacts.Named(name);
        string noun = CmdletFacts.NounOf(cmdlet);
        string source = SourceOf(cmdlet);

        Assert.True(ApprovedVerbs.Contains(CmdletFacts.VerbOf(cmdlet)), $"{name}: Get-Verb does not list '{CmdletFacts.VerbOf(cmdlet)}'; choose one it lists.");
        Assert.True(Regex.IsMatch(source, @"\[Cmdlet\(Verbs[A-Z]\w+\."), $"{name}: name the verb by its Verbs… constant in [Cmdlet].");
        Assert.True(noun.StartsWith("GPhoto", StringComparison.Ordinal), $"{name}: begin the noun with GPhoto.");
        Assert.True(
            noun == "GPhotos" || !noun.EndsWith('s') || noun.EndsWith("ss", StringComparison.Ordinal), $"{name}: make the noun singular.");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_says_what_comes_out(string name) => Assert.True(
        CmdletFacts.AttributeOf(CmdletFacts.Named(name), nameof(OutputTypeAttribute)) is not null,
        $"{name}: add [OutputType(typeof(…))], or typeof(void) when nothing comes out.");

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_that_changes_something_can_be_asked_what_if(string name)
    {
        Type cmdlet = CmdletFacts.Named(name);
        bool asks = CmdletFacts.Argument(CmdletFacts.AttributeOf(cmdlet, nameof(CmdletAttribute))!, "SupportsShouldProcess") is true;

        Assert.True(
            asks || VerbsThatOnlyLook.Contains(CmdletFacts.VerbOf(cmdlet)),
            $"{name} changes the account or a disk: set SupportsShouldProcess = true and call ShouldProcess before each change.");
        Assert.True(
            !asks || SourceOf(cmdlet).Contains("ShouldProcess(", StringComparison.Ordinal), $"{name} promises -WhatIf: call ShouldProcess before each change.");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_parameter_set_takes_one_parameter_from_the_pipeline_and_two_by_place(string name)
    {
        foreach ((string set, CustomAttributeData[] parameters) in CmdletFacts.Sets(CmdletFacts.Named(name)))
        {
            int piped = parameters.Count(p => CmdletFacts.Argument(p, "ValueFromPipeline") is true);
            int positional = parameters.Count(p => CmdletFacts.Argument(p, "Position") is int);

            Assert.True(piped <= 1, $"{name}, set {set}: {piped} parameters take the pipeline by value; leave it to one.");
            Assert.True(positional <= 2, $"{name}, set {set}: {positional} parameters are positional; leave Position to two.");
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_parameter_is_of_a_type_that_lives_beside_PowerShell(string name)
    {
        foreach ((PropertyInfo property, _, _) in CmdletFacts.Parameters(CmdletFacts.Named(name)))
        {
            Type type = property.PropertyType.GetElementType() ?? Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            Assert.True(
                type.Assembly != CmdletFacts.Core,
                $"{name} -{property.Name} is a {type.Name} of GPhotos.Core, which scripts cannot see: move the type to GPhotos.Abstractions.");
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_has_a_help_page(string name) => Assert.True(
        File.Exists(Repository.PathOf("docs", "en-US", name + ".md")), $"Write docs/en-US/{name}.md.");

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_has_tests_in_the_real_shell(string name) => Assert.True(
        File.Exists(Repository.PathOf("tests", "Pester", name + ".Tests.ps1")), $"Write tests/Pester/{name}.Tests.ps1.");

    [Fact]
    public void Parameter_set_names_are_constants()
    {
        foreach (Type cmdlet in CmdletFacts.Cmdlets)
        {
            Match literal = Regex.Match(SourceOf(cmdlet), @"ParameterSetName\s*=\s*""[^""]*""");
            Assert.True(!literal.Success, $"{cmdlet.Name}: make the name in {literal.Value} a private constant.");
        }
    }

    [Theory]
    [InlineData("GPhotos.PowerShell")]
    [InlineData("GPhotos.Abstractions")]
    [InlineData("GPhotos.Core")]
    public void Public_members_are_documented(string assemblyName)
    {
        Assembly assembly = Assembly.Load(assemblyName);
        HashSet<string> documented =
            [.. XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").Select(m => m.Attribute("name")!.Value)];
        foreach (Type type in assembly.GetExportedTypes())
        {
            string typeName = type.FullName!.Replace('+', '.');
            Assert.True(documented.Contains("T:" + typeName), $"Write a <summary> for {typeName}.");
            foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            {
                bool generated = property.DeclaringType!.GetMethod("<Clone>$") is not null;
                Assert.True(
                    generated || documented.Contains($"P:{typeName}.{property.Name}"), $"Write a <summary> for {typeName}.{property.Name}.");
            }
        }
    }

    private static string SourceOf(Type cmdlet) => Repository.Read("src", "GPhotos.PowerShell", "Cmdlets", cmdlet.Name + ".cs");
}
