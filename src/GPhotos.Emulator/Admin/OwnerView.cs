using System.Text.Json;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Admin;

/// <summary>Whose something is, as the admin calls show it.</summary>
internal static class OwnerView
{
    public static void Write(Utf8JsonWriter json, Caller owner)
    {
        json.WriteBoolean("foreign", owner.IsForeign);
        json.WriteString("user", owner.User);
        json.WriteString("project", owner.IsForeign ? null : owner.Project);
    }
}
