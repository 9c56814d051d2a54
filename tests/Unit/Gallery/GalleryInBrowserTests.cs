using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Gallery;
using GPhotos.Tests.Emulator.Support;
using GPhotos.Tests.Support;
using SkiaSharp;

namespace GPhotos.Tests.Gallery;

/// <summary>The page as a browser opens it, from the disk.</summary>
public sealed class GalleryInBrowserTests : IAsyncLifetime, IDisposable
{
    private const string Hostile = "</script><img src=x onerror=\"window.pwned=1\"><!--.jpg";
    private const int Count = 600;

    private static readonly DateTimeOffset Newest = new(2024, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly GPhotosClient _alone = new(new GPhotosClientOptions { Tokens = new NoSignIn(new NotConnectedException("Nobody is signed in.", "default")) });
    private Chromium? _browser;
    private Chromium.Tab _tab = null!;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
        {
            return;
        }

        byte[] picture = DrawnPicture.Plain(300, 200, SKColors.SeaGreen);
        string[] sides = ["<=", "=>", "==", "<>"];
        GalleryEntry[] entries =
        [
            .. Enumerable.Range(0, Count).Select(i => new GalleryEntry
            {
                SideIndicator = sides[i % 4],
                MediaItem = new MediaItem
                {
                    Id = $"{i}",
                    FileName = $"IMG_{i:0000}.jpg",
                    CreationTime = Newest.AddHours(-i * 31),
                    MediaType = i % 10 == 3 ? MediaType.Video : MediaType.Photo,
                    AlbumTitle = i < 20 ? "Café by the sea" : null,
                    Origin = new FakeContent(picture),
                },
            }),
            new GalleryEntry
            {
                MediaItem = new MediaItem
                {
                    Id = "h",
                    FileName = Hostile,
                    Description = Hostile,
                    AlbumTitle = Hostile,
                    CreationTime = Newest.AddDays(30),
                    Origin = new FakeContent(picture),
                },
                SideIndicator = "<>",
                Reason = Hostile,
                Candidates = [Hostile],
            },
        ];
        GalleryOptions options = new() { Path = _folder["page #1 ü.html"], Title = Hostile };
        await _alone.Gallery.WriteAsync(entries.ToAsyncEnumerable(), options).ToListAsync();
        _browser = await Chromium.StartAsync();
        try
        {
            _tab = await _browser.OpenAsync($"file://{string.Join('/', options.Path.Split('/').Select(Uri.EscapeDataString))}");
            await _tab.UntilAsync("document.documentElement.dataset.ready > 0");
        }
        catch
        {
            // Nobody else ends it when the test does not begin.
            await _browser.DisposeAsync();
            throw;
        }
    }

    [ChromiumFact]
    public async Task Names_are_names_and_nothing_comes_over_the_line()
    {
        Assert.Equal("0", await _tab.RunAsync("performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length"));
        Assert.Equal(Hostile, await _tab.RunAsync("document.querySelector('h1').textContent"));
        Assert.Contains(Hostile, await _tab.RunAsync("document.querySelector('.tile').getAttribute('aria-label')"), StringComparison.Ordinal);
        await _tab.RunAsync("document.querySelector('.tile').click()");
        Assert.Equal(Hostile, await _tab.RunAsync("document.querySelector('#facts h2').textContent"));
        Assert.Equal("undefined", await _tab.RunAsync("typeof window.pwned"));
        Assert.Equal("0", await _tab.RunAsync("document.querySelectorAll('img:not([src^=\"data:image/webp\"])').length"));
        // What a hostile name might bring along is not run.
        Assert.Equal("undefined", await _tab.RunAsync("(() => { const s = document.createElement('script'); s.textContent = 'window.pwned = 1'; document.body.append(s); return typeof window.pwned; })()"));
        await _tab.RunAsync("fetch('data:text/plain,x').then(() => window.fetched = 'yes', () => window.fetched = 'no')");
        await _tab.UntilAsync("window.fetched === 'no'");
    }

    [ChromiumFact]
    public async Task Only_what_is_near_the_window_is_made_and_all_of_it_is_reached()
    {
        Assert.InRange(int.Parse(await TilesAsync(), System.Globalization.CultureInfo.InvariantCulture), 10, 300);
        await _tab.PressAsync("End");
        await _tab.UntilAsync($"document.activeElement?.getAttribute('aria-label')?.endsWith('{Count + 1} of {Count + 1}')");
        await _tab.UntilAsync("Math.abs(document.activeElement.getBoundingClientRect().bottom - innerHeight) < innerHeight");
        Assert.InRange(int.Parse(await TilesAsync(), System.Globalization.CultureInfo.InvariantCulture), 10, 300);
        await _tab.PressAsync("Home");
        await _tab.UntilAsync("document.activeElement?.dataset.index === '0'");
        Assert.Equal("true", await _tab.RunAsync("document.querySelectorAll('#months button').length > 20"));
    }

