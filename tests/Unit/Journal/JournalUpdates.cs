using GPhotos.Core.Journal;
using GPhotos.Core.Media;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Journal;

/// <summary>What Update-GPhotoJournal does, without a shell.</summary>
internal static class JournalUpdates
{
    extension(TestGoogle google)
    {
        public static IEnumerable<LocalFile> Files(params IEnumerable<string> paths) => paths.SelectMany(p => LocalFile.At(p, recurse: true));

        public async Task<List<JournalFinding>> FindChangesAsync(params string[] paths) =>
            await google.Client.Journal.Reconcile().FindChangesAsync(TestGoogle.Files(paths)).ToListAsync();

        /// <summary>Finds the changes and makes them.</summary>
        public async Task<List<JournalChange>> UpdateAsync(params string[] paths) =>
            [.. (await google.FindChangesAsync(paths)).Where(f => f.Apply()).Select(f => f.Change!)];

        /// <summary>Deletes a media item, as its owner does on the page.</summary>
        public async Task DeleteAsync(string id) =>
            (await google.Http.DeleteAsync(new Uri($"emulator/items/{id}", UriKind.Relative))).EnsureSuccessStatusCode();
    }
}
