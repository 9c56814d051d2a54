using GPhotos.Core.Picker;

namespace GPhotos.Tests.Picker;

public sealed class QrCodeTests
{
    [Fact]
    public void A_code_is_drawn_light_on_dark_with_a_quiet_zone_of_four()
    {
        string[] lines = QrCode.Draw(new Uri("https://photos.example/picker/abcdefghijklmnopqrstuvwxyz0123456789")).Split('\n');

        int width = lines[0].Length;
        // Two rows a line; of an odd number of rows the last is half a line.
        Assert.Equal((width + 1) / 2, lines.Length);
        Assert.All(lines, l => Assert.Equal(width, l.Length));
        Assert.All(lines, l => Assert.True(l.All(c => " \u2588\u2580\u2584".Contains(c, StringComparison.Ordinal))));
        Assert.All(lines[..2], l => Assert.Equal(new string('\u2588', width), l));
        // The upper left corner: seven dark, and in them five light.
        Assert.StartsWith("\u2588\u2588\u2588\u2588 \u2584\u2584\u2584\u2584\u2584 ", lines[2], StringComparison.Ordinal);
    }
}
