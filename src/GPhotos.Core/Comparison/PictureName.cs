using System.Text;
using System.Text.RegularExpressions;
using GPhotos.Core.Destinations;
using GPhotos.Core.Uploads;

namespace GPhotos.Core.Comparison;

/// <summary>A file name, in the shapes it takes on its way: through file systems, through a save, and beside another of its name.</summary>
/// <param name="Plain">As a file can bear it everywhere, composed.</param>
/// <param name="Folded">The same, whatever the case.</param>
/// <param name="Stem">Without the extension of a photo or video.</param>
/// <param name="Root">Without the mark of a second file of the name, as in "IMG_1(1)" and "IMG_1~3f2a9c".</param>
internal sealed partial record PictureName(string Plain, string Folded, string Stem, string Root)
{
    public static PictureName Of(string name)
    {
        string plain = SafeFileName.Clean(name.Normalize(NormalizationForm.FormC), "");
        string folded = plain.ToUpperInvariant();
        string stem = MediaFileType.Of(plain) is null ? folded : Path.GetFileNameWithoutExtension(folded);
        return new PictureName(plain, folded, stem, SecondOfItsName().Replace(stem, ""));
    }

    /// <summary>How well two names agree; null where they do not.</summary>
    public Likeness? Compare(PictureName other) =>
        Plain.Length == 0 || other.Root != Root ? null
        : other.Plain == Plain ? Likeness.Same
        : other.Folded == Folded ? Likeness.OtherCase
        : other.Stem == Stem ? Likeness.OtherExtension
        : Likeness.OtherMark;

    /// <summary>
    /// Whether the name is one that a camera gave to another shot: the same but for the number, or the same time with another number behind it. Nobody who
    /// gives a new name does that.
    /// </summary>
    public bool IsOfAnotherShot(PictureName other) =>
        (Root != other.Root && Number().IsMatch(Root) && Number().Replace(Root, "0") == Number().Replace(other.Root, "0"))
        || (Stem != other.Stem && TimeAndNumber().Match(Stem) is { Success: true } mine && TimeAndNumber().Match(other.Stem) is { Success: true } others
            && mine.Groups["time"].Value == others.Groups["time"].Value);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();

    // As phones make them: IMG_20171005_120000, 20171005_120000(0), 2017-10-05 12.00.00-1.
    [GeneratedRegex(@"^(?<time>\P{N}*(?:19|20)[0-9]{2}-?[0-9]{2}-?[0-9]{2}[-_ ]?[0-9]{2}[-_.]?[0-9]{2}[-_.]?[0-9]{2})\P{L}*$")]
    private static partial Regex TimeAndNumber();

    [GeneratedRegex(@"(?<=.)(?: ?\([0-9]{1,3}\)|~(?:[0-9A-F]{16}|[0-9A-F]{6}))$")]
    private static partial Regex SecondOfItsName();

    /// <summary>How well names agree, the best first.</summary>
    internal enum Likeness
    {
        Same,
        OtherCase,
        OtherExtension,
        OtherMark,
    }
}
