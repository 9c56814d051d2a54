using System.Buffers;
using System.Globalization;
using System.Text;
using GPhotos.Core.Destinations;

namespace GPhotos.Tests.Downloads;

public sealed class SafeFileNameTests
{
    private const string Fallback = "item-1";

    private static readonly SearchValues<char> Harmful = SearchValues.Create("/\\:*?\"<>|");

    [Theory]
    [InlineData("IMG_0001.jpg", "IMG_0001.jpg")]
    [InlineData("../../x.jpg", "x.jpg")]
    [InlineData("..\\..\\x.jpg", "x.jpg")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("C:\\Windows\\x.jpg", "x.jpg")]
    [InlineData("C:x.jpg", "C_x.jpg")]
    [InlineData("x.jpg:stream", "x.jpg_stream")]
    [InlineData("a:b?.jpg", "a_b_.jpg")]
    [InlineData("<>:\"|?*.jpg", "_______.jpg")]
    [InlineData("CON.jpg", "_CON.jpg")]
    [InlineData("con", "_con")]
    [InlineData("COM1.txt", "_COM1.txt")]
    [InlineData("lpt9.tar.gz", "_lpt9.tar.gz")]
    [InlineData("COM².txt", "_COM².txt")]
    [InlineData("NUL .jpg", "_NUL .jpg")]
    [InlineData("COMMON.jpg", "COMMON.jpg")]
    [InlineData("console.jpg", "console.jpg")]
    [InlineData("a.jpg.", "a.jpg")]
    [InlineData("a.jpg . .", "a.jpg")]
    [InlineData("  a.jpg  ", "a.jpg")]
    [InlineData("a\u0000b\u001f\u007f\u0085.jpg", "a_b___.jpg")]
    [InlineData("a\r\nb.jpg", "a__b.jpg")]
    [InlineData("gpj.\u202Eexe", "gpj._exe")]
    [InlineData("zero\u200Bwidth.jpg", "zero_width.jpg")]
    [InlineData("\uD83D\uDC68\u200D\uD83D\uDC69.jpg", "\uD83D\uDC68\u200D\uD83D\uDC69.jpg")]
    [InlineData("line\u2028para\u2029.jpg", "line_para_.jpg")]
    [InlineData("🏖️ beach 夕焼け.jpg", "🏖️ beach 夕焼け.jpg")]
    [InlineData("", Fallback)]
    [InlineData(".", Fallback)]
    [InlineData("..", Fallback)]
    [InlineData(". .", Fallback)]
    [InlineData("   ", Fallback)]
    [InlineData("photos/", Fallback)]
    [InlineData("a.partial", "_a.partial_")]
    [InlineData("A.PARTIAL", "_A.PARTIAL_")]
    [InlineData(".hidden", ".hidden")]
    public void A_name_becomes_one_that_every_system_can_bear(string name, string expected) =>
        Assert.Equal(expected, SafeFileName.Clean(name, Fallback));

    // Made at run time: an attribute cannot hold half a character.
    [Fact]
    public void Half_a_character_becomes_an_underscore_and_shows_as_a_change()
    {
        foreach (string half in (string[])[new('\uD83C', 1), new('\uDFD6', 1)])
        {
            string name = "a" + half + "b.jpg";

            Assert.Equal("a_b.jpg", SafeFileName.Clean(name, Fallback));
            Assert.False(SafeFileName.IsClean(name));
        }
    }

    [Fact]
    public void Composed_and_decomposed_letters_are_one_name()
    {
        string composed = "\u00C9t\u00E9.jpg";
        string decomposed = composed.Normalize(NormalizationForm.FormD);

        Assert.Equal(composed, SafeFileName.Clean(decomposed, Fallback));
        Assert.Equal(composed, SafeFileName.Clean(composed, Fallback));
        Assert.True(SafeFileName.IsClean(decomposed));
    }

