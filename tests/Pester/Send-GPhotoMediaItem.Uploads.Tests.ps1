#Requires -Version 7.6

# The way of the bytes: sessions that go on after a break, Ctrl+C in the middle, checksums.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession
    $megabytes = 1000 * 1000
}

AfterAll { Stop-TestEmulator }

Describe 'Send-GPhotoMediaItem and large files' {
    BeforeEach {
        $folder = New-TestFolder $TestDrive
        $file = New-TestPicture (Join-Path $folder large.jpg) -Length (60 * $megabytes)
        Reset-CallCount
    }

    AfterEach {
        Clear-Fault
        Remove-Item $folder -Recurse
    }

    It 'sends a file of 60 MB in one session of two calls' {
        $result = $file | Send-GPhotoMediaItem

        $result.Status | Should -Be Created
        (Get-HeldItem | Where-Object id -EQ $result.Id).sha256 | Should -Be (Get-FileHash $file).Hash.ToLowerInvariant()
        (Invoke-Emulator stats).uploadBytes | Should -Be (60 * $megabytes)
        (Invoke-Emulator stats).libraryCalls | Should -Be 3
        Get-CallCount uploads.start | Should -Be 1
    }

    It 'goes on where the line broke' {
        Add-Fault @{ kind = 'uploads.*'; breakAfterBytes = 25 * $megabytes; count = 1 }
        $result = $file | Send-GPhotoMediaItem

        (Get-HeldItem | Where-Object id -EQ $result.Id).sha256 | Should -Be (Get-FileHash $file).Hash.ToLowerInvariant()
        Get-CallCount uploads.start | Should -Be 1
        Get-CallCount uploads.query | Should -Be 1
        (Invoke-Emulator stats).uploadBytes | Should -BeLessThan (65 * $megabytes)
    }

    It 'ends in under a second on Ctrl+C in the middle of a file, and the next run goes on from there' {
        # The line breaks after 25 MB, and nobody says how far it got: the run stands still in the middle.
        Add-Fault @{ kind = 'uploads.*'; breakAfterBytes = 25 * $megabytes; count = 1 }
        Add-Fault @{ kind = 'uploads.query'; count = -1; hang = $true }
        $run = Use-Pipeline '$file | Send-GPhotoMediaItem' -Variable @{ file = $file }
        Wait-Until { Get-CallCount uploads.query }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        Wait-Quiet
        [System.IO.File]::Open($file.FullName, 'Open', 'ReadWrite', 'None').Dispose()
        Get-CallCount mediaItems.batchCreate | Should -Be 0
        (Get-GPhotoJournal $file.FullName).State | Should -Be Uploading

        Clear-Fault
        $sent = (Invoke-Emulator stats).uploadBytes
        $sent | Should -BeGreaterThan (20 * $megabytes)
        $asked = Get-CallCount uploads.query
        $result = $file | Send-GPhotoMediaItem -ErrorAction Stop

        $result.Status | Should -Be Created
        (Get-HeldItem | Where-Object id -EQ $result.Id).sha256 | Should -Be (Get-FileHash $file).Hash.ToLowerInvariant()
        Get-CallCount uploads.query | Should -Be ($asked + 1)
        Get-CallCount uploads.start | Should -Be 1
        (Invoke-Emulator stats).uploadBytes | Should -BeLessThan (65 * $megabytes)
    }

    It 'ends in under a second on Ctrl+C while bytes travel' {
        $files = New-TestPicture (1..3 | ForEach-Object { Join-Path $folder "more$_.jpg" }) -Length (55 * $megabytes)
        $run = Use-Pipeline '$files | Send-GPhotoMediaItem' -Variable @{ files = $files }
        Wait-Until { (Invoke-Emulator stats).uploadBytes -gt 0 }

        (Stop-Pipeline $run).TotalSeconds | Should -BeLessThan 1
        Wait-Quiet
        Get-CallCount mediaItems.batchCreate | Should -Be 0
        foreach ($one in $files) { [System.IO.File]::Open($one.FullName, 'Open', 'ReadWrite', 'None').Dispose() }
    }

    It 'begins a new session for a file that changed since' {
        Add-Fault @{ kind = 'uploads.*'; breakAfterBytes = 25 * $megabytes; count = 1 }
        Add-Fault @{ kind = 'uploads.query'; count = -1; hang = $true }
        $run = Use-Pipeline '$file | Send-GPhotoMediaItem' -Variable @{ file = $file }
        Wait-Until { Get-CallCount uploads.query }
        $null = Stop-Pipeline $run
        Clear-Fault
        $null = New-TestPicture $file.FullName -Length (60 * $megabytes)
        Reset-CallCount
        $result = $file | Send-GPhotoMediaItem -ErrorAction Stop

        (Get-HeldItem | Where-Object id -EQ $result.Id).sha256 | Should -Be (Get-FileHash $file).Hash.ToLowerInvariant()
        Get-CallCount uploads.start | Should -Be 1
        Get-CallCount uploads.query | Should -Be 0
        (Invoke-Emulator stats).uploadBytes | Should -Be (60 * $megabytes)
    }

    It 'lets Google check a large file with -VerifyChecksum, over a break too' {
        Add-Fault @{ kind = 'uploads.*'; breakAfterBytes = 25 * $megabytes; count = 1 }
        $result = $file | Send-GPhotoMediaItem -VerifyChecksum
        $result.Status | Should -Be Created
        (Get-HeldItem | Where-Object id -EQ $result.Id).sha256 | Should -Be (Get-FileHash $file).Hash.ToLowerInvariant()
    }
}

