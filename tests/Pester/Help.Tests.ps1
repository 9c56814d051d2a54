#Requires -Version 7.6

# What a help page shows must do what it says. For the pages of signing in and out see SignInHelp.Tests.ps1: they need somebody at a browser.

BeforeDiscovery {
    $pages = Join-Path $PSScriptRoot ../../docs/en-US
    $cmdlets = foreach ($page in Get-ChildItem $pages -Filter '*-*.md' | Where-Object BaseName -NotIn 'Connect-GPhotos', 'Disconnect-GPhotos') {
        $examples = [regex]::Matches((Get-Content $page -Raw), '(?m)^### (?<title>Example \d+: .*)$\s*```powershell\s(?<code>(?s:.*?))```')
        @{ Cmdlet = $page.BaseName; Examples = @($examples.ForEach({ @{ Title = $_.Groups['title'].Value.Trim(); Code = $_.Groups['code'].Value } })) }
    }
}

BeforeAll { Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force }

Describe 'The examples of <Cmdlet>' -ForEach $cmdlets {
    BeforeAll {
        $photos = Join-Path $PSScriptRoot ../../samples/photos
        # Whoever picks picks five at once, in a browser that shows nothing.
        $emulator = Start-TestEmulator -ArgumentList '--seed-from', $photos, '--foreign-items', '8', '--auto-pick', '5', '--auto-pick-after', '50', '--picker-poll-interval', '0.05'
        $null = Connect-TestSession -Picker
        $saved = $env:BROWSER, $env:GPHOTOS_INTERACTIVE
        $env:BROWSER, $env:GPHOTOS_INTERACTIVE = 'true', '1'
        # Examples begin beside a folder of photos, and later ones go on where earlier ones ended, as a reader's do.
        $null = New-Item (Join-Path $TestDrive $Cmdlet) -ItemType Directory
        $folder = Join-Path $TestDrive $Cmdlet
        Copy-Item $photos (Join-Path $folder photos) -Recurse -Exclude README.md
        if ($Cmdlet -eq 'Get-GPhotoTakeoutItem') {
            Get-ChildItem (New-TestExport (Join-Path $folder export) -ArgumentList '--items', '30', '--parts', '2', '--plain') -Filter *.zip | Move-Item -Destination $folder
        }
        if ($Cmdlet -in 'Export-GPhotosProfile', 'Import-GPhotosProfile') {
            # A token is not kept, and only what is kept can be moved.
            $null = Connect-ThroughPage (Save-ClientSecret (Join-Path $folder client.json))
            if ($Cmdlet -eq 'Import-GPhotosProfile') {
                $null = 'sign-in', 'family' | ForEach-Object { Export-GPhotosProfile -Path (Join-Path $folder "$_.json") -Passphrase (ConvertTo-SecureString 'correct horse' -AsPlainText -Force) }
                Disconnect-GPhotos
            }
        }
        $bucket = @{ Uri = "$($emulator.Endpoint)emulator/buckets"; Method = 'Post'; Body = '{"name":"my-backups"}'; ContentType = 'application/json' }
        $hasBuckets = (Invoke-WebRequest @bucket -SkipHttpErrorCheck).StatusCode -lt 300
        if ($hasBuckets) { Invoke-WebRequest "$($emulator.Endpoint)emulator/service_account.json" -OutFile (Join-Path $folder backup-key.json) }
    }

    AfterAll {
        $env:BROWSER, $env:GPHOTOS_INTERACTIVE = $saved
        Stop-TestEmulator
    }

    It '<Title>' -ForEach $Examples {
        if ($Code -like '*https://*') { Set-ItResult -Skipped -Because 'it fetches from the web'; return }
        if ($Code -like '*gs://*' -and -not $hasBuckets) { Set-ItResult -Skipped -Because 'this emulator keeps no buckets'; return }

        # In a runspace without a host: what -WhatIf says is not for the report. Who is asked for a passphrase types one.
        $typed = "function Read-Host { param([string] `$Prompt, [switch] `$AsSecureString) ConvertTo-SecureString 'correct horse' -AsPlainText -Force }"
        $example = Use-Pipeline -Script "$typed`nSet-Location '$folder'`n$Code"
        $null = $example.Shell.EndInvoke($example.Handle)
        $errors = @($example.Shell.Streams.Error)
        $example.Shell.Runspace.Dispose()

        $errors | Should -BeNullOrEmpty
        if ($Code -like '*gs://*') { Invoke-Emulator buckets/my-backups/objects | Should -Not -BeNullOrEmpty }
    }
}
