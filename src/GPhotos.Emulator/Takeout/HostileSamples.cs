using System.Text;
using GPhotos.Emulator.Media;

namespace GPhotos.Emulator.Takeout;

/// <summary>What hostile archives hold beside what is hostile about them.</summary>
internal static class HostileSamples
{
    public const string Folder = "Takeout/Google Photos/Photos from 2019/";
    public const string SoundPicture = Folder + "sound.jpg";
    public const string SoundJson = Folder + "sound.jpg.json";
    public const string Victim = Folder + "IMG_0001.jpg";

    /// <summary>A length that no memory should be reserved for.</summary>
    public const long TenGigabytes = 10_000_000_000;

    private static readonly DateTime Taken = new(2019, 3, 4, 12, 0, 0, DateTimeKind.Utc);

    public static readonly string[] Sound = [SoundPicture, SoundJson];

    public static byte[] Picture { get; } = SyntheticBytes.Make("image/jpeg", 7, Taken, 0);

    public static byte[] Json(string title) =>
        TakeoutJson.Picture(new TakeoutItem { Case = "hostile", Title = title, Taken = Taken }, 7);

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Names that point out of where they should stay, or are none.</summary>
    public static readonly string[] BadNames =
    [
        "../../escaped.jpg",
        "Takeout/Google Photos/../../../escaped.jpg",
        "/tmp/escaped.jpg",
        "//server/share/escaped.jpg",
        "C:/escaped.jpg",
        "C:escaped.jpg",
        @"C:\escaped.jpg",
        @"..\..\escaped.jpg",
        @"\\server\share\escaped.jpg",
        @"Takeout\Google Photos\Photos from 2019\backslashes.jpg",
        Folder + "nul\0byte.jpg",
        Folder + "line\nbreak.jpg",
        Folder + "escape\u001b[31mred.jpg",
        Folder + "CON.jpg",
        Folder + "stream.jpg:hidden",
        Folder + "./dot.jpg",
        Folder + "/double.jpg",
        Folder + "..",
        Folder + "trailing. ",
        "",
        "/",
    ];
}
