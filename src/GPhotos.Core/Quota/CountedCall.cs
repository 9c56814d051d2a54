namespace GPhotos.Core.Quota;

/// <summary>A request that was counted and is under way.</summary>
/// <param name="Store">Where it was counted.</param>
/// <param name="Kind">The counter it goes on.</param>
/// <param name="Name">The call, as Google names it.</param>
/// <param name="Day">The day it was counted under, as well as that was known before the answer.</param>
/// <param name="Ahead">How far the server's clock was taken to be ahead.</param>
internal sealed record CountedCall(CallStore Store, CallKind Kind, string Name, DateOnly Day, TimeSpan Ahead);
