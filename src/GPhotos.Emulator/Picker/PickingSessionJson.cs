using System.Globalization;
using System.Text.Json;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Picker;

/// <summary>Picking sessions on the wire: defaults left out, which are a mediaItemsSet of false and a pickingConfig that was not sent.</summary>
internal sealed class PickingSessionJson(PickerSettings settings, TimeProvider clock)
{
    public void Write(Utf8JsonWriter json, PickingSession session, Uri pickerUri)
    {
        DateTimeOffset now = clock.GetUtcNow();
        bool isDone = session.StateAt(now) == SessionState.Picked;
        json.WriteStartObject();
        json.WriteString("id", session.Id);
        json.WriteString("pickerUri", pickerUri.AbsoluteUri);
        if (!isDone)
        {
            TimeSpan left = session.TimesOut - now;
            json.WriteStartObject("pollingConfig");
            json.WriteString("pollInterval", WireTime.Duration(settings.Current.PollInterval));
            json.WriteString("timeoutIn", WireTime.Duration(left > TimeSpan.Zero ? left : TimeSpan.Zero));
            json.WriteEndObject();
        }

        json.WriteString("expireTime", WireTime.Timestamp(session.Expires));
        if (session.AskedMaximum is long maximum)
        {
            json.WriteStartObject("pickingConfig");
            json.WriteString("maxItemCount", maximum.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        if (isDone)
        {
            json.WriteBoolean("mediaItemsSet", true);
        }

        json.WriteEndObject();
    }
}
