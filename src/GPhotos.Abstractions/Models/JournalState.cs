namespace GPhotos;

/// <summary>How far a file's content has come on its way to Google Photos.</summary>
public enum JournalState
{
    /// <summary>Its identity is known; no byte is at Google.</summary>
    Hashed,

    /// <summary>Some of its bytes are at Google, in an upload session that can be gone on with for six days.</summary>
    Uploading,

    /// <summary>All of its bytes are at Google, waiting for a media item to be made of them. Good for 23 hours.</summary>
    Uploaded,

    /// <summary>It is a media item.</summary>
    Created,

    /// <summary>Google refused it.</summary>
    Refused,
}
