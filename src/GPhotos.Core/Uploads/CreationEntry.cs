namespace GPhotos.Core.Uploads;

/// <summary>One file on its way through batchCreate.</summary>
internal sealed class CreationEntry(UploadedFile file)
{
    /// <summary>The file with its token of this moment.</summary>
    public UploadedFile File { get; private set; } = file;

    /// <summary>
    /// Whether a call whose reply was lost may have used the token up. Google then refuses it in the words of a bad file.
    /// </summary>
    public bool TokenMayBeSpent { get; set; }

    /// <summary>What became of it; null while it is open.</summary>
    public SendOutcome? Outcome { get; private set; }

    public void Renew(UploadedFile sentAnew) => (File, TokenMayBeSpent) = (sentAnew, false);

    public void Done(SendResult result) => Outcome = new SendOutcome(File.Source, result, null);

    public void Failed(GPhotosException error) => Outcome = new SendOutcome(File.Source, null, error);

    public void Pending() => Outcome = SendOutcome.Pending(File.Source, File.Length);
}
