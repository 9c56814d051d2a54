using Microsoft.Extensions.Hosting;

namespace GPhotos.Emulator.Hosting;

/// <summary>Leaves signals to whoever hosts the emulator: a test's process must keep its own Ctrl-C.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
