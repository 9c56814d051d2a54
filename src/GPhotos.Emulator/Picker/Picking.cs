using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.Picker;

/// <summary>Does what a user would do in a session, for tests that have none.</summary>
internal sealed class Picking(EmulatorState state)
{
    /// <summary>Picks the newest of the user's items, no more than the session may have, and says Done.</summary>
    public void PickNewest(PickingSession session, int count) => session.Pick(
        [.. state.Library.AllOf(session.Owner.User).Take((int)Math.Min(count, session.Maximum))], done: true, state.Clock.GetUtcNow());

    /// <summary>Does something later, and nothing when the emulator goes down before. Real time: users do not go by a test's clock.</summary>
    public void After(TimeSpan delay, Action action) => _ = AfterAsync(delay, action);

    private async Task AfterAsync(TimeSpan delay, Action action)
    {
        await Task.Delay(delay, state.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!state.Stopping.IsCancellationRequested)
        {
            action();
        }
    }
}
