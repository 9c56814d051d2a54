namespace GPhotos.Emulator;

/// <summary>What an emulator holds, how long its tokens and URLs live, and which of Google's oddities it shows.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The loopback port; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>A folder whose pictures and videos, at any depth, are the library at the start.</summary>
    public string? SeedFrom { get; init; }

    /// <summary>How many synthetic media items the library starts with.</summary>
    public int Items { get; init; }

    /// <summary>How many synthetic media items of several kinds the user has at the start that no project made.</summary>
    public int ForeignItems { get; init; }

    /// <summary>The names of Cloud Storage buckets that are there at the start.</summary>
    public IReadOnlyList<string> Buckets { get; init; } = [];

    /// <summary>Honours the scopes that Google removed on 31 March 2025, for clients written before.</summary>
    public bool GrantLegacyScopes { get; init; }

    /// <summary>Of the consent screen of every project.</summary>
    public PublishingStatus PublishingStatus { get; init; }

    /// <summary>How long a base URL may be used.</summary>
    public TimeSpan BaseUrlLifetime { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>How long an access token may be used.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromSeconds(3599);

    /// <summary>How long a new video stays PROCESSING.</summary>
    public TimeSpan VideoProcessingTime { get; init; }

    /// <summary>Added to each reply.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Puts an empty page that carries a token between any two pages.</summary>
    public bool EmptyPages { get; init; }

    /// <summary>Puts but half as many items as asked for on every other page, the first among them.</summary>
    public bool ShortPages { get; init; }

    /// <summary>Gives a token after the last page; the page behind it is empty.</summary>
    public bool TrailingPageToken { get; init; }

    /// <summary>Repeats the last item of a page as the first of the next.</summary>
    public bool RepeatAtPageSeams { get; init; }

    /// <summary>Library requests a project may make in a day; 0 for any number.</summary>
    public long DailyLimit { get; init; } = 10_000;

    /// <summary>Requests for media bytes a project may make in a day; 0 for any number.</summary>
    public long DailyMediaLimit { get; init; } = 75_000;

    /// <summary>Writes a user may make in a minute; 0 for any number.</summary>
    public long WritesPerMinute { get; init; } = 30;

    /// <summary>How many items an album may have.</summary>
    public int AlbumCapacity { get; init; } = 20_000;

    /// <summary>How the Picker behaves.</summary>
    public PickerOptions Picker { get; init; } = new();

    /// <summary>The clock that tokens, URLs and upload times go by.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
