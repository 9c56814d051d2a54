namespace GPhotos.Core.Uploads;

/// <summary>Bytes of the web.</summary>
internal sealed class WebSources
{
    public Task<UploadSource> LookAtAsync(Uri address, CancellationToken cancellationToken) => throw new NotSupportedException(address + " " + cancellationToken);
}
