using System.Text;
using System.Text.Json;
using GPhotos.Core.Profiles;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Profiles;

public sealed class ProfileEnvelopeTests
{
    // Made by a program of a few lines in Python (hashlib and cryptography), which knows nothing of this code: what is exported today must open for ever.
    private const string Golden = """
        {
          "format": "GPhotos profile",
          "version": 1,
          "kdf": "PBKDF2-HMAC-SHA256",
          "iterations": 600000,
          "salt": "AAECAwQFBgcICQoLDA0ODw==",
          "cipher": "AES-256-GCM",
          "nonce": "ZGVmZ2hpamtsbW5v",
          "tag": "rVf/4Ys7rEJLQ8VVEF3AXw==",
          "ciphertext": "@"
        }
        """;

    private const string GoldenCiphertext =
        "MGIezrgWeDCH7lxb1evz31TflEJCLiOvmosPuwMCxiHWbm7eNH/m3cQFbI+0Up4ZhQ5oorvXDgu/+eecHjIEyC/ygJo2QnlFIneqNHHHrLokB2M5tgFInBB3"
        + "xnnwi/j7HlfSiuor61qWiIMFlIKOghs8qwyQPDaZikaJaZB5EbX1KetKLiNdoU8tzGtYGVqnhEuI13XZPj1GvM6ojNMOoJYfWhm1PHaQxSxc+TrSksegw9QN"
        + "UqqgfHoEx/TvrGaWdn/XCgXmHEKaqFJ9riMhrAU7kLQhbT//9hNC+hOgZKvBZF0qzpN4Vq8sn216lsR7ukNEBVxsftsBaBv0TkTekKDO4kWPTqRSLJ9H9R+h"
        + "ZdMEWXulkwI=";

    private const string GoldenPassphrase = "Grüße an 夕焼け";

    [Fact]
    public void What_is_sealed_comes_back_whole()
    {
        Profile profile = TestProfile.Named("work");

        byte[] file = ProfileEnvelope.Seal(profile, TestProfile.Passphrase("correct horse"));

        TestProfile.AssertSame(profile, ProfileEnvelope.Open(file, TestProfile.Passphrase("correct horse"), "f"));
    }

    [Fact]
    public void A_vault_of_this_machine_does_not_travel()
    {
        byte[] file = ProfileEnvelope.Seal(TestProfile.Named("work") with { Vault = "mine" }, TestProfile.QuickKey("p"));

        TestProfile.AssertSame(TestProfile.Named("work"), ProfileEnvelope.Open(file, TestProfile.QuickKey("p"), "f"));
    }

    [Fact]
    public void A_file_of_another_program_opens()
    {
        Profile profile = ProfileEnvelope.Open(Encoding.UTF8.GetBytes(Golden.Replace("@", GoldenCiphertext, StringComparison.Ordinal)), TestProfile.Passphrase(GoldenPassphrase), "f");

        TestProfile.AssertSame(
            new Profile
            {
                Name = "work",
                Endpoint = new Uri("https://photoslibrary.googleapis.com/"),
                ClientId = "123-golden.apps.example",
                ClientSecret = "golden-secret",
                RefreshToken = "golden-token",
                Scopes = ["photoslibrary.appendonly", "photospicker.mediaitems.readonly"],
                SignedInAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
            },
            profile);
    }

    [Fact]
    public void The_file_says_what_it_is_and_shows_nothing_of_the_profile()
    {
        Profile profile = TestProfile.Named("work");
        string text = Encoding.UTF8.GetString(ProfileEnvelope.Seal(profile, TestProfile.QuickKey("p")));

        Assert.StartsWith(
            """
            {
              "format": "GPhotos profile",
              "version": 1,
              "kdf": "PBKDF2-HMAC-SHA256",
              "iterations": 600000,
              "salt": "
            """,
            text,
            StringComparison.Ordinal);
        foreach (string secret in (string[])[profile.Name + "\"", profile.ClientId, profile.ClientSecret, profile.RefreshToken, "googleapis", "photoslibrary"])
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_two_files_share_a_salt_or_a_nonce()
    {
        JsonElement[] files = [.. Enumerable.Range(0, 100).Select(_ =>
            JsonDocument.Parse(ProfileEnvelope.Seal(TestProfile.Named("work"), TestProfile.QuickKey("p"))).RootElement)];

        foreach (string random in (string[])["salt", "nonce", "tag", "ciphertext"])
        {
            Assert.Equal(files.Length, files.Select(f => f.GetProperty(random).GetString()).Distinct().Count());
        }
    }

    [Fact]
    public void Another_passphrase_opens_nothing_and_the_error_names_both_causes()
    {
        byte[] file = ProfileEnvelope.Seal(TestProfile.Named("work"), TestProfile.Passphrase("correct horse"));

        PassphraseWrongException error = Assert.Throws<PassphraseWrongException>(() => ProfileEnvelope.Open(file, TestProfile.Passphrase("correct horsf"), "/x/f"));

        Assert.Equal("/x/f", error.Path);
        Assert.Contains("passphrase is wrong, or the file was changed", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("horse", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_and_line_ends_of_another_system_change_nothing()
    {
        Profile profile = TestProfile.Named("work");
        string text = Encoding.UTF8.GetString(ProfileEnvelope.Seal(profile, TestProfile.QuickKey("p")));

        foreach (string travelled in (string[])
            ["\uFEFF" + text, text.ReplaceLineEndings("\r\n"), text + "\n", text + "\r\n\r\n", "\uFEFF" + text.ReplaceLineEndings("\r\n") + "\r\n"])
        {
            TestProfile.AssertSame(profile, ProfileEnvelope.Open(Encoding.UTF8.GetBytes(travelled), TestProfile.QuickKey("p"), "f"));
        }
    }

    [Fact]
    public void A_profile_that_would_be_too_large_to_read_is_not_written()
    {
        Profile profile = TestProfile.Named("work") with { Scopes = [new string('s', ProfileEnvelope.MaximumLength)] };

        InvalidRequestException error = Assert.Throws<InvalidRequestException>(() => ProfileEnvelope.Seal(profile, TestProfile.QuickKey("p")));

        Assert.Contains("too large", error.Message, StringComparison.Ordinal);
    }
}
