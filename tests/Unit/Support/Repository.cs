namespace GPhotos.Tests.Support;

/// <summary>The sources these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(PathOf(parts));

    public static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(PathOf("src", project), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GPhotos.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("These tests run from within the repository: no GPhotos.slnx stands above them.");
    }
}
