using System.Globalization;
using System.Management.Automation;

namespace GPhotos.PowerShell.Binding;

/// <summary>Takes a number for seconds, as -TimeoutSec elsewhere: the engine would make ticks of it. A TimeSpan and 00:10:00 stay what they are.</summary>
public sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return input switch
        {
            int or long or double or decimal => Of(Convert.ToDouble(input, CultureInfo.InvariantCulture)),
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) => Of(seconds),
            _ => input,
        };
    }

    private static TimeSpan Of(double seconds)
    {
        // Beyond a month nobody waits; a timer could not either.
        const double Longest = 31 * 24 * 60 * 60;
        return seconds is >= 0 and <= Longest
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentTransformationMetadataException($"{seconds} is no time to wait: name seconds from 0 to {Longest}, or a TimeSpan.");
    }
}
