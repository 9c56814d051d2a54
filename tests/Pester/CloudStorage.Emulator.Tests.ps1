#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.7.0' }

# Cloud Storage as clients see it that nobody here wrote: gcloud, which is Google's own, and rclone.

BeforeDiscovery {
    $script:Missing = foreach ($tool in 'gcloud', 'rclone') { if (-not (Get-Command $tool -CommandType Application -ErrorAction Ignore)) { $tool } }
    foreach ($tool in $script:Missing) { Write-Warning "What $tool sees of the emulator's Cloud Storage is skipped: install $tool to run it." }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot ../../tools/EmulatorProcess.psm1)
    $emulator = Start-EmulatorProcess -ArgumentList '--bucket', 'gcloud-bucket'
    $key = Join-Path $TestDrive service_account.json
    Invoke-WebRequest "$($emulator.Endpoint)emulator/service_account.json" -OutFile $key

    # A picture, a file of no bytes under a name that has to be encoded, and one for a session.
    $folder = New-Item (Join-Path $TestDrive source) -ItemType Directory
    $deep = New-Item (Join-Path $folder 'deep er') -ItemType Directory
    Copy-Item (Join-Path $PSScriptRoot ../../samples/photos/beach.jpg) $folder
    Set-Content (Join-Path $deep 'ü #1+2%.txt') 'words' -NoNewline
    $null = New-Item (Join-Path $deep empty)
    $large = [byte[]]::new(20MB)
    [System.Random]::new(1).NextBytes($large)
    [System.IO.File]::WriteAllBytes((Join-Path $folder large.bin), $large)

    function Get-StoredObject([string] $Bucket) { (Invoke-RestMethod "$($emulator.Endpoint)emulator/buckets/$Bucket/objects").ForEach{ $_ } }

    # Names with the MD5 of what lies there: in a bucket under copy/, and in a folder.
    function Get-StoredMd5([string] $Bucket) {
        Get-StoredObject $Bucket | ForEach-Object { '{0} {1}' -f ($_.name -replace '^copy/'), $_.md5 } | Sort-Object -CaseSensitive
    }

    function Get-FileMd5([string] $Path) {
        Get-ChildItem $Path -Recurse -File | ForEach-Object {
            '{0} {1}' -f [System.IO.Path]::GetRelativePath($Path, $_.FullName).Replace('\', '/'), (Get-FileHash $_.FullName -Algorithm MD5).Hash.ToLowerInvariant()
        } | Sort-Object -CaseSensitive
    }

    function Invoke-Tool {
        $tool, $rest = $args
        $output = & $tool @rest 2>&1
        if ($LASTEXITCODE -ne 0) { throw "$args ended with ${LASTEXITCODE}: $output" }
        $output | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] }
    }
}

AfterAll { if ($emulator) { Stop-EmulatorProcess $emulator } }

Describe 'gcloud storage against the emulator' -Skip:('gcloud' -in $script:Missing) {
    BeforeAll {
        $settings = @{
            CLOUDSDK_CONFIG                                    = Join-Path $TestDrive gcloud
            CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE            = "$($emulator.Endpoint)storage/v1/"
            CLOUDSDK_CORE_PROJECT                              = 'emulator-project'
            CLOUDSDK_CORE_DISABLE_PROMPTS                      = '1'
            CLOUDSDK_CORE_DISABLE_USAGE_REPORTING              = '1'
            CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK    = '1'
            CLOUDSDK_STORAGE_PARALLEL_COMPOSITE_UPLOAD_ENABLED = 'False'
        }
        $saved = @{}
        foreach ($name in $settings.Keys) {
            $saved[$name] = [System.Environment]::GetEnvironmentVariable($name)
            [System.Environment]::SetEnvironmentVariable($name, $settings[$name])
        }

        Invoke-Tool gcloud auth activate-service-account "--key-file=$key"
    }

    AfterAll { foreach ($name in $saved.Keys) { [System.Environment]::SetEnvironmentVariable($name, $saved[$name]) } }

    It 'copies a folder into a bucket' {
        Invoke-Tool gcloud storage cp --recursive "$folder/*" gs://gcloud-bucket/copy
        Get-StoredMd5 gcloud-bucket | Should -Be (Get-FileMd5 $folder)
    }

    It 'lists it' {
        Invoke-Tool gcloud storage ls gs://gcloud-bucket/copy/ | Should -Be @(
            'gs://gcloud-bucket/copy/beach.jpg', 'gs://gcloud-bucket/copy/large.bin', 'gs://gcloud-bucket/copy/deep er/')
        Invoke-Tool gcloud storage ls | Should -Contain 'gs://gcloud-bucket/'
    }

    It 'copies it back' {
        $back = New-Item (Join-Path $TestDrive gcloud-back) -ItemType Directory
        Invoke-Tool gcloud storage cp --recursive 'gs://gcloud-bucket/copy/*' $back
        Get-FileMd5 $back | Should -Be (Get-FileMd5 $folder)
    }

    It 'writes what it reads to the screen' {
        Invoke-Tool gcloud storage cat 'gs://gcloud-bucket/copy/deep er/ü #1+2%.txt' | Should -Be 'words'
    }

    It 'does not write over what is there when told not to' {
        { Invoke-Tool gcloud storage cp --if-generation-match=0 (Join-Path $folder beach.jpg) gs://gcloud-bucket/copy/beach.jpg } |
            Should -Throw '*HTTPError 412: At least one of the pre-conditions*'
    }

    It 'gives an object a storage class and takes it away again' {
        Invoke-Tool gcloud storage cp --storage-class=COLDLINE (Join-Path $folder beach.jpg) gs://gcloud-bucket/cold.jpg
        (Get-StoredObject gcloud-bucket | Where-Object name -EQ cold.jpg).storageClass | Should -Be 'COLDLINE'
        Invoke-Tool gcloud storage rm gs://gcloud-bucket/cold.jpg
        (Get-StoredObject gcloud-bucket).name | Should -Not -Contain 'cold.jpg'
    }
}

