using GPhotos.Core.Profiles;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Profiles;

public sealed class ProfileExportTests : IDisposable
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    private string File => _folder["work.gphotos"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again_and_nothing_else_is_left()
    {
        Write(File);

        TestProfile.AssertSame(TestProfile.Named("work"), ProfileExport.Read(File, TestProfile.Passphrase("p")));
        Assert.Equal(["work.gphotos"], _folder.Names);
    }

    [Fact]
    public void Only_the_owner_can_read_it_also_where_another_stood_open_before()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write(File);
        Assert.Equal(OwnerReadsAndWrites, System.IO.File.GetUnixFileMode(File));

        System.IO.File.SetUnixFileMode(File, OwnerReadsAndWrites | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Write(File, replace: true);
        Assert.Equal(OwnerReadsAndWrites, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public void A_file_that_is_there_is_kept_unless_it_is_to_be_replaced()
    {
        _folder.Write("work.gphotos", "mine");

        Assert.Equal(File, Assert.Throws<FileExistsException>(() => Write(File)).Path);
        Assert.Equal("mine", System.IO.File.ReadAllText(File));

        Write(File, replace: true);
        Assert.Equal("work", ProfileExport.Read(File, TestProfile.Passphrase("p")).Name);
        Assert.Equal(["work.gphotos"], _folder.Names);
    }

    [Fact]
    public void A_file_that_is_read_only_is_replaced_where_that_is_wanted()
    {
        _folder.Write("work.gphotos", "mine");
        System.IO.File.SetAttributes(File, FileAttributes.ReadOnly);

        Write(File, replace: true);

        Assert.Equal("work", ProfileExport.Read(File, TestProfile.Passphrase("p")).Name);
    }

    [Fact]
    public void A_link_is_never_followed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string target = _folder.Write("target", "theirs");
        foreach (string pointed in (string[])[target, _folder["nowhere"]])
        {
            System.IO.File.CreateSymbolicLink(File, pointed);

            Assert.Throws<FileExistsException>(() => Write(File));
            Write(File, replace: true);

            Assert.Null(new FileInfo(File).LinkTarget);
            Assert.Equal("theirs", System.IO.File.ReadAllText(target));
            Assert.Equal(["target", "work.gphotos"], _folder.Names);
            System.IO.File.Delete(File);
        }
    }

    [Fact]
    public void A_name_as_long_as_any_is_written()
    {
        string path = _folder[new string('n', 255)];

        Write(path);

        Assert.Equal("work", ProfileExport.Read(path, TestProfile.Passphrase("p")).Name);
    }

    [Fact]
    public void What_cannot_be_written_is_told_and_leaves_nothing()
    {
        string below = Path.Combine(_folder["missing"], "f");
        Assert.Equal(_folder.Path, Assert.Throws<FileWriteFailedException>(() => Write(_folder.Path, replace: true)).Path);
        Assert.Equal(below, Assert.Throws<FileWriteFailedException>(() => Write(below)).Path);
        Assert.Throws<FileWriteFailedException>(() => Write(_folder[new string('n', 256)]));
        Assert.Throws<InvalidRequestException>(() => ProfileExport.Write(TestProfile.Named("work"), File, TestProfile.Passphrase(""), replace: false));

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_device_is_no_file_to_replace()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // A link of our own to it, so that even a mistake here takes nothing from the machine.
        string link = _folder["full"];
        System.IO.File.CreateSymbolicLink(link, "/dev/full");

        Assert.Throws<FileExistsException>(() => Write(link));
        Assert.Contains("device", Assert.Throws<FileWriteFailedException>(() => Write(link, replace: true)).Message, StringComparison.Ordinal);
        Assert.Equal("/dev/full", new FileInfo(link).LinkTarget);
        Assert.Throws<ProfileExportInvalidException>(() => ProfileExport.Read("/dev/zero", TestProfile.Passphrase("p")));
    }

    [Fact]
    public void What_cannot_be_read_is_told_by_its_path()
    {
        Assert.Equal(File, Assert.Throws<FileReadFailedException>(() => ProfileExport.Read(File, TestProfile.Passphrase("p"))).Path);
        Assert.Contains(
            "folder", Assert.Throws<FileReadFailedException>(() => ProfileExport.Read(_folder.Path, TestProfile.Passphrase("p"))).Message, StringComparison.Ordinal);
    }

    private static void Write(string path, bool replace = false) =>
        ProfileExport.Write(TestProfile.Named("work"), path, TestProfile.Passphrase("p"), replace);
}
