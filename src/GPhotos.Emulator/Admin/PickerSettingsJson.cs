using System.Text.Json;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>The Picker's options as the admin calls read and show them.</summary>
internal static class PickerSettingsJson
{
    /// <summary>The options with what the request names put in place of what was there.</summary>
    public static PickerOptions Read(RequestObject request, PickerOptions old)
    {
        request.Allow(
            "pollIntervalMilliseconds", "timeoutMilliseconds", "sessionLifetimeSeconds", "sessionLimit", "autoPick", "autoPickAfterMilliseconds",
            "inactiveUsers", "unsignedMediaStatus", "cameraInPhotoMetadata");
        long status = request.Integer("unsignedMediaStatus") ?? old.UnsignedMediaStatus;
        return old with
        {
            PollInterval = Number(request, "pollIntervalMilliseconds") is int poll ? TimeSpan.FromMilliseconds(poll) : old.PollInterval,
            Timeout = Number(request, "timeoutMilliseconds") is int timeout ? TimeSpan.FromMilliseconds(timeout) : old.Timeout,
            SessionLifetime = Number(request, "sessionLifetimeSeconds") is int life ? TimeSpan.FromSeconds(life) : old.SessionLifetime,
            SessionLimit = Number(request, "sessionLimit") ?? old.SessionLimit,
            AutoPick = request.IsNull("autoPick") ? null : Number(request, "autoPick") ?? old.AutoPick,
            AutoPickAfter = Number(request, "autoPickAfterMilliseconds") is int after ? TimeSpan.FromMilliseconds(after) : old.AutoPickAfter,
            InactiveUsers = request.Has("inactiveUsers") ? request.Strings("inactiveUsers") : old.InactiveUsers,
            UnsignedMediaStatus = status is 401 or 403
                ? (int)status
                : throw GoogleError.InvalidArgument("unsignedMediaStatus must be 401 or 403."),
            CameraInPhotoMetadata = request.Boolean("cameraInPhotoMetadata") ?? old.CameraInPhotoMetadata,
        };
    }

    public static void Write(Utf8JsonWriter json, PickerOptions options)
    {
        json.WriteStartObject();
        json.WriteNumber("pollIntervalMilliseconds", (long)options.PollInterval.TotalMilliseconds);
        json.WriteNumber("timeoutMilliseconds", (long)options.Timeout.TotalMilliseconds);
        json.WriteNumber("sessionLifetimeSeconds", (long)options.SessionLifetime.TotalSeconds);
        json.WriteNumber("sessionLimit", options.SessionLimit);
        json.WritePropertyName("autoPick");
        if (options.AutoPick is int count)
        {
            json.WriteNumberValue(count);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteNumber("autoPickAfterMilliseconds", (long)options.AutoPickAfter.TotalMilliseconds);
        json.WriteStartArray("inactiveUsers");
        foreach (string user in options.InactiveUsers)
        {
            json.WriteStringValue(user);
        }

        json.WriteEndArray();
        json.WriteNumber("unsignedMediaStatus", options.UnsignedMediaStatus);
        json.WriteBoolean("cameraInPhotoMetadata", options.CameraInPhotoMetadata);
        json.WriteEndObject();
    }

    private static int? Number(RequestObject request, string name) => request.Integer(name) switch
    {
        null => null,
        >= 0 and <= int.MaxValue and long number => (int)number,
        _ => throw GoogleError.InvalidArgument($"{name} must be a number and not negative."),
    };
}
