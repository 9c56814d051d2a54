using System.Net.Sockets;
using System.Runtime.InteropServices;
using GPhotos.Emulator;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Proxy;

if (args is [TakeoutCommand.Name, .. string[] rest])
{
    return await TakeoutCommand.RunAsync(rest);
}

CommandLine command = CommandLine.Parse(args);
if (command.Message is not null)
{
    await (command.ExitCode == 0 ? Console.Out : Console.Error).WriteLineAsync(command.Message);
    return command.ExitCode;
}

using CancellationTokenSource stop = new();
void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);

try
{
    await using EmulatorServer server = await EmulatorServer.StartAsync(command.Options, stop.Token);
    await Console.Out.WriteLineAsync($"emulator on {server.Address.GetLeftPart(UriPartial.Authority)}");
    await using GoogleHostsProxy? proxy =
        command.ProxyCertificatePath is { } certificate ? GoogleHostsProxy.Start(server.Address, certificate) : null;
    if (proxy is not null)
    {
        await Console.Out.WriteLineAsync($"proxy on {proxy.Address.GetLeftPart(UriPartial.Authority)}");
    }

    if (command.StopOnStandardInputEnd)
    {
        StandardInput.WhenEnded(stop.Cancel);
    }

    await server.WaitForShutdownAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (Exception failure) when (failure is IOException or SocketException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"emulator: {failure.Message}");
    return 1;
}