    [Theory]
    [InlineData("a", 300, ".jpg")]
    [InlineData("夕", 300, ".jpg")]
    [InlineData("🏖", 300, ".heic")]
    [InlineData("a", 300, "")]
    [InlineData("é", 255, ".jpeg")]
    public void A_long_name_keeps_its_head_and_its_extension(string letter, int count, string extension)
    {
        string cleaned = SafeFileName.Clean(string.Concat(Enumerable.Repeat(letter, count)) + extension, Fallback);

        Assert.StartsWith(letter, cleaned, StringComparison.Ordinal);
        Assert.EndsWith(extension, cleaned, StringComparison.Ordinal);
        AssertSafe(cleaned);
    }

    [Theory]
    [InlineData('.')]
    [InlineData(' ')]
    public void A_cut_leaves_no_ending_that_Windows_drops(char odd)
    {
        for (int length = 210; length < 225; length++)
        {
            AssertSafe(SafeFileName.Clean(new string('a', length) + odd + new string('b', 60), Fallback));
        }
    }

    [Fact]
    public void A_cut_leaves_no_name_that_looks_like_a_file_on_its_way()
    {
        for (int length = 205; length < 225; length++)
        {
            AssertSafe(SafeFileName.Clean(new string('a', length) + ".partial" + new string('b', 60), Fallback));
        }
    }

    [Theory]
    [InlineData("IMG_0001.jpg", true)]
    [InlineData("a:b.jpg", false)]
    [InlineData("", false)]
    [InlineData("..", false)]
    [InlineData("CON", false)]
    public void It_is_told_whether_a_name_can_stay(string name, bool clean) => Assert.Equal(clean, SafeFileName.IsClean(name));

    [Theory]
    [InlineData("IMG_0001.jpg", "IMG_0001~3f2a9c.jpg")]
    [InlineData("noextension", "noextension~3f2a9c")]
    [InlineData("a.tar.gz", "a.tar~3f2a9c.gz")]
    public void A_marker_stands_before_the_extension(string name, string expected) => Assert.Equal(expected, SafeFileName.Mark(name, "3f2a9c"));

    [Fact]
    public void Whatever_comes_is_safe_and_stays_what_it_became()
    {
        Random random = new(20260304);
        const string Spice = "./\\:*?\"<>| \t\0\u0001\u202E\u200B\u00E9e\u0301\uD83C\uDFD6CONcon1partial.jpg\uFFFF\uFFFE\u0130\u0131\u00A0\u3000";
        for (int i = 0; i < 20_000; i++)
        {
            StringBuilder name = new();
            int length = random.Next(random.Next(10) == 0 ? 400 : 24);
            while (name.Length < length)
            {
                name.Append(random.Next(4) == 0 ? (char)random.Next(0x10000) : Spice[random.Next(Spice.Length)]);
            }

            string cleaned = SafeFileName.Clean(name.ToString(), Fallback);
            AssertSafe(cleaned);
            Assert.Equal(cleaned, SafeFileName.Clean(cleaned, Fallback));
            AssertSafe(SafeFileName.Mark(cleaned, "0123456789abcdef"));
            SafeFileName.IsClean(name.ToString());
        }
    }

    private static void AssertSafe(string name)
    {
        Assert.NotEmpty(name);
        Assert.False(name is "." or "..", name);
        Assert.Equal(-1, name.AsSpan().IndexOfAny(Harmful));
        Assert.DoesNotContain(name, char.IsControl);
        Assert.DoesNotContain(name.EnumerateRunes(), r => Rune.GetUnicodeCategory(r) == UnicodeCategory.Format && r.Value != 0x200D);
        Assert.False(name.All(c => c == '\u200D'), "A name of joiners alone cannot be seen.");
        Assert.False(name.EndsWith('.') || name.EndsWith(' '), $"'{name}' ends in what Windows drops.");
        Assert.False(name.EndsWith(".partial", StringComparison.OrdinalIgnoreCase), name);
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 240);
    }
}
