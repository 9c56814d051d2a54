namespace GPhotos.Tests.Support;

/// <summary>A folder of one test.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("gphotos-unit-").FullName;

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public IEnumerable<string> Names => Directory.EnumerateFiles(Path).Select(f => System.IO.Path.GetFileName(f)!).Order(StringComparer.Ordinal);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Small pictures, each different, named a000.jpg and so on.</summary>
    public string[] WritePictures(int count, string prefix = "a") =>
        [.. Enumerable.Range(0, count).Select(i => Write($"{prefix}{i:000}.jpg", TinyJpeg.Make($"{prefix}{i}")))];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
