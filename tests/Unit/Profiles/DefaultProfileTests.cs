using GPhotos.Core.Profiles;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Profiles;

public sealed class DefaultProfileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    private ProfileStore Store => new(_folder["store"]);

    private string ChoiceFile => _folder["store/default-profile"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_that_is_kept_is_the_default_until_somebody_chooses()
    {
        Save("work");
        Save("home");
        Assert.Equal("work", Store.Default.Name);

        Store.Default.Choose("home");
        Assert.True(Store.Default.Is("HOME"));
        Assert.False(Store.Default.Is("work"));
    }

    [Fact]
    public void A_default_that_is_forgotten_leaves_the_one_named_default_and_the_next_that_is_kept_takes_its_place()
    {
        Save("work");
        Save("home");
        Store.Remove("work");
        Assert.Equal("default", Store.Default.Name);
        Assert.False(File.Exists(ChoiceFile));

        Save("new");
        Assert.Equal("new", Store.Default.Name);
    }

    [Fact]
    public void One_named_default_is_not_displaced()
    {
        Save("default");
        Save("work");

        Assert.Equal("default", Store.Default.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("../up")]
    [InlineData("a b\nc")]
    [InlineData("\0\u0001\u00ff")]
    [InlineData("gone")]
    [InlineData("{\"name\":\"work\"}")]
    public void A_choice_that_is_damaged_is_none_and_the_next_that_is_made_mends_it(string content)
    {
        Save("work");
        File.WriteAllText(ChoiceFile, content);

        Assert.Equal("default", Store.Default.Name);
        Save("home");
        Assert.Equal("home", Store.Default.Name);
        Assert.True(Store.Remove("work"));
    }

    [Fact]
    public void A_choice_without_end_is_not_read()
    {
        Save("work");
        File.WriteAllBytes(ChoiceFile, new byte[10 * 1024 * 1024]);

        Assert.Equal("default", Store.Default.Name);
    }

    [Fact]
    public void A_profile_is_found_however_its_name_is_spelt()
    {
        Save("Work");

        Assert.Equal("Work", Store.Load("work")!.Name);
        Store.Default.Choose("WORK");
        Assert.Equal("WORK", Store.Default.Name);
        Assert.True(Store.Remove("work"));
        Assert.Empty(Store.Names());
        Assert.False(File.Exists(ChoiceFile));
    }

    [Fact]
    public void Of_two_that_differ_in_case_alone_each_is_found_by_its_own_name()
    {
        // Elsewhere file names have no case either.
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Save("Work");
        File.Copy(_folder["store/Work.profile.json"], _folder["store/work.profile.json"]);

        Assert.True(Store.Remove("work"));
        Assert.Equal(["Work"], Store.Names());
    }

    [Fact]
    public async Task Every_folder_that_is_made_on_the_way_and_every_file_is_the_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using IDisposable held = await new Core.Data.MachineLock(_folder["data/GPhotos"], "x").EnterAsync(default);
        Save("work");

        foreach (string made in (string[])["data", "data/GPhotos", "data/GPhotos/locks", "store"])
        {
            Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder[made]));
        }

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(ChoiceFile));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(_folder["data/GPhotos/locks"]))));
    }

    private void Save(string name) => Store.Save(new Profile
    {
        Name = name,
        Endpoint = new Uri("https://photoslibrary.googleapis.com/"),
        ClientId = "id",
        ClientSecret = "canary-secret",
        RefreshToken = "canary-token",
    });
}
