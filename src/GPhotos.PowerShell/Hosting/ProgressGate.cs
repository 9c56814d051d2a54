using System.Diagnostics;
using System.Management.Automation;

namespace GPhotos.PowerShell.Hosting;

/// <summary>No progress for work under a second, five records a second at most, and an end for whatever was begun.</summary>
internal sealed class ProgressGate
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly long _started = Stopwatch.GetTimestamp();
    private long _last;
    private ProgressRecord? _shown;

    public bool IsDue =>
        Stopwatch.GetElapsedTime(_started) > Quiet && (_shown is null || Stopwatch.GetElapsedTime(_last) > Between);

    public void Shown(ProgressRecord record) => (_shown, _last) = (record, Stopwatch.GetTimestamp());

    public ProgressRecord? Completion()
    {
        ProgressRecord? record = _shown;
        _shown = null;
        return record is null
            ? null
            : new ProgressRecord(record.ActivityId, record.Activity, "Done") { RecordType = ProgressRecordType.Completed };
    }
}
