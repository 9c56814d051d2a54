using GPhotos.Core.Api;

namespace GPhotos.Tests.Api;

public sealed class ItemPagesTests
{
    [Fact]
    public async Task A_token_that_is_answered_with_itself_ends_in_an_error_and_not_in_a_circle()
    {
        int asked = 0;
        List<MediaItem> found = [];

        await Assert.ThrowsAsync<UnexpectedResponseException>(async () =>
        {
            await foreach (IReadOnlyList<MediaItem> page in ItemPages.WalkAsync(
                (token, _) => Task.FromResult<(IEnumerable<MediaItem>, string?)>(([new MediaItem { Id = $"{asked++}" }], "again")), CancellationToken.None))
            {
                found.AddRange(page);
            }
        });

        // What came before is given out.
        Assert.Equal(["0", "1"], found.Select(i => i.Id));
    }

    [Fact]
    public async Task What_is_repeated_at_a_seam_comes_once_also_over_an_empty_page()
    {
        string[][] pages = [["a", "b"], [], ["b", "c", "c"]];
        int asked = 0;

        List<string> ids = [];
        await foreach (IReadOnlyList<MediaItem> page in ItemPages.WalkAsync(
            (token, _) => Task.FromResult<(IEnumerable<MediaItem>, string?)>((pages[asked].Select(id => new MediaItem { Id = id }), ++asked < pages.Length ? $"{asked}" : null)),
            CancellationToken.None))
        {
            ids.AddRange(page.Select(i => i.Id));
        }

        Assert.Equal(["a", "b", "c"], ids);
    }
}
