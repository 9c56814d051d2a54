namespace GPhotos.Core.Journal;

/// <summary>What a file is, whatever it is called: the SHA-256 of its bytes (lower-case hex) and their number.</summary>
internal readonly record struct ContentIdentity(string Sha256, long Length);
