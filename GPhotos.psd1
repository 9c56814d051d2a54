@{
    RootModule             = 'GPhotos.PowerShell.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '5b1a4c1e-8c7f-4b63-9d0e-3c6a2f5d7e18'
    Author                 = 'The GPhotos team'
    CompanyName            = 'The GPhotos team'
    Copyright              = '(c) The GPhotos team. MIT licence.'
    Description            = 'Google Photos on the pipeline: list, search, download, upload and organise. Every file is accounted for, a run can die anywhere and be run again, and the daily budget is respected.'
    PowerShellVersion      = '7.6'
    CompatiblePSEditions   = @('Core')
    # GPhotos.Types.ps1xml names its types.
    RequiredAssemblies     = @('GPhotos.Abstractions.dll')
    FormatsToProcess       = @('GPhotos.Format.ps1xml')
    TypesToProcess         = @('GPhotos.Types.ps1xml')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    CmdletsToExport        = @(
        'Add-GPhotoAlbumEnrichment'
        'Add-GPhotoAlbumItem'
        'Compare-GPhotoMediaItem'
        'Connect-GPhotos'
        'Disconnect-GPhotos'
        'Export-GPhotoGallery'
        'Export-GPhotosProfile'
        'Get-GPhotoAlbum'
        'Get-GPhotoJournal'
        'Get-GPhotoMediaItem'
        'Get-GPhotoTakeoutItem'
        'Get-GPhotosContext'
        'Get-GPhotosQuota'
        'Import-GPhotosProfile'
        'New-GPhotoAlbum'
        'Remove-GPhotoAlbumItem'
        'Remove-GPhotoJournal'
        'Save-GPhotoMediaItem'
        'Select-GPhotoMediaItem'
        'Send-GPhotoMediaItem'
        'Set-GPhotoAlbum'
        'Set-GPhotoMediaItem'
        'Update-GPhotoJournal'
    )
    PrivateData            = @{
        PSData = @{
            Tags         = @('GooglePhotos', 'Google', 'Photos', 'Pictures', 'Backup', 'Upload', 'Download', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            Prerelease   = 'preview1'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