    [ChromiumFact]
    public async Task Keys_walk_open_and_close()
    {
        await _tab.PressAsync("ArrowRight");
        await _tab.PressAsync("ArrowRight");
        Assert.Equal("1", await _tab.RunAsync("document.activeElement.dataset.index"));
        await _tab.PressAsync("ArrowDown");
        Assert.Equal("true", await _tab.RunAsync("Number(document.activeElement.dataset.index) > 1"));
        await _tab.PressAsync("Home");
        await _tab.PressAsync("ArrowRight");
        await _tab.PressAsync("Enter");
        await _tab.UntilAsync("document.getElementById('viewer').open");
        Assert.Equal("IMG_0000.jpg", await _tab.RunAsync("document.querySelector('#facts h2').textContent"));
        await _tab.PressAsync("ArrowRight");
        await _tab.UntilAsync("document.querySelector('#facts h2').textContent === 'IMG_0001.jpg'");
        Assert.Contains("Only in Google Photos", await _tab.RunAsync("document.getElementById('facts').textContent"), StringComparison.Ordinal);
        await _tab.PressAsync("Escape");
        await _tab.UntilAsync("!document.getElementById('viewer').open");
        // The browser tells the page of the end of a dialog a moment after it is closed.
        await _tab.UntilAsync("document.activeElement.dataset.index !== '1'");
        Assert.Equal("2", await _tab.RunAsync("document.activeElement.dataset.index"));
        await _tab.PressAsync("?");
        await _tab.UntilAsync("document.getElementById('help').open");
        await _tab.PressAsync("Escape");
        await _tab.UntilAsync("!document.getElementById('help').open");
        string before = await _tab.RunAsync("getComputedStyle(document.body).backgroundColor");
        await _tab.PressAsync("t");
        Assert.NotEqual(before, await _tab.RunAsync("getComputedStyle(document.body).backgroundColor"));
    }

    [ChromiumFact]
    public async Task Search_and_filters_leave_what_fits()
    {
        await _tab.PressAsync("/");
        Assert.Equal("search", await _tab.RunAsync("document.activeElement.id"));
        await _tab.RunAsync("(() => { const s = document.getElementById('search'); s.value = 'CAFE'; s.dispatchEvent(new Event('input')); })()");
        await _tab.UntilAsync($"document.getElementById('count').textContent === '20 of {Count + 1} pictures'");
        await _tab.RunAsync("document.querySelector('.chip[data-value=\"=>\"]').click()");
        await _tab.UntilAsync($"document.getElementById('count').textContent === '5 of {Count + 1} pictures'");
        Assert.Equal("true", await _tab.RunAsync("[...document.querySelectorAll('.tile')].every(t => t.querySelector('.sign').textContent === '=>')"));
        Assert.Equal("true", await _tab.RunAsync("document.querySelector('.chip[data-value=\"=>\"]').getAttribute('aria-pressed')"));
        await _tab.PressAsync("Escape");
        await _tab.UntilAsync($"document.getElementById('count').textContent === '{Count + 1} pictures'");
        await _tab.RunAsync("document.querySelector('.chip[data-value=\"Videos\"]').click()");
        await _tab.UntilAsync($"document.getElementById('count').textContent === '60 of {Count + 1} pictures'");
        await _tab.RunAsync("(() => { const s = document.getElementById('search'); s.value = 'nowhere'; s.dispatchEvent(new Event('input')); })()");
        await _tab.UntilAsync("!document.getElementById('nothing').hidden && document.querySelectorAll('.tile').length === 0");
        await _tab.RunAsync("document.getElementById('reset').click()");
        await _tab.UntilAsync($"document.getElementById('count').textContent === '{Count + 1} pictures'");
    }

    [ChromiumFact]
    public async Task Everything_that_can_be_pressed_has_a_name()
    {
        Assert.Equal("0", await _tab.RunAsync("[...document.querySelectorAll('button, select')].filter(b => !(b.getAttribute('aria-label') || b.textContent).trim()).length"));
        Assert.Equal("1", await _tab.RunAsync("document.querySelectorAll('.tile[tabindex=\"0\"]').length"));
        Assert.Equal("0", await _tab.RunAsync("document.querySelectorAll('img:not([alt])').length"));
        await _tab.RunAsync("document.querySelector('.tile').click()");
        Assert.Equal("true", await _tab.RunAsync("document.querySelector('#picture img').alt.startsWith('Photo, ')"));
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            _tab.Dispose();
            await _browser.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _alone.Dispose();
        _folder.Dispose();
    }

    private Task<string> TilesAsync() => _tab.RunAsync("document.querySelectorAll('.tile').length");
}
