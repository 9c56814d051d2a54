using System.Management.Automation;

namespace GPhotos.PowerShell.Binding;

/// <summary>Reads dates the same under every culture: 2017-10-05, 2017-10, 2017, *-10-05, a DateTime, a DateOnly.</summary>
public sealed class PhotoDateTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        // Splatted parameters may be null; the binder knows what to do with it.
        if (inputData is null)
        {
            return null;
        }

        object input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return input is System.Collections.IEnumerable many and not string
            ? many.Cast<object>().Select(One).ToArray()
            : One(input);
    }

    private static PhotoDate One(object input)
    {
        object value = input is PSObject wrapped ? wrapped.BaseObject : input;
        try
        {
            return value switch
            {
                PhotoDate date => date,
                DateTime time => PhotoDate.FromDateTime(time),
                DateTimeOffset time => PhotoDate.FromDateTime(time.DateTime),
                DateOnly day => PhotoDate.FromDateTime(day.ToDateTime(TimeOnly.MinValue)),
                int year => PhotoDate.Create(year, 0, 0),
                _ => PhotoDate.Parse(value.ToString() ?? ""),
            };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
