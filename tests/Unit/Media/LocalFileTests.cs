using GPhotos.Core.Media;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Media;

public sealed class LocalFileTests
{
    [Fact]
    public void A_file_is_itself_a_folder_its_files_and_on_demand_those_below()
    {
        using TempFolder folder = new();
        Directory.CreateDirectory(folder["b/c"]);
        string[] paths = [.. new[] { "z.jpg", ".hidden.jpg", "b/y.jpg", "b/c/x.jpg", "a.txt" }.Select(n => folder.Write(n, "x"))];
        if (!OperatingSystem.IsWindows())
        {
            // A link back would turn in a circle.
            Directory.CreateSymbolicLink(folder["b/c/back"], folder.Path);
        }

        Assert.Equal([paths[1]], Paths(paths[1]));
        Assert.Equal([folder["missing.jpg"]], Paths(folder["missing.jpg"]));
        Assert.Equal(["a.txt", "z.jpg"], Paths(folder.Path).Select(p => Path.GetRelativePath(folder.Path, p)));
        Assert.Equal(
            ["a.txt", "z.jpg", Path.Combine("b", "y.jpg"), Path.Combine("b", "c", "x.jpg")],
            Paths(folder.Path, recurse: true).Select(p => Path.GetRelativePath(folder.Path, p)));
    }

    private static IEnumerable<string> Paths(string path, bool recurse = false) => LocalFile.At(path, recurse).Select(f =>
    {
        Assert.Null(f.Error);
        return f.Path;
    });
}
