using System.Security.Cryptography;
using GPhotos.Emulator.Media;

namespace GPhotos.Emulator.Takeout;

/// <summary>Makes exports as Google Takeout does, with every awkward name, and the truth about them.</summary>
public static class TakeoutArchive
{
    /// <summary>Writes an export, and its truth beside it.</summary>
    /// <param name="folder">A folder that is empty or not there yet.</param>
    /// <param name="options">What it holds and how it is packed.</param>
    /// <returns>The truth, as it was written.</returns>
    /// <exception cref="IOException">The folder holds something, or it cannot be written to.</exception>
    public static TakeoutTruth Write(string folder, TakeoutOptions options)
    {
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"{folder} is not empty: an export goes into a folder of its own.");
        }

        TakeoutPlan plan = Plan(options);
        foreach (string archive in plan.Archives)
        {
            using PartWriter part = PartWriter.Create(options.Format, Path.Combine(folder, archive));
            foreach (PlannedEntry entry in plan.Entries.Where(entry => entry.Truth.Archive == archive))
            {
                byte[] content = entry.Content();
                part.Add(entry.Truth.Path, content);
                entry.Truth.Size = content.Length;
                entry.Truth.Sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
            }
        }

        TakeoutTruth truth = new()
        {
            Options = options,
            Archives = plan.Archives,
            Entries = [.. plan.Entries.Select(entry => entry.Truth)],
        };
        truth.Write(folder);
        return truth;
    }

    private static TakeoutPlan Plan(TakeoutOptions options)
    {
        TakeoutPlan plan = new(options);
        TakeoutLocale locale = TakeoutLocale.For(options);
        TakeoutItem[] awkward = options.Plain ? [] : [.. AwkwardNames.All(), .. AwkwardPairs.All(locale), .. AwkwardFacts.All(locale)];
        int ordinary = Math.Max(0, options.Items - awkward.Length);
        AddOthers(plan);
        foreach (AlbumDraft album in options.Plain ? [] : AwkwardFacts.Albums(locale))
        {
            plan.Add(album);
        }

        foreach (AlbumDraft album in OrdinaryItems.Albums(ordinary))
        {
            plan.Add(album);
        }

        foreach (TakeoutItem item in awkward.Concat(OrdinaryItems.All(ordinary)))
        {
            plan.Add(options.Naming == TakeoutNaming.Mixed ? item : item with { Naming = options.Naming });
        }

        plan.RepeatSome();
        return plan;
    }

    private static void AddOthers(TakeoutPlan plan)
    {
        plan.AddOther("Takeout/archive_browser.html", () => [.. "<!DOCTYPE html><title>Your archive</title>"u8]);
        plan.AddOther($"{plan.Root}/print-subscriptions.json", () => [.. "{}"u8]);
        plan.AddOther($"{plan.Root}/user-generated-memory-titles.json", () => TakeoutJson.MemoryTitles("A \"fine\" year", "Summer"));
        plan.AddOther($"{plan.Root}/Print orders/order 1.json", TakeoutJson.PrintOrder);
        plan.AddOther("Takeout/Drive/IMG_0001.JPG", () => Media("image/jpeg"));
        plan.AddOther("Takeout/Drive/metadata.json", () => [.. "{\"title\":\"Not an album\"}"u8]);
        plan.AddOther("Takeout/Mail/All mail Including Spam and Trash.mbox", () => [.. "From somebody\n"u8]);
        plan.AddOther("Takeout/YouTube and YouTube Music/videos/a video.mp4", () => Media("video/mp4"));
        plan.AddOther("Takeout/Profile/Profile.json", () => [.. "{\"name\":{\"formattedName\":\"Ada Example\"}}"u8]);
    }

    private static byte[] Media(string mimeType) => SyntheticBytes.Make(mimeType, 1, PartWriter.Time.UtcDateTime, 0);
}
