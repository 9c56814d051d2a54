using GPhotos.Core.Profiles;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Profiles;

public sealed class VaultedProfileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeVault _vault = new();

    private ProfileStore Store => new(_folder["store"], _vault);

    private string FilePath => Path.Combine(_folder["store"], "work.profile.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_secrets_are_in_the_vault_alone_and_come_back_with_the_profile()
    {
        Store.Save(InVault("mine"));

        Assert.DoesNotContain("canary", File.ReadAllText(FilePath), StringComparison.Ordinal);
        Assert.Equal("mine/GPhotos-work", Assert.Single(_vault.Texts.Keys));
        Profile loaded = Store.Load("work")!;
        Assert.Equal(("canary-secret", "canary-token", "mine"), (loaded.ClientSecret, loaded.RefreshToken, loaded.Vault));
    }

    [Fact]
    public void A_vault_that_takes_nothing_leaves_what_was_kept()
    {
        Store.Save(InVault(null));
        string before = File.ReadAllText(FilePath);
        _vault.Refuses = "mine";

        VaultFailedException error = Assert.Throws<VaultFailedException>(() => Store.Save(InVault("mine") with { RefreshToken = "canary-new" }));

        Assert.Contains("not kept", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", error.Vault);
        Assert.Equal(before, File.ReadAllText(FilePath));
    }

    [Fact]
    public void Who_dies_between_the_vault_and_the_file_has_the_sign_in_of_before()
    {
        Store.Save(InVault(null));
        _vault.DiesAfterWriting = true;

        Assert.Throws<OperationCanceledException>(() => Store.Save(InVault("mine") with { RefreshToken = "canary-new" }));

        Assert.Equal("canary-token", Store.Load("work")!.RefreshToken);
    }

    [Theory]
    [InlineData("other")]
    [InlineData(null)]
    public void What_moves_out_of_a_vault_leaves_no_secret_there(string? to)
    {
        Store.Save(InVault("mine"));
        Store.Save(InVault(to));

        Assert.DoesNotContain("mine/GPhotos-work", _vault.Texts.Keys);
        Assert.Equal("canary-token", Store.Load("work")!.RefreshToken);
    }

    [Fact]
    public void What_moves_is_kept_also_where_the_vault_before_does_not_let_its_secret_go()
    {
        Store.Save(InVault("mine"));
        _vault.Refuses = "mine";

        VaultFailedException error = Assert.Throws<VaultFailedException>(() => Store.Save(InVault("other") with { RefreshToken = "canary-new" }));

        Assert.Equal("mine", error.Vault);
        Assert.Equal("canary-new", Store.Load("work")!.RefreshToken);
    }

    [Fact]
    public void A_vault_that_lets_nothing_go_keeps_the_profile_unless_its_secret_may_stay()
    {
        Store.Save(InVault("mine"));
        _vault.Refuses = "mine";

        Assert.Throws<VaultFailedException>(() => Store.Remove("work"));
        Assert.True(File.Exists(FilePath));

        Assert.True(Store.Remove("work", leaveSecrets: true));
        Assert.False(File.Exists(FilePath));
        Assert.Single(_vault.Texts);
    }

    [Fact]
    public void The_secret_goes_with_the_profile()
    {
        Store.Save(InVault("mine"));

        Assert.True(Store.Remove("work"));

        Assert.Empty(_vault.Texts);
    }

    [Fact]
    public void A_secret_that_is_gone_is_told_as_no_sign_in()
    {
        Store.Save(InVault("mine"));
        _vault.Texts.Clear();

        NotConnectedException error = Assert.Throws<NotConnectedException>(() => Store.Load("work"));

        Assert.Equal("work", error.ProfileName);
        Assert.Contains("GPhotos-work", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("canary password")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"clientSecret\":\"canary\"}")]
    [InlineData("{\"clientSecret\":\"canary\",\"refreshToken\":\"\"}")]
    public void A_secret_of_somebody_elses_is_not_taken_and_not_quoted(string text)
    {
        Store.Save(InVault("mine"));
        _vault.Texts["mine/GPhotos-work"] = text;

        VaultFailedException error = Assert.Throws<VaultFailedException>(() => Store.Load("work"));

        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_is_described_and_checked_without_the_vault_being_read()
    {
        Store.Save(InVault("mine"));
        _vault.Reads = 0;

        Assert.Equal("mine", Store.Describe("work")!.Vault);
        Store.Check("work", "mine");

        Assert.Equal(0, _vault.Reads);
        _vault.Refuses = "mine";
        Assert.Throws<VaultFailedException>(() => Store.Check("work", "mine"));
        Assert.Throws<VaultFailedException>(() => new ProfileStore(_folder["store"]).Check("work", "mine"));
    }

    private static Profile InVault(string? vault) => new()
    {
        Name = "work",
        Endpoint = new Uri("https://photoslibrary.googleapis.com/"),
        ClientId = "id",
        ClientSecret = "canary-secret",
        RefreshToken = "canary-token",
        Scopes = ["a", "b"],
        SignedInAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        Vault = vault,
    };

    private sealed class FakeVault : ISecretVault
    {
        public Dictionary<string, string> Texts { get; } = [];

        public string? Refuses { get; set; }

        public bool DiesAfterWriting { get; set; }

        public int Reads { get; set; }

        public void Check(string vault) => Ask(vault);

        public string? Read(string vault, string name)
        {
            Ask(vault);
            Reads++;
            return Texts.GetValueOrDefault($"{vault}/{name}");
        }

        public void Write(string vault, string name, string text)
        {
            Ask(vault);
            Texts[$"{vault}/{name}"] = text;
            if (DiesAfterWriting)
            {
                throw new OperationCanceledException();
            }
        }

        public void Remove(string vault, string name)
        {
            Ask(vault);
            Texts.Remove($"{vault}/{name}");
        }

        private void Ask(string vault)
        {
            if (vault == Refuses)
            {
                throw new VaultFailedException($"The vault '{vault}' is locked.", vault);
            }
        }
    }
}
