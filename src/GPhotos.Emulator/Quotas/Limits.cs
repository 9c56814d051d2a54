using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Quotas;

/// <summary>The quotas in force and what is used of them. A limit of 0 is none.</summary>
internal sealed class Limits(EmulatorOptions options)
{
    private readonly WriteWindow _writes = new(options.TimeProvider);
    private readonly WriterLane _lane = new();

    /// <summary>Library requests a project may make in a day.</summary>
    public long Daily { get; set; } = options.DailyLimit;

    /// <summary>Requests for media bytes a project may make in a day.</summary>
    public long DailyMedia { get; set; } = options.DailyMediaLimit;

    /// <summary>Writes a user may make in any minute.</summary>
    public long WritesPerMinute { get; set; } = options.WritesPerMinute;

    public DailyCounter Requests { get; } = new(options.TimeProvider);

    public DailyCounter MediaRequests { get; } = new(options.TimeProvider);

    /// <summary>Counts a Library request.</summary>
    /// <returns>The refusal, where the project has no more of them today.</returns>
    public GoogleError? CountRequest(string project) =>
        Requests.Count(project) > Daily && Daily > 0 ? QuotaErrors.Daily(Daily) : null;

    /// <summary>Counts a request for media bytes.</summary>
    /// <returns>The refusal, where the project has no more of them today.</returns>
    public GoogleError? CountMediaRequest(string project) =>
        MediaRequests.Count(project) > DailyMedia && DailyMedia > 0 ? QuotaErrors.DailyMedia(DailyMedia) : null;

    /// <summary>Lets a write in, or refuses it. Which of the two quotas Google looks at first is not known.</summary>
    /// <returns>To be disposed when the write is over.</returns>
    public IDisposable BeginWrite(Caller caller) =>
        _writes.TryCount(caller.User, WritesPerMinute) ? _lane.Enter(caller.User) : throw QuotaErrors.PerMinute(WritesPerMinute);
}
