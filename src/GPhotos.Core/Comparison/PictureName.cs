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
