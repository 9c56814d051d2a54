using System.Globalization;
using System.Management.Automation;
using GPhotos.Core.Auth;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Errors;

/// <summary>
/// Turns what Core throws into error records. The ids are a public contract: about_GPhotos_Errors lists them, and tests name them.
/// </summary>
internal static class ErrorRecords
{
    /// <summary>The record of an exception. The target is the file, id or title it is about, where the caller names none.</summary>
    public static ErrorRecord From(GPhotosException error, object? target = null)
    {
        (string id, ErrorCategory category, string advice, object? about) = Describe(error);
        return new ErrorRecord(error, id, category, target ?? about)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = advice },
        };
    }

    private static (string Id, ErrorCategory Category, string Advice, object? About) Describe(GPhotosException error) => error switch
    {
        NotConnectedException e => ("NotConnected", ErrorCategory.AuthenticationError,
            "Run Connect-GPhotos -ClientSecretPath with the JSON file of your Desktop OAuth client, or name a sign-in that is kept with -ProfileName.", e.ProfileName),
        SignInExpiredException e => ("SignInExpired", ErrorCategory.AuthenticationError, CureOf(e.LikelyReason), null),
        SignInFailedException => ("SignInFailed", ErrorCategory.AuthenticationError,
            "Run Connect-GPhotos again and finish the page it opens. Use -NoBrowser where no browser is at hand.", null),
        ClientSecretInvalidException e => ("ClientSecretInvalid", ErrorCategory.InvalidData,
            "Create an OAuth client of the type 'Desktop app' at https://console.cloud.google.com/auth/clients and download its JSON there and then. Get-Help about_GPhotos_Setup has every step.", e.Path),
        ProfileExposedException e => ("ProfileExposed", ErrorCategory.SecurityError,
            e.MendedBy is { } command
                ? $"Run: {command}. If somebody else may have read the file, run Disconnect-GPhotos -Revoke and sign in again."
                : "Let XDG_DATA_HOME name a folder on a file system that keeps modes.",
            e.Path),
        ProfileDamagedException e => ("ProfileDamaged", ErrorCategory.InvalidData,
            "Run Connect-GPhotos -ClientSecretPath to sign in again: what is damaged is set aside, not overwritten. Or update GPhotos, if a later version wrote it.", e.Path),
        VaultFailedException e => ("VaultFailed", ErrorCategory.ResourceUnavailable,
            "Unlock the vault, and see that Get-Secret and Set-Secret work with it (Install-Module Microsoft.PowerShell.SecretManagement). To give the vault up, run Disconnect-GPhotos -Force and sign in without -Vault.", e.Vault),
        ProfileExistsException e => ("ProfileExists", ErrorCategory.ResourceExists,
            "Keep it under another name with -ProfileName, or replace the sign-in that is there with -Force.", e.ProfileName),
        ProfileExportInvalidException e => ("ProfileExportInvalid", ErrorCategory.InvalidData,
            "Name a file that Export-GPhotosProfile made, copy it again, or export the profile again where it is kept.", e.Path),
        PassphraseWrongException e => ("PassphraseWrong", ErrorCategory.SecurityError,
            "Type the passphrase again: capitals and spaces count. If it is right, copy the file again, or export the profile again where it is kept.", e.Path),
        ScopeMissingException { Scopes: [GPhotosScopes.ReadPickedMediaItems] } e => ("ScopeMissing", ErrorCategory.PermissionDenied,
            $"Sign in with the Picker's scope too: Connect-GPhotos -Scope {GPhotosScopes.ReadPickedMediaItems}{ProfileArgument(e)}. An access token must carry the scope when it is made.",
            GPhotosScopes.ReadPickedMediaItems),
        ScopeMissingException e => ("ScopeMissing", ErrorCategory.PermissionDenied,
            $"Run Connect-GPhotos -Scope {e.Scopes[0]}{ProfileArgument(e)} and tick its box. An access token must carry the scope when it is made.",
            string.Join(' ', e.Scopes)),
        ApiDisabledException e => ("ApiDisabled", ErrorCategory.PermissionDenied,
            $"Enable the API that the message names (Photos Library API, or Google Photos Picker API) for your Cloud project{(e.EnableAt is { } page ? $" at {page}" : "")}, wait a minute and run again.", null),
        NotCreatedByThisAppException e => ("NotCreatedByThisApp", ErrorCategory.PermissionDenied,
            "The Library API works only with albums and items that this OAuth client created. Make the album with New-GPhotoAlbum.", e.Id),
        StorageAccessDeniedException e => ("StorageAccessDenied", ErrorCategory.PermissionDenied,
            $"Give {e.Account ?? "an account"} the role Storage Object User (roles/storage.objectUser) on {(e.Bucket is null ? "the bucket" : $"gs://{e.Bucket}")}, and name its key file, or run 'gcloud auth application-default login'.",
            e.Bucket ?? e.Account),
        PermissionDeniedException => ("PermissionDenied", ErrorCategory.PermissionDenied,
            "Check that Google Photos is switched on for the account and that the OAuth client may use it.", null),
        QuotaExceededException e => ("QuotaExceeded", ErrorCategory.LimitsExceeded,
            $"Run the same command again after {e.ResetsAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} (midnight Pacific time): nothing comes to stand twice.",
            null),
        MaximumCallsReachedException => ("MaximumCallsReached", ErrorCategory.LimitsExceeded,
            "Run the same command again, with a larger -MaximumCalls or the same: what is done is known and costs nothing.", null),
        RateLimitedException => ("RateLimited", ErrorCategory.LimitsExceeded,
            "Wait some minutes and run the same command again, with a lower -ThrottleLimit if it comes back.", null),
        StorageFullException => ("StorageFull", ErrorCategory.LimitsExceeded,
            "Free or buy storage for the Google account, then run the same command again.", null),
        MediaItemNotFoundException e => ("MediaItemNotFound", ErrorCategory.ObjectNotFound,
            "Check the id. An item that another app or the phone uploaded has no id here.", e.Id),
        AlbumNotFoundException e => ("AlbumNotFound", ErrorCategory.ObjectNotFound,
            "Get-GPhotoAlbum lists the albums this app can see; New-GPhotoAlbum makes one.", e.Album),
        PickingSessionExpiredException e => ("PickingSessionExpired", ErrorCategory.ObjectNotFound,
            "Pick again what is missing: run Select-GPhotoMediaItem | Save-GPhotoMediaItem with the same -Destination. What is saved is not downloaded twice.", e.SessionId),
        PickingSessionLimitReachedException => ("PickingSessionLimitReached", ErrorCategory.LimitsExceeded,
            "End the sessions that were kept: Select-GPhotoMediaItem -SessionId without -KeepSession ends one. Google ends the others by itself, within a day or so.", null),
        PickingTimedOutException e => ("PickingTimedOut", ErrorCategory.OperationTimeout,
            "Run the same command again, and choose Done on the page before the time is over. A session that was kept is gone on with by Select-GPhotoMediaItem -SessionId.", e.SessionId),
        BucketNotFoundException e => ("BucketNotFound", ErrorCategory.ObjectNotFound,
            "Check the name, or make the bucket: 'gcloud storage buckets create'. GPhotos makes none.", e.Bucket),
        JournalEntryNotFoundException e => ("JournalEntryNotFound", ErrorCategory.ObjectNotFound,
            "Get-GPhotoJournal shows what the journal of this profile knows.", e.Entry),
        AlbumTitleAmbiguousException e => ("AlbumTitleAmbiguous", ErrorCategory.InvalidArgument,
            $"Name one by its id: {string.Join(", ", e.Ids)}", e.Title),
        JournalMismatchException e => ("JournalMismatch", ErrorCategory.InvalidData,
            "For another account use a profile of its own (-ProfileName). If it is the same account and the pictures were deleted, run Update-GPhotoJournal first.", e.ProfileName),
        AlbumFullException e => ("AlbumFull", ErrorCategory.LimitsExceeded,
            "Name another -Album and run the same command again: what is done is known.", e.AlbumId),
        OutcomeUnknownException e => ("OutcomeUnknown", ErrorCategory.InvalidResult,
            "Look at the album on photos.google.com first, and run the same command again only if the change is not there.", e.Id),
        MediaRejectedException e => ("MediaRejected", ErrorCategory.InvalidData,
            "Google takes photos up to 200 MB (AVIF, BMP, GIF, HEIC, ICO, JPG, PNG, TIFF, WEBP, some RAW) and videos up to 20 GB (3GP, AVI, M2TS, MKV, MOV, MP4, MPG, WMV and others). Check that the file opens.",
            e.Path),
        InvalidRequestException => ("InvalidRequest", ErrorCategory.InvalidArgument,
            "Correct the parameters; the message says which.", null),
        ServiceUnavailableException => ("ServiceUnavailable", ErrorCategory.ResourceUnavailable,
            "Run the same command again later: nothing comes to stand twice.", null),
        ConnectionFailedException => ("ConnectionFailed", ErrorCategory.ConnectionError,
            "Check the network, the proxy (HTTPS_PROXY) and the endpoint, then run the same command again.", null),
        DownloadFailedException e => ("DownloadFailed", ErrorCategory.ReadError,
            "Run the same command again. If it fails for this item alone, look at it on photos.google.com.", e.Id),
        FileReadFailedException e => ("FileReadFailed", ErrorCategory.ReadError,
            "Check the path and your rights on it.", e.Path),
        TakeoutDamagedException e => ("TakeoutDamaged", ErrorCategory.InvalidData,
            "Download this part again at takeout.google.com (an export is kept for seven days) and run the same command over all parts.", e.Path),
        FileWriteFailedException e => ("FileWriteFailed", ErrorCategory.WriteError,
            "Check your rights on the folder and the space on the disk, or name another place.", e.Path),
        DestinationInUseException e => ("DestinationInUse", ErrorCategory.ResourceBusy,
            "Wait until the other run is over, or end it, and run the same command again: what it saved is not downloaded twice.", e.Path),
        FileExistsException e => ("FileExists", ErrorCategory.ResourceExists,
            "Move the file away, name another place, or replace it with -Force.", e.Path),
        _ => ("UnexpectedResponse", ErrorCategory.InvalidResult,
            "Run again with -Verbose and report what happened.", null),
    };

    private static string ProfileArgument(ScopeMissingException error) =>
        error.ProfileName is { } name ? Connections.ArgumentFor(name) : Connections.ArgumentForCurrent;

    private static string CureOf(SignInEndReason reason) => reason switch
    {
        SignInEndReason.TestingMode =>
            "Press 'Publish app' at https://console.cloud.google.com/auth/audience, then run Connect-GPhotos at a prompt. While the project stays in Testing, every sign-in ends after seven days.",
        SignInEndReason.TimeLimit =>
            "Run Connect-GPhotos at a prompt to sign in again, and grant access without a limit of time where Google's page lets you choose.",
        SignInEndReason.Unused =>
            "Run Connect-GPhotos at a prompt to sign in again. A schedule that runs more often than twice a year keeps a sign-in alive.",
        SignInEndReason.SessionControl =>
            "Run Connect-GPhotos at a prompt to sign in again. To end that, ask the organisation's administrator to exempt this OAuth client from session control (admin.google.com, Security).",
        SignInEndReason.Revoked =>
            "Run Connect-GPhotos at a prompt to sign in again. Where other machines use the same project, sign them out with Disconnect-GPhotos, without -Revoke.",
        SignInEndReason.AccessTokenAlone => "Run Connect-GPhotos with a new access token, or with one that is kept (-ClientSecretPath) or can be renewed (-RefreshToken).",
        _ => "Run Connect-GPhotos at a prompt to sign in again. Sign-ins end when they are withdrawn, unused for six months, or after seven days while the OAuth client's project is in 'Testing': publish it to 'In production' to end that.",
    };
}
