using QRCoder;

namespace GPhotos.Core.Picker;

/// <summary>An address as a QR code of letters, to be read off a terminal by a phone.</summary>
public static class QrCode
{
    /// <summary>
    /// Draws the code in half blocks, two rows of it in one line of text. Light is drawn and dark left out, as fits a dark terminal; on a light one the code
    /// is inverted, which cameras read as well.
    /// </summary>
    public static string Draw(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        using QRCodeData data = QRCodeGenerator.GenerateQrCode(address.AbsoluteUri, QRCodeGenerator.ECCLevel.L);
        using AsciiQRCode code = new(data);
        return code.GetGraphicSmall();
    }
}
