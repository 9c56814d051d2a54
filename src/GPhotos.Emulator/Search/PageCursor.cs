namespace GPhotos.Emulator.Search;

/// <summary>Where a listing goes on: behind which item, and which oddities lie on the way.</summary>
/// <param name="Page">How many pages with items came before.</param>
/// <param name="Ticks">The creation time of the last item given.</param>
/// <param name="Key">The key of the last item given.</param>
/// <param name="Offset">How many items came before, for lists in the user's own order.</param>
/// <param name="EmptyPageGiven">The empty page before this one has been given.</param>
/// <param name="AtEnd">Nothing is left; the token was only given for the oddity's sake.</param>
internal readonly record struct PageCursor(int Page, long Ticks, ulong Key, int Offset, bool EmptyPageGiven, bool AtEnd);
