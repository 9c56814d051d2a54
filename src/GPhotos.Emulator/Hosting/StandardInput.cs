namespace GPhotos.Emulator.Hosting;

/// <summary>Ties the emulator's life to a parent that holds its standard input open.</summary>
internal static class StandardInput
{
    public static void WhenEnded(Action action) => _ = Task.Run(async () =>
    {
        using Stream input = Console.OpenStandardInput();
        byte[] scrap = new byte[256];
        while (await input.ReadAsync(scrap) > 0)
        {
        }

        action();
    });
}
