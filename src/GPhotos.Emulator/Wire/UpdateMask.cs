using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.Wire;

/// <summary>The updateMask of a patch: a list of fields with commas, each in the protocol buffer's spelling or in that of JSON.</summary>
internal static class UpdateMask
{
    /// <summary>The masked fields in JSON's spelling. A mask is required, and names only fields that can be changed.</summary>
    public static IReadOnlyList<string> Read(Exchange exchange, params ReadOnlySpan<string> changeable)
    {
        string[] fields = (exchange.Query("updateMask") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (fields.Length == 0)
        {
            throw GoogleError.InvalidArgument("Request must have an update mask.");
        }

        for (int index = 0; index < fields.Length; index++)
        {
            string name = RequestObject.JsonName(fields[index]);
            fields[index] = changeable.Contains(name) ? name : throw GoogleError.InvalidArgument($"Invalid update mask: {fields[index]}");
        }

        return fields;
    }
}
