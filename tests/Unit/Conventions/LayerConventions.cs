using System.Reflection;
using System.Text.RegularExpressions;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Conventions;

public sealed class LayerConventions
{
    [Fact]
    public void The_models_need_nothing_but_the_platform() =>
        AssertReferences(CmdletFacts.Abstractions, name => name.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void The_module_needs_the_engine_the_models_and_the_client_alone() => AssertReferences(
        CmdletFacts.Module,
        name => name is "netstandard" or "System.Management.Automation" or "GPhotos.Abstractions" or "GPhotos.Core"
            || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal));

    [Fact]
    public void The_client_knows_nothing_of_PowerShell_or_the_emulator() => AssertReferences(
        CmdletFacts.Core,
        name => name != "GPhotos.Emulator" && name != "GPhotos.PowerShell" && name != "System.Management.Automation"
            && !name.StartsWith("Microsoft.PowerShell", StringComparison.Ordinal));

    [Fact]
    public void The_emulator_knows_nothing_of_the_client() => AssertReferences(
        typeof(GPhotos.Emulator.EmulatorServer).Assembly, name => !name.StartsWith("GPhotos.", StringComparison.Ordinal));

    [Fact]
    public void No_exported_type_derives_from_one_of_the_private_load_context()
    {
        foreach (Type type in CmdletFacts.Module.GetExportedTypes())
        {
            IEnumerable<Type> bases = type.GetInterfaces().Append(type.BaseType ?? typeof(object));
            Assert.True(
                bases.All(b => b.Assembly != CmdletFacts.Core),
                $"{type.Name} derives from a type of GPhotos.Core, so that import would load it: hold the Core object in a field instead.");
        }
    }

    [Fact]
    public void Cmdlets_speak_neither_HTTP_nor_JSON() => AssertNowhere(
        "GPhotos.PowerShell", @"System\.Net\.Http|System\.Text\.Json|HttpClient|JsonSerializer", "move the call or the parsing to GPhotos.Core.");

    [Fact]
    public void The_client_waits_for_nothing_by_blocking() => AssertNowhere(
        "GPhotos.Core", @"(?<!Outcome|o|r|a)\.Result\b(?!\s*(is|!|\.|\?|\)|,|;|\}))|\.Wait\(|GetAwaiter\(\)\.GetResult\(\)", "await it.");

    [Fact]
    public void Every_exception_has_an_id_of_its_own_in_the_error_records()
    {
        string records = Repository.Read("src", "GPhotos.PowerShell", "Errors", "ErrorRecords.cs");
        foreach (string id in ErrorIds())
        {
            Assert.True(
                records.Contains($"(\"{id}\"", StringComparison.Ordinal),
                $"Map {id}Exception in Errors/ErrorRecords.cs to the id \"{id}\", with a category and a recommendation.");
        }
    }

    [Fact]
    public void Every_error_id_is_explained()
    {
        string path = Repository.PathOf("docs", "en-US", "about_GPhotos_Errors.help.txt");
        Assert.True(File.Exists(path), "Write docs/en-US/about_GPhotos_Errors.help.txt with a paragraph for each error id.");
        string page = File.ReadAllText(path);
        foreach (string id in ErrorIds())
        {
            Assert.True(
                Regex.IsMatch(page, $@"\b{id}\b"), $"Explain the error id {id} in docs/en-US/about_GPhotos_Errors.help.txt: when it comes, and what to do.");
        }
    }

    [Fact]
    public void Every_exception_says_which_of_the_two_kinds_it_is()
    {
        foreach (Type type in CmdletFacts.Abstractions.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(Exception)) && t != typeof(GPhotosException)))
        {
            Assert.True(
                type.IsSealed && type.BaseType == typeof(GPhotosException),
                $"Make {type.Name} sealed and derive it from GPhotosException, so that one catch takes it.");
        }
    }

    private static IEnumerable<string> ErrorIds() =>
        CmdletFacts.Abstractions.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(GPhotosException))).Select(t => t.Name[..^"Exception".Length]);

    private static void AssertReferences(Assembly assembly, Func<string, bool> allowed)
    {
        foreach (string name in assembly.GetReferencedAssemblies().Select(r => r.Name!))
        {
            Assert.True(
                allowed(name), $"{assembly.GetName().Name} references {name}, which it must not: move what needs it to the project that may.");
        }
    }

    private static void AssertNowhere(string project, string pattern, string instead)
    {
        foreach (string file in Repository.Sources(project))
        {
            string[] lines = File.ReadAllLines(file);
            for (int i = 0; i < lines.Length; i++)
            {
                bool comment = lines[i].TrimStart().StartsWith("//", StringComparison.Ordinal);
                Assert.True(
                    comment || !Regex.IsMatch(lines[i], pattern), $"{Path.GetRelativePath(Repository.Root, file)}:{i + 1} reads '{lines[i].Trim()}': {instead}");
            }
        }
    }
}
