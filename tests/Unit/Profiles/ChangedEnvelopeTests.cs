using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GPhotos.Core.Profiles;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Profiles;

public sealed class ChangedEnvelopeTests
{
    private static readonly JsonSerializerOptions AsWritten = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly byte[] File = ProfileEnvelope.Seal(TestProfile.Named("work"), TestProfile.QuickKey("p"));

    [Fact]
    public void No_byte_can_be_any_other()
    {
        byte[] file = [.. File];
        Dictionary<string, int> refusals = [];
        for (int i = 0; i < file.Length; i++)
        {
            byte kept = file[i];
            for (int flip = 1; flip < 256; flip++)
            {
                file[i] = (byte)(kept ^ flip);
                string refusal = RefusalOf(file, $"byte {i} became {file[i]}");
                refusals[refusal] = refusals.GetValueOrDefault(refusal) + 1;
            }

            file[i] = kept;
        }

        // Both kinds came: what the form shows, and what only the cipher knows.
        Assert.Equal([nameof(PassphraseWrongException), nameof(ProfileExportInvalidException)], refusals.Keys.Order());
        Assert.Equal(file.Length * 255, refusals.Values.Sum());
        Assert.NotNull(ProfileEnvelope.Open(file, TestProfile.QuickKey("p"), "f"));
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_not_the_whole_of_one()
    {
        for (int length = 0; length < File.Length; length++)
        {
            Assert.Equal(nameof(ProfileExportInvalidException), RefusalOf(File[..length], $"cut at {length}"));
        }
    }

    [Fact]
    public void A_byte_more_anywhere_is_refused()
    {
        foreach (byte more in " \t\n\r0aA,}"u8.ToArray())
        {
            for (int i = 0; i < File.Length; i++)
            {
                // A carriage return before a line feed is what a mail makes of it.
                if (more != '\r' || File[i] != '\n')
                {
                    RefusalOf([.. File[..i], more, .. File[i..]], $"byte {more} before byte {i}");
                }
            }
        }
    }

    [Theory]
    [InlineData("iterations", 599_999)]
    [InlineData("iterations", 1)]
    [InlineData("iterations", 0)]
    [InlineData("iterations", -1)]
    [InlineData("iterations", 10_000_001)]
    [InlineData("iterations", int.MaxValue)]
    [InlineData("iterations", long.MaxValue)]
    [InlineData("iterations", 600_000.5)]
    [InlineData("iterations", "600000")]
    [InlineData("iterations", null)]
    [InlineData("version", 0)]
    [InlineData("version", -1)]
    [InlineData("version", 1.5)]
    [InlineData("version", 1e99)]
    [InlineData("version", "1")]
    [InlineData("version", null)]
    [InlineData("format", "gphotos profile")]
    [InlineData("format", "GPhotos journal")]
    [InlineData("format", 1)]
    [InlineData("format", null)]
    [InlineData("kdf", "PBKDF2-HMAC-SHA1")]
    [InlineData("kdf", "none")]
    [InlineData("cipher", "AES-256-CBC")]
    [InlineData("cipher", null)]
    [InlineData("salt", "")]
    [InlineData("salt", "AAAAAAAAAAAAAAAAAAAA")]
    [InlineData("salt", "AAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("salt", "not base64")]
    [InlineData("salt", null)]
    [InlineData("nonce", "")]
    [InlineData("nonce", "AAAAAAAAAAA=")]
    [InlineData("nonce", "AAAAAAAAAAAAAAAAAAAA")]
    [InlineData("nonce", null)]
    [InlineData("tag", "")]
    [InlineData("tag", "AAAAAAAAAAAAAAAA")]
    [InlineData("tag", "AAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("tag", null)]
    [InlineData("ciphertext", null)]
    [InlineData("ciphertext", 5)]
    public void A_head_beyond_its_bounds_is_refused_before_a_key_is_made(string name, object? value)
    {
        byte[] file = With(name, value);

        ProfileExportInvalidException error = Assert.Throws<ProfileExportInvalidException>(() => ProfileEnvelope.Open(file, NoKey, "/x/f"));

        Assert.Equal("/x/f", error.Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"GPhotos profile\"")]
    [InlineData("{\"name\":\"work\",\"refreshToken\":\"canary\"}")]
    [InlineData("{\"format\":\"GPhotos profile\",\"version\":1}")]
    [InlineData("{\"format\":\"GPhotos profile\",\"version\":1,\"version\":2,}")]
    public void Any_other_file_is_refused_and_not_shown(string content)
    {
        ProfileExportInvalidException error = Assert.Throws<ProfileExportInvalidException>(
            () => ProfileEnvelope.Open(Encoding.UTF8.GetBytes(content), NoKey, "/x/f"));

        Assert.Contains("no exported profile", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_version_is_told_as_such_whatever_else_it_looks_like()
    {
        foreach (string newer in (string[])
            [
                Encoding.UTF8.GetString(With("version", 2)), "{\"format\":\"GPhotos profile\",\"version\":2,\"recipients\":[]}",
                "{\"version\":2147483647,\"format\":\"GPhotos profile\"}",
            ])
        {
            ProfileExportInvalidException error = Assert.Throws<ProfileExportInvalidException>(
                () => ProfileEnvelope.Open(Encoding.UTF8.GetBytes(newer), NoKey, "/x/f"));

            Assert.Contains("newer GPhotos", error.Message, StringComparison.Ordinal);
            Assert.Contains("Update the module", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_most_iterations_that_are_read_are_read()
    {
        byte[] file = With("iterations", ProfileEnvelope.MaximumIterations);

        // The bounds let it through; the cipher does not, since the head is authenticated.
        Assert.Throws<PassphraseWrongException>(() => ProfileEnvelope.Open(file, TestProfile.QuickKey("p"), "f"));
    }

    [Fact]
    public void The_head_is_authenticated_even_where_the_key_stays_the_same()
    {
        byte[] key = new byte[32];
        byte[] file = With("iterations", ProfileEnvelope.Iterations + 1, ProfileEnvelope.Seal(TestProfile.Named("work"), _ => [.. key]));

        Assert.Throws<PassphraseWrongException>(() => ProfileEnvelope.Open(file, _ => [.. key], "f"));
    }

    [Fact]
    public void A_file_that_is_larger_than_any_of_ours_is_refused()
    {
        byte[] file = [.. File, .. Enumerable.Repeat((byte)'\n', ProfileEnvelope.MaximumLength - File.Length)];

        Assert.NotNull(ProfileEnvelope.Open(file, TestProfile.QuickKey("p"), "f"));
        Assert.Throws<ProfileExportInvalidException>(() => ProfileEnvelope.Open([.. file, (byte)'\n'], TestProfile.QuickKey("p"), "f"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json canary")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"name\":\"n\",\"endpoint\":\"https://photoslibrary.googleapis.com/\",\"clientId\":\"c\",\"clientSecret\":\"canary\",\"refreshToken\":\"\"}")]
    [InlineData("{\"name\":\"n\",\"endpoint\":\"https://photoslibrary.googleapis.com/\",\"clientId\":\"\",\"clientSecret\":\"canary\",\"refreshToken\":\"r\"}")]
    [InlineData("{\"name\":\"n\",\"endpoint\":\"https://photoslibrary.googleapis.com/\",\"clientId\":\"c\",\"clientSecret\":\"canary\",\"refreshToken\":null}")]
    [InlineData("{\"name\":\"n\",\"endpoint\":\"https://photoslibrary.googleapis.com/\",\"clientId\":\"canary\",\"clientSecret\":\"\",\"refreshToken\":\"r\"}")]
    [InlineData("{\"name\":\"../n\",\"endpoint\":\"https://photoslibrary.googleapis.com/\",\"clientId\":\"canary\",\"clientSecret\":\"s\",\"refreshToken\":\"r\"}")]
    [InlineData("{\"name\":\"\\u001b[2J\",\"endpoint\":\"https://photoslibrary.googleapis.com/\",\"clientId\":\"canary\",\"clientSecret\":\"s\",\"refreshToken\":\"r\"}")]
    [InlineData("{\"name\":\"n\",\"endpoint\":\"http://example.com/\",\"clientId\":\"c\",\"clientSecret\":\"canary\",\"refreshToken\":\"r\"}")]
    [InlineData("{\"name\":\"n\",\"endpoint\":\"file:///etc/passwd\",\"clientId\":\"c\",\"clientSecret\":\"canary\",\"refreshToken\":\"r\"}")]
    [InlineData("{\"name\":\"n\",\"endpoint\":\"relative\",\"clientId\":\"c\",\"clientSecret\":\"canary\",\"refreshToken\":\"r\"}")]
    [InlineData("{\"name\":\"n\",\"endpoint\":null,\"clientId\":\"c\",\"clientSecret\":\"canary\",\"refreshToken\":\"r\"}")]
    public void What_somebody_with_the_passphrase_put_in_is_no_profile_either(string plaintext)
    {
        byte[] file = SealedByHand(plaintext);

        ProfileExportInvalidException error = Assert.Throws<ProfileExportInvalidException>(() => ProfileEnvelope.Open(file, TestProfile.QuickKey("p"), "f"));

        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    private static byte[] NoKey(WireEnvelope head) => throw new InvalidOperationException("No key may be made of this.");

    private static string RefusalOf(byte[] file, string change)
    {
        try
        {
            ProfileEnvelope.Open(file, TestProfile.QuickKey("p"), "f");
        }
        catch (GPhotosException e) when (e is PassphraseWrongException or ProfileExportInvalidException)
        {
            return e.GetType().Name;
        }

        throw new InvalidOperationException($"It was opened all the same: {change}.");
    }

    private static byte[] With(string name, object? value, byte[]? file = null)
    {
        JsonObject json = JsonNode.Parse(file ?? File)!.AsObject();
        json[name] = value is null ? null : JsonSerializer.SerializeToNode(value);
        return JsonSerializer.SerializeToUtf8Bytes(json, AsWritten);
    }

    private static byte[] SealedByHand(string plaintext)
    {
        WireEnvelope head = JsonSerializer.Deserialize(File, EnvelopeJson.File.WireEnvelope)! with { Nonce = new byte[12], Tag = null, Ciphertext = null };
        byte[] tag = new byte[16];
        byte[] ciphertext = new byte[Encoding.UTF8.GetByteCount(plaintext)];
        using System.Security.Cryptography.AesGcm cipher = new(TestProfile.QuickKey("p")(head), tag.Length);
        cipher.Encrypt(head.Nonce!, Encoding.UTF8.GetBytes(plaintext), ciphertext, tag, head.ToAssociatedData());
        return (head with { Tag = tag, Ciphertext = ciphertext }).ToFile();
    }
}
