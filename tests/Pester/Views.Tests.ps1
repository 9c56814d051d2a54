#Requires -Version 7.6

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot ../../output/GPhotos)

    # As it comes back from a job or a file: there a test can make what a run seldom gives.
    function Get-Result([hashtable] $Property) {
        $all = @{ Status = 'Saved'; FullName = $null; Length = 1; Sha256 = $null; RenamedFrom = $null; MotionFullName = $null; SidecarFullName = $null; SetAsideAs = $null; MediaItem = 'a.jpg'; Id = 'id-1' }
        foreach ($name in $Property.Keys) { $all[$name] = $Property[$name] }
        [pscustomobject](@{ PSTypeName = 'Deserialized.GPhotos.SaveResult' } + $all)
    }

    function ConvertTo-Line($Text) { ($Text | Out-String -Width 80) -split '\r?\n' | Where-Object { $_.Trim() } | ForEach-Object TrimEnd }
}

Describe 'The table of save results' {
    It 'shows an address in a bucket as it is written' {
        $lines = ConvertTo-Line (Get-Result @{ FullName = 'gs://my-backups/photos/2017/10/a.jpg' })

        $lines[0] | Should -Be '   Directory: gs://my-backups/photos/2017/10'
        $lines[-1] | Should -Match ' a\.jpg$'
    }

    It 'shows an object at the root of a bucket' {
        (ConvertTo-Line (Get-Result @{ FullName = 'gs://my-backups/a.jpg' }))[0] | Should -Be '   Directory: gs://my-backups'
    }

    It 'shows what is pending by its name, and without a name by its id' {
        $named, $unnamed = (Get-Result @{ Status = 'Pending'; Length = 0 }), (Get-Result @{ Status = 'Pending'; MediaItem = '' })
        $lines = ConvertTo-Line @($named, $unnamed)

        $lines[0] | Should -Be '   Directory: (not saved yet)'
        $lines[-2] | Should -Match '^Pending +0 a\.jpg$'
        $lines[-1] | Should -Match ' id-1$'
    }

    It 'prints nothing of a server''s name that a terminal would act on' {
        $pending = Get-Result @{ Status = 'Pending'; MediaItem = "a`e[31m.jpg"; RenamedFrom = "b`u{202E}gpj.exe" }

        $pending | Format-Table | Out-String | Should -Not -Match "`e\[31m"
        $pending | Format-List | Out-String | Should -Not -Match "`u{202E}"
    }
}

Describe 'The list of save results' {
    It 'names the files beside the picture, and those that were set aside, where there are any' {
        $list = Get-Result @{ FullName = '/p/a.jpg'; RenamedFrom = 'a.HEIC'; MotionFullName = '/p/a.mp4'; SidecarFullName = '/p/a.jpg.json'; SetAsideAs = '/p/a~changed.jpg' } |
            Format-List | Out-String
        foreach ($part in 'RenamedFrom +: a.HEIC', 'MotionFullName +: /p/a.mp4', 'SidecarFullName +: /p/a.jpg.json', 'SetAsideAs +: /p/a~changed.jpg') {
            $list | Should -Match $part
        }

        Get-Result @{ FullName = '/p/a.jpg' } | Format-List | Out-String | Should -Not -Match 'RenamedFrom|MotionFullName|SidecarFullName|SetAsideAs'
    }
}
