namespace GPhotos.Emulator.Hosting;

/// <summary>The emulator's notion of time: another clock's, moved on as far as was asked.</summary>
internal sealed class EmulatorClock(TimeProvider inner) : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
