using GPhotos.Core.Profiles;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Profiles;

public sealed class ProfileStoreTests : IDisposable
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    private string StoreFolder => _folder["store"];

    private ProfileStore Store => new(StoreFolder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_kept_comes_back_whole()
    {
        Profile profile = Named("work");

        Store.Save(profile);

        Profile loaded = Store.Load("work")!;
        Assert.Equal(profile with { Scopes = [] }, loaded with { Scopes = [] });
        Assert.Equal(profile.Scopes, loaded.Scopes);
    }

    [Fact]
    public void Only_the_owner_can_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Store.Save(Named("work"));

        Assert.Equal(OwnerReadsAndWrites | UnixFileMode.UserExecute, File.GetUnixFileMode(StoreFolder));
        foreach (string file in Directory.GetFiles(StoreFolder))
        {
            Assert.Equal(OwnerReadsAndWrites, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void A_second_save_replaces_the_first_and_leaves_nothing_behind()
    {
        Store.Save(Named("work") with { RefreshToken = "old" });
        Store.Save(Named("work") with { RefreshToken = "new" });

        Assert.Equal("new", Store.Load("work")!.RefreshToken);
        Assert.Single(Directory.GetFileSystemEntries(StoreFolder, "work*"));
    }

    [Fact]
    public void A_copy_of_a_profile_goes_by_its_own_name()
    {
        Store.Save(Named("work"));
        File.Copy(Path.Combine(StoreFolder, "work.profile.json"), Path.Combine(StoreFolder, "copy.profile.json"));

        Assert.Equal(("copy", "work"), (Store.Load("copy")!.Name, Store.Load("WORK")!.Name));
        Assert.Equal(("work", "other"), (Store.NameOf("WORK"), Store.NameOf("other")));
    }

    [Fact]
    public void A_save_that_fails_leaves_what_was_there()
    {
        Directory.CreateDirectory(Path.Combine(StoreFolder, "work.profile.json"));

        FileWriteFailedException error = Assert.Throws<FileWriteFailedException>(() => Store.Save(Named("work")));

        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(StoreFolder));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_as_such()
    {
        ProfileStore store = new(Path.Combine(_folder.Write("file", "text"), "below"));

        Assert.Throws<FileWriteFailedException>(() => store.Save(Named("work")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a\0b")]
    [InlineData("é")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_name_that_could_leave_the_folder_is_refused(string name)
    {
        Assert.Throws<InvalidRequestException>(() => Store.Load(name));
        Assert.Throws<InvalidRequestException>(() => Store.Save(Named(name)));
        Assert.Throws<InvalidRequestException>(() => Store.Remove(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"name\":\"work\"}")]
    [InlineData("null")]
    [InlineData("{\"name\":\"work\",\"endpoint\":null,\"clientId\":\"c\",\"clientSecret\":\"s\",\"refreshToken\":\"r\",\"scopes\":[]}")]
    [InlineData("{\"name\":\"work\",\"endpoint\":\"x\",\"clientId\":\"c\",\"clientSecret\":\"s\",\"refreshToken\":\"r\",\"scopes\":[]}")]
    [InlineData("{\"name\":\"work\",\"endpoint\":\"http://127.0.0.1/\",\"clientId\":null,\"clientSecret\":\"s\",\"refreshToken\":\"r\",\"scopes\":[]}")]
    [InlineData("{\"name\":\"work\",\"endpoint\":\"http://127.0.0.1/\",\"clientId\":\"c\",\"clientSecret\":\"s\",\"refreshToken\":\"r\",\"scopes\":null}")]
    public void A_spoilt_file_is_told_by_its_path_and_not_taken_for_none(string content)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(StoreFolder);
        string path = Path.Combine(StoreFolder, "work.profile.json");
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, OwnerReadsAndWrites);

        Assert.Equal(path, Assert.Throws<ProfileDamagedException>(() => Store.Load("work")).Path);
    }

    [Fact]
    public void A_spoilt_file_is_set_aside_by_the_next_sign_in()
    {
        Store.Save(Named("work"));
        string path = Path.Combine(StoreFolder, "work.profile.json");
        File.WriteAllText(path, "{ half a pro");

        Store.Save(Named("work") with { RefreshToken = "new" });

        Assert.Equal("new", Store.Load("work")!.RefreshToken);
        string aside = Assert.Single(Directory.GetFiles(StoreFolder, "*.damaged"));
        Assert.Equal("{ half a pro", File.ReadAllText(aside));
        Assert.Equal(["work"], Store.Names());
    }

    [Fact]
    public void A_file_of_a_later_version_is_not_read_as_one_of_ours()
    {
        Store.Save(Named("work"));
        string path = Path.Combine(StoreFolder, "work.profile.json");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.WriteAllText(path, File.ReadAllText(path).Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal));

        Assert.Contains("later version", Assert.Throws<ProfileDamagedException>(() => Store.Load("work")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("work.profile.json", UnixFileMode.GroupRead, "chmod 600")]
    [InlineData("work.profile.json", UnixFileMode.OtherRead, "chmod 600")]
    [InlineData("work.profile.json", UnixFileMode.OtherWrite, "chmod 600")]
    [InlineData("", UnixFileMode.OtherWrite, "chmod 700")]
    [InlineData("", UnixFileMode.GroupWrite, "chmod 700")]
    public void What_others_can_read_or_replace_is_refused_with_the_command_that_mends_it(string name, UnixFileMode more, string command)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Store.Save(Named("work"));
        string path = name.Length == 0 ? StoreFolder : Path.Combine(StoreFolder, name);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | more);

        ProfileExposedException error = Assert.Throws<ProfileExposedException>(() => Store.Load("work"));
        Assert.Equal($"{command} '{path}'", error.MendedBy);
        Assert.Throws<ProfileExposedException>(() => Store.Check("work"));
        Assert.Throws<ProfileExposedException>(() => Store.Save(Named("work") with { RefreshToken = "new" }));
        using System.Diagnostics.Process mending = System.Diagnostics.Process.Start("/bin/sh", ["-c", error.MendedBy!]);
        mending.WaitForExit();
        Assert.Equal("canary-token", Store.Load("work")!.RefreshToken);
    }

    [Fact]
    public void What_a_killed_writer_left_behind_goes_with_the_next_save()
    {
        Store.Save(Named("work"));
        string old = _folder.Write("store/work.profile.json.1.partial", "canary");
        string young = _folder.Write("store/work.profile.json.2.partial", "canary");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-1));

        Store.Save(Named("work"));

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
    }

    [Fact]
    public void Names_are_listed_in_order_without_what_is_no_profile()
    {
        foreach (string name in (string[])["b", "A", "c.d"])
        {
            Store.Save(Named(name));
        }

        File.WriteAllText(Path.Combine(StoreFolder, "x.profile.json.1.partial"), "");
        File.WriteAllText(Path.Combine(StoreFolder, "other.json"), "");

        Assert.Equal(["A", "b", "c.d"], Store.Names());
    }

    [Fact]
    public void A_store_that_was_never_written_has_no_names_and_nothing_to_forget()
    {
        Assert.Empty(Store.Names());
        Assert.Null(Store.Load("work"));
        Assert.False(Store.Remove("work"));
    }

    [Fact]
    public void A_profile_that_is_forgotten_is_gone()
    {
        Store.Save(Named("work"));

        Assert.True(Store.Remove("work"));
        Assert.False(Store.Remove("work"));
        Assert.Null(Store.Load("work"));
    }

    private static Profile Named(string name) => new()
    {
        Name = name,
        Endpoint = new Uri("https://photoslibrary.googleapis.com/"),
        ClientId = "id",
        ClientSecret = "canary-secret",
        RefreshToken = "canary-token",
        Scopes = ["a", "b"],
        SignedInAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
    };
}
