using System.Text;
using GPhotos.Core.Profiles;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Profiles;

public sealed class PassphraseKeyTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    [Fact]
    public void It_is_PBKDF2_as_others_make_it()
    {
        // Python: hashlib.pbkdf2_hmac('sha256', 'correct horse'.encode(), bytes(range(16)), 600000, 32).hex()
        const string Theirs = "96a5904c2e08c8da42305dbcc5d7cf18ead2636d49f59526b606f26696281473";

        Assert.Equal(Theirs, Convert.ToHexStringLower(PassphraseKey.Derive(TestProfile.Passphrase("correct horse"), Salt, 600_000)));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("Grüße an 夕焼け")]
    [InlineData("пароль 🔑 كلمة")]
    [InlineData("  spaces at both ends  ")]
    [InlineData("a\0b\r\nc")]
    public void A_passphrase_of_any_script_is_its_UTF_8(string text) =>
        Assert.Equal(Encoding.UTF8.GetBytes(text.Normalize()), PassphraseKey.Prepare(TestProfile.Passphrase(text)));

    [Theory]
    [InlineData("Gr\u00FC\u00DFe", "Gru\u0308\u00DFe")]
    [InlineData("\u30D1\u30B9", "\u30CF\u309A\u30B9")]
    [InlineData("\uAC00", "\u1100\u1161")]
    [InlineData("\u212B", "\u00C5")]
    public void A_character_in_one_piece_is_the_same_as_in_two(string composed, string decomposed) =>
        Assert.Equal(PassphraseKey.Prepare(TestProfile.Passphrase(composed)), PassphraseKey.Prepare(TestProfile.Passphrase(decomposed)));

    [Theory]
    [InlineData('\u00A0')]
    [InlineData('\u202F')]
    [InlineData('\u3000')]
    public void A_space_of_another_keyboard_is_a_space(char space) =>
        Assert.Equal("a b"u8.ToArray(), PassphraseKey.Prepare(TestProfile.Passphrase($"a{space}b")));

    [Theory]
    [InlineData("a", "A")]
    [InlineData("a", "a ")]
    [InlineData("a", " a")]
    [InlineData("a", "\u00E4")]
    [InlineData("fi", "\uFB01")]
    [InlineData("2", "\u00B2")]
    [InlineData("a", "\uFF41")]
    [InlineData("a", "a\0")]
    public void What_is_not_the_same_to_a_person_is_not_the_same_here(string one, string other) =>
        Assert.NotEqual(PassphraseKey.Prepare(TestProfile.Passphrase(one)), PassphraseKey.Prepare(TestProfile.Passphrase(other)));

    [Fact]
    public void Each_of_ten_thousand_characters_counts()
    {
        string text = new string('ü', 9_999) + "a";
        byte[] bytes = PassphraseKey.Prepare(TestProfile.Passphrase(text));

        Assert.Equal(Encoding.UTF8.GetBytes(text), bytes);
        Assert.NotEqual(
            PassphraseKey.Derive(TestProfile.Passphrase(text), Salt, 1000), PassphraseKey.Derive(TestProfile.Passphrase(text[..^1] + "b"), Salt, 1000));
    }

    [Fact]
    public void An_empty_passphrase_is_refused()
    {
        InvalidRequestException error = Assert.Throws<InvalidRequestException>(() => PassphraseKey.Derive(TestProfile.Passphrase(""), Salt, 1000));

        Assert.Contains("empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_refused_since_all_halves_would_be_the_same()
    {
        // Not as data of a theory, which makes whole characters of halves.
        foreach (string text in (string[])["canary\uD83D", "\uDD11canary", "can\uDD11\uD83Dary"])
        {
            InvalidRequestException error = Assert.Throws<InvalidRequestException>(() => PassphraseKey.Derive(TestProfile.Passphrase(text), Salt, 1000));

            Assert.Contains("surrogate", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_opens_with_the_same_passphrase_typed_on_another_system()
    {
        byte[] file = ProfileEnvelope.Seal(TestProfile.Named("work"), TestProfile.Passphrase("Gr\u00FC\u00DFe an 夕焼け"));

        TestProfile.AssertSame(
            TestProfile.Named("work"), ProfileEnvelope.Open(file, TestProfile.Passphrase("Gru\u0308\u00DFe\u00A0an\u3000夕焼け"), "f"));
    }
}
