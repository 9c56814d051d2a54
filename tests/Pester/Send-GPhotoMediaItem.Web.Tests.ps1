#Requires -Version 7.6

# Bytes that a web server holds, sent with no file in between.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $null = Start-TestEmulator
    $null = Connect-TestSession
}

AfterAll { Stop-TestEmulator }

Describe 'Send-GPhotoMediaItem -Uri' {
    BeforeAll {
        $web = New-TestFolder $TestDrive
        $null = New-TestPicture ('sea.jpg', 'hill.jpg', 'csv1.jpg', 'csv2.jpg', 'secret.jpg' | ForEach-Object { Join-Path $web $_ })
        Set-Content "$web/page.html" '<html>'
        # A web server of a few lines, on a free port.
        $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $probe.Start()
        $port = $probe.LocalEndpoint.Port
        $probe.Stop()
        $listener = [System.Net.HttpListener]::new()
        $listener.Prefixes.Add("http://127.0.0.1:$port/")
        $listener.Start()
        $asked = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()
        $site = "http://127.0.0.1:$port"
        $server = Use-Pipeline -Variable @{ listener = $listener; web = $web; asked = $asked } -Script @'
while ($listener.IsListening) {
    try { $context = $listener.GetContext() } catch { break }
    $name = $context.Request.Url.AbsolutePath.TrimStart('/')
    $asked.Enqueue("$($context.Request.HttpMethod) $name")
    $file = [System.IO.Path]::Combine($web, $name)
    $reply = $context.Response
    try {
        if ([System.IO.File]::Exists($file)) {
            $bytes = [System.IO.File]::ReadAllBytes($file)
            $reply.ContentType = $name.EndsWith('.jpg') ? 'image/jpeg' : 'text/html'
            $reply.ContentLength64 = $bytes.Length
            $reply.Headers['ETag'] = '"' + [System.IO.File]::GetLastWriteTimeUtc($file).Ticks + '"'
            if ($context.Request.HttpMethod -ne 'HEAD') { $reply.OutputStream.Write($bytes, 0, $bytes.Length) }
        }
        else { $reply.StatusCode = 404 }
    }
    finally { $reply.Close() }
}
'@
        function Hash([string] $name) { (Get-FileHash "$web/$name").Hash.ToLowerInvariant() }
    }

    AfterAll {
        $listener.Stop()
        $null = $server.Shell.EndInvoke($server.Handle)
        $server.Shell.Runspace.Dispose()
        $server.Shell.Dispose()
    }

    BeforeEach {
        $folder = New-TestFolder $TestDrive
        Push-Location $folder
        Reset-CallCount
        $asked.Clear()
    }

    AfterEach { Pop-Location }

    It 'sends what a web address holds, with no file in between, and not again' {
        $result = Send-GPhotoMediaItem -Uri "$site/sea.jpg" -Description 'the sea'

        $result.Status | Should -Be Created
        $result.FullName | Should -Be "$site/sea.jpg"
        $result.Length | Should -Be 2000
        $held = Get-HeldItem | Where-Object id -EQ $result.Id
        $held.sha256 | Should -Be (Hash sea.jpg)
        $held.fileName | Should -Be sea.jpg
        $held.description | Should -Be 'the sea'
        Get-ChildItem -Force | Should -BeNullOrEmpty
        @($asked) | Should -Be 'HEAD sea.jpg', 'GET sea.jpg'

        # The server vouches by its ETag that it is the same, so it is not even read.
        Reset-CallCount
        $asked.Clear()
        $again = Send-GPhotoMediaItem -Uri "$site/sea.jpg"
        $again.Status | Should -Be AlreadyInLibrary
        $again.Id | Should -Be $result.Id
        (Invoke-Emulator stats).libraryCalls | Should -Be 0
        @($asked) | Should -Be 'HEAD sea.jpg'
    }

    It 'knows bytes of the web that were sent as a file' {
        Copy-Item "$web/hill.jpg" local.jpg
        $first = Send-GPhotoMediaItem local.jpg
        $second = Send-GPhotoMediaItem -Uri "$site/hill.jpg"
        $second.Id | Should -Be $first.Id
        @(Get-HeldItem | Where-Object sha256 -EQ (Hash hill.jpg)).Count | Should -Be 1
    }

    It 'takes rows of a CSV file with a Uri column' {
        'Uri,Album,Description', "$site/csv1.jpg,From the web,first", "$site/csv2.jpg,From the web," | Set-Content rows.csv
        $results = Import-Csv rows.csv | Send-GPhotoMediaItem

        $results.Status | Should -Be Created, Created
        Get-HeldName 'From the web' | Should -Be csv1.jpg, csv2.jpg
        (Get-HeldItem | Where-Object sha256 -EQ (Hash csv1.jpg)).description | Should -Be first
    }

    It 'shows no query of an address, which may hold a key' {
        $all = Send-GPhotoMediaItem -Uri "$site/secret.jpg?key=sesame", "$site/none.jpg?key=sesame" -Verbose -Debug -ErrorAction Continue *>&1
        $all | Where-Object { $_ -is [GPhotos.SendResult] } | ForEach-Object FullName | Should -Be "$site/secret.jpg"
        ($all | Format-List * -Force | Out-String -Width 4000) | Should -Not -Match sesame
        (Get-GPhotoJournal | Format-List * | Out-String -Width 4000) | Should -Not -Match sesame
    }

    It 'gives one error for <Name>, without a call, and sends the others' -ForEach @(
        @{ Name = 'http to another machine'; Address = 'http://example.com/a.jpg'; Says = 'http' ; Shown = 'http://example.com/a.jpg' }
        @{ Name = 'http to the private network'; Address = 'http://192.168.0.1/a.jpg'; Says = 'https'; Shown = 'http://192.168.0.1/a.jpg' }
        @{ Name = 'ftp'; Address = 'ftp://127.0.0.1/a.jpg'; Says = 'not an https address'; Shown = 'ftp://127.0.0.1/a.jpg' }
        @{ Name = 'a file'; Address = 'file:///etc/a.jpg'; Says = 'not an https address'; Shown = 'file:*' }
        @{ Name = 'a relative address'; Address = 'a.jpg'; Says = 'not an https address'; Shown = 'a.jpg' }
        @{ Name = 'a password in the address'; Address = 'https://me:sesame@127.0.0.1/a.jpg'; Says = 'password'; Shown = 'https://127.0.0.1/a.jpg' }
    ) {
        Copy-Item "$web/sea.jpg" "$web/fresh.jpg"
        $null = New-TestPicture "$web/fresh.jpg"
        $results = @(Send-GPhotoMediaItem -Uri $Address, "$site/fresh.jpg" -ErrorAction SilentlyContinue -ErrorVariable problems)

        $results.FullName | Should -Be "$site/fresh.jpg"
        Assert-GPhotosError $problems -Id FileReadFailed -Category ReadError -Target $problems[0].TargetObject
        "$($problems[0].TargetObject)" | Should -BeLike $Shown
        "$problems" | Should -Match $Says
        "$problems $($problems[0].TargetObject)" | Should -Not -Match sesame
        Get-CallCount uploads | Should -Be 1
    }

    It 'gives one error for <Name>' -ForEach @(
        @{ Name = 'an address that holds nothing'; Page = 'none.jpg'; Id = 'FileReadFailed'; Category = 'ReadError' }
        @{ Name = 'a page'; Page = 'page.html'; Id = 'MediaRejected'; Category = 'InvalidData' }
    ) {
        $record = Get-ErrorOf { Send-GPhotoMediaItem -Uri "$site/$Page" }
        Assert-GPhotosError $record -Id $Id -Category $Category -Target "$site/$Page"
        (Invoke-Emulator stats).libraryCalls | Should -Be 0
    }
}
