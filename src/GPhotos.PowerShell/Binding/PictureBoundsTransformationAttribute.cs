using System.Globalization;
using System.Management.Automation;

namespace GPhotos.PowerShell.Binding;

/// <summary>Reads sizes the same under every culture: 2048x1536, 2048x, x1536, 2048.</summary>
public sealed class PictureBoundsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return input is null or PictureBounds ? input : PictureBounds.Parse(Convert.ToString(input, CultureInfo.InvariantCulture) ?? "");
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