Describe 'Send-GPhotoMediaItem -VerifyChecksum' {
    BeforeAll {
        $folder = New-TestFolder $TestDrive
        # A server of a few lines between client and emulator: it shows which headers came.
        $seen = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()
        $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $probe.Start()
        $port = $probe.LocalEndpoint.Port
        $probe.Stop()
        $listener = [System.Net.HttpListener]::new()
        $listener.Prefixes.Add("http://127.0.0.1:$port/")
        $listener.Start()
        $server = Use-Pipeline -Variable @{ listener = $listener; seen = $seen; emulator = $env:GPHOTOS_ENDPOINT } -Script @'
$http = [System.Net.Http.HttpClient]::new()
while ($listener.IsListening) {
    try { $context = $listener.GetContext() } catch { break }
    $from = $context.Request
    if ($from.Url.AbsolutePath -eq '/v1/uploads') { $seen.Enqueue("$($from.Headers['X-Goog-Hash'])") }
    $to = [System.Net.Http.HttpRequestMessage]::new($from.HttpMethod, [uri]::new([uri]$emulator, $from.RawUrl))
    $to.Content = [System.Net.Http.StreamContent]::new($from.InputStream)
    foreach ($name in $from.Headers.AllKeys | Where-Object { $_ -match '^(X-Goog-|Authorization$)' }) { $null = $to.Headers.TryAddWithoutValidation($name, $from.Headers[$name]) }
    if ($from.ContentType) { $null = $to.Content.Headers.TryAddWithoutValidation('Content-Type', $from.ContentType) }
    $answer = $http.Send($to)
    $context.Response.StatusCode = [int]$answer.StatusCode
    $bytes = $answer.Content.ReadAsByteArrayAsync().Result
    if ($answer.Content.Headers.ContentType) { $context.Response.ContentType = "$($answer.Content.Headers.ContentType)" }
    $context.Response.OutputStream.Write($bytes, 0, $bytes.Length)
    $context.Response.Close()
}
'@
        $token = (Invoke-Emulator tokens -Method Post -Body @{}).access_token
        $null = Connect-GPhotos -ProfileName seen -Endpoint "http://127.0.0.1:$port/" -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force) -WarningAction Ignore
    }

    AfterAll {
        Disconnect-GPhotos seen -ErrorAction Ignore
        $listener.Stop()
        $null = $server.Shell.EndInvoke($server.Handle)
        $server.Shell.Runspace.Dispose()
        $server.Shell.Dispose()
    }

    BeforeEach { $seen.Clear() }

    It 'tells Google the SHA-1 of each file, and of none without it' {
        $files = New-TestPicture "$folder/a.jpg", "$folder/b.jpg", "$folder/c.jpg"
        (Send-GPhotoMediaItem $files[0].FullName).Status | Should -Be Created
        @($seen) | Should -Be ''
        $seen.Clear()
        ($files[1, 2] | Send-GPhotoMediaItem -VerifyChecksum).Status | Should -Be Created, Created
        $expected = $files[1, 2] | ForEach-Object { 'sha1=' + [convert]::ToBase64String([System.Security.Cryptography.SHA1]::HashData([System.IO.File]::ReadAllBytes($_))) }
        @($seen) | Sort-Object | Should -Be ($expected | Sort-Object)
    }
}
