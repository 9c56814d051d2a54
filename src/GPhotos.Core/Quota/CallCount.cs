namespace GPhotos.Core.Quota;

/// <summary>How often a call was sent on one day.</summary>
internal sealed record CallCount(DateOnly Day, CallKind Kind, string Name, long Count);
