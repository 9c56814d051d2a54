using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

/// <summary>The page a user picks on, in a browser.</summary>
public sealed class PickerBrowserTests
{
    private const string Ready = "document.readyState === 'complete' && document.getElementById('done')?.disabled === true";

    [ChromiumFact]
    public async Task Items_are_ticked_counted_and_handed_over()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions { ForeignItems = 6 });
        JsonElement session = await emulator.CreateSessionAsync(maximum: 4);
        await using Chromium browser = await Chromium.StartAsync();
        using Chromium.Tab tab = await browser.OpenAsync(session.Text("pickerUri"));
        await tab.UntilAsync(Ready);
        await tab.UntilAsync("[...document.images].filter(image => image.naturalWidth > 0).length === 6");

        await tab.RunAsync("document.getElementById('all').click()");
        Assert.Equal("6 picked, at most 4", await tab.RunAsync("document.getElementById('count').textContent"));
        Assert.Equal("true", await tab.RunAsync("document.getElementById('done').disabled"));
        await tab.RunAsync("document.getElementById('all').click()");
        Assert.Equal("0 picked, at most 4", await tab.RunAsync("document.getElementById('count').textContent"));
        await tab.RunAsync("[0, 2, 5].forEach(index => document.getElementsByName('id')[index].click())");
        Assert.Equal("3 picked, at most 4", await tab.RunAsync("document.getElementById('count').textContent"));
        string ticked = await tab.RunAsync("[...document.getElementsByName('id')].filter(box => box.checked).map(box => box.value)");
        await tab.RunAsync("document.getElementById('done').click()");
        await tab.UntilAsync("document.body.textContent.includes('Done: 3 picked')");

        Assert.Equal(ticked.Split(','), (await emulator.ListAsync(session.Text("id"))).Ids());
        Assert.True(await browser.HasAsync(tab));
        await tab.RunAsync("location.reload()");
        await tab.UntilAsync("document.body?.textContent.includes('This session is over') === true");
        JsonElement calls = (await emulator.GetAsync("emulator/stats")).GetProperty("calls");
        Assert.False(calls.Has("unknown"));
    }

    [ChromiumFact]
    public async Task With_autoclose_the_tab_closes_itself()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions { ForeignItems = 2 });
        JsonElement session = await emulator.CreateSessionAsync();
        await using Chromium browser = await Chromium.StartAsync();
        using Chromium.Tab tab = await browser.OpenAsync(session.Text("pickerUri") + "/autoclose");
        await tab.UntilAsync(Ready);
        await tab.RunAsync("document.getElementById('all').click()");

        // Later, so that the answer to this comes before the tab goes.
        await tab.RunAsync("setTimeout(() => document.getElementById('done').click(), 50)");
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (await browser.HasAsync(tab))
        {
            await Task.Delay(20, patience.Token);
        }

        Assert.Equal(2, (await emulator.ListAsync(session.Text("id"))).Ids().Length);
    }
}