Describe 'rclone against the emulator''s Cloud Storage' -Skip:('rclone' -in $script:Missing) {
    BeforeAll {
        $configuration = Join-Path $TestDrive rclone.conf
        @(
            '[gcs]', 'type = google cloud storage', "service_account_file = $key", 'project_number = emulator-project'
            'bucket_policy_only = true', "endpoint = $($emulator.Endpoint)storage/v1/"
        ) | Set-Content $configuration
        function Invoke-Rclone { Invoke-Tool rclone --config $configuration --retries 1 --low-level-retries 2 @args }
    }

    It 'makes a bucket and copies a folder into it' {
        Invoke-Rclone mkdir gcs:rclone-bucket
        Invoke-Rclone copy $folder gcs:rclone-bucket/copy
        Get-StoredMd5 rclone-bucket | Should -Be (Get-FileMd5 $folder)
        (Invoke-Rclone lsd gcs:) -match 'rclone-bucket$' | Should -HaveCount 1
    }

    It 'lists sizes and the times of the files' {
        $listed = Invoke-Rclone lsl gcs:rclone-bucket/copy
        $listed | Should -HaveCount 4
        $time = (Get-Item (Join-Path $folder large.bin)).LastWriteTime.ToString('yyyy-MM-dd HH:mm:ss')
        $listed | Where-Object { $_ -match 'large\.bin$' } | Should -Match "^ *20971520 $time\.\d+ large\.bin$"
    }

    It 'finds by their MD5 that all are the same' {
        Invoke-Rclone check $folder gcs:rclone-bucket/copy
        { Invoke-Rclone check (Join-Path $folder 'deep er') gcs:rclone-bucket/copy } | Should -Throw '*differences found*'
    }

    It 'copies them back' {
        $back = Join-Path $TestDrive rclone-back
        Invoke-Rclone copy gcs:rclone-bucket/copy $back
        Get-FileMd5 $back | Should -Be (Get-FileMd5 $folder)
    }

    It 'writes what it reads to the screen' {
        Invoke-Rclone cat 'gcs:rclone-bucket/copy/deep er/ü #1+2%.txt' | Should -Be 'words'
    }

    It 'goes on where the line breaks within a session' {
        $fault = @{ kind = 'storage.objects.insert.chunk'; breakAfterBytes = 5000000; count = 1 } | ConvertTo-Json
        $null = Invoke-RestMethod "$($emulator.Endpoint)emulator/faults" -Method Post -Body $fault -ContentType application/json
        $null = Invoke-RestMethod "$($emulator.Endpoint)emulator/stats" -Method Delete
        Invoke-Rclone copyto (Join-Path $folder large.bin) gcs:rclone-bucket/again.bin
        $stats = Invoke-RestMethod "$($emulator.Endpoint)emulator/stats"
        $stats.calls.'storage.objects.insert.start' | Should -Be 1
        $stats.uploadBytes | Should -Be (20MB + 5000000)
        $md5 = (Get-FileHash (Join-Path $folder large.bin) -Algorithm MD5).Hash
        (Get-StoredObject rclone-bucket | Where-Object name -EQ again.bin).md5 | Should -Be $md5.ToLowerInvariant()
    }

    It 'renames and deletes' {
        Invoke-Rclone moveto gcs:rclone-bucket/copy/beach.jpg gcs:rclone-bucket/renamed.jpg
        Invoke-Rclone deletefile gcs:rclone-bucket/copy/large.bin
        (Get-StoredObject rclone-bucket).name | Should -Be @('again.bin', 'copy/deep er/empty', 'copy/deep er/ü #1+2%.txt', 'renamed.jpg')
    }
}
