#Requires -Version 7.6

BeforeDiscovery {
    $root = Resolve-Path (Join-Path $PSScriptRoot ../..)
    $cmdlets = (Import-PowerShellDataFile (Join-Path $root GPhotos.psd1)).CmdletsToExport | ForEach-Object { @{ Name = $_ } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot TestSupport.psm1) -Force
    $root = Resolve-Path (Join-Path $PSScriptRoot ../..)
    $module = Join-Path $root output GPhotos
    $manifest = Join-Path $module GPhotos.psd1
    $null = Start-TestEmulator -ArgumentList '--items', '5'
    $token = (Invoke-Emulator tokens -Method Post -Body @{}).access_token
    $connect = '$null = Connect-GPhotos -AccessToken (ConvertTo-SecureString $Arguments[0] -AsPlainText -Force)'

    # Everything the module brings along; none of it may be seen by other modules.
    $dependencies = (Get-ChildItem (Join-Path $module dependencies) -Filter *.dll).BaseName
}

AfterAll {
    Stop-TestEmulator
}

Describe 'The manifest' {
    It 'is valid' {
        $tested = Test-ModuleManifest $manifest -ErrorAction Stop -WarningAction Stop
        $tested.Name | Should -Be GPhotos
        $tested.Description | Should -Not -BeNullOrEmpty
        $tested.Tags | Should -Not -BeNullOrEmpty
        $tested.PowerShellVersion | Should -Be ([version]'7.6')
    }

    It 'exports by name what the module has, and nothing else' {
        $data = Import-PowerShellDataFile $manifest
        $data.CmdletsToExport | Sort-Object | Should -Be ((Get-Command -Module GPhotos).Name | Sort-Object)
        $inDll = [System.Reflection.Assembly]::LoadFrom((Join-Path $module GPhotos.PowerShell.dll)).GetExportedTypes() |
            ForEach-Object { $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) } |
            ForEach-Object { "$($_.VerbName)-$($_.NounName)" }
        $data.CmdletsToExport | Sort-Object | Should -Be ($inDll | Sort-Object)
        foreach ($kind in 'FunctionsToExport', 'VariablesToExport', 'AliasesToExport') { $data.$kind | Should -BeNullOrEmpty }
    }

    It 'has the version of its assemblies' {
        $version = [version](Import-PowerShellDataFile $manifest).ModuleVersion
        foreach ($name in 'GPhotos.PowerShell.dll', 'GPhotos.Abstractions.dll', 'dependencies/GPhotos.Core.dll') {
            $assembly = [System.Reflection.AssemblyName]::GetAssemblyName((Join-Path $module $name)).Version
            "$($assembly.Major).$($assembly.Minor).$($assembly.Build)" | Should -Be $version -Because $name
        }
    }

    It 'names every file that it processes, and they are there' {
        $data = Import-PowerShellDataFile $manifest
        foreach ($file in @($data.FormatsToProcess) + @($data.TypesToProcess) + @($data.RootModule)) { Join-Path $module $file | Should -Exist }
        Join-Path $module LICENSE | Should -Exist
    }
}

Describe '<Name>' -ForEach $cmdlets {
    BeforeAll { $command = Get-Command $Name -Module GPhotos }

    It 'has a help page with a synopsis, every parameter, and two examples' {
        $page = Join-Path $root docs/en-US "$Name.md"
        $page | Should -Exist
        $text = Get-Content $page -Raw
        foreach ($parameter in $command.Parameters.Values | Where-Object { $_.Attributes.TypeId -notcontains 'x' -and $_.Name -notin [System.Management.Automation.Cmdlet]::CommonParameters -and $_.Name -notin 'WhatIf', 'Confirm' }) {
            $text | Should -Match "(?m)^### -$($parameter.Name)\b" -Because "the page of $Name must tell of -$($parameter.Name)"
        }
        [regex]::Matches($text, "(?m)^### Example|(?m)^### EXAMPLE").Count | Should -BeGreaterOrEqual 2
    }

    It 'shows that help in the shell' {
        $help = Get-Help $Name -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$Name \[" -Because 'that is the help the engine makes up'
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
    }

    It 'has a test file' {
        Join-Path $PSScriptRoot "$Name.Tests.ps1" | Should -Exist
    }

    It 'has an approved verb, a noun of ours, and says what it gives' {
        Get-Verb $command.Verb | Should -Not -BeNullOrEmpty
        $command.Noun | Should -Match '^GPhotos?[A-Z]?'
        $command.OutputType | Should -Not -BeNullOrEmpty
    }

    It 'has at most two positional parameters a set, and one that takes the pipeline by value' {
        foreach ($set in $command.ParameterSets) {
            @($set.Parameters | Where-Object Position -GE 0).Count | Should -BeLessOrEqual 2 -Because $set.Name
            @($set.Parameters | Where-Object ValueFromPipeline).Count | Should -BeLessOrEqual 1 -Because $set.Name
        }
    }

    It 'uses no reserved parameter name, and only names in Pascal case' {
        $reserved = 'Debug', 'ErrorAction', 'ErrorVariable', 'InformationAction', 'InformationVariable', 'OutBuffer', 'OutVariable', 'PipelineVariable',
            'ProgressAction', 'Verbose', 'WarningAction', 'WarningVariable', 'SelectProperty', 'SelectObject', 'UseTransaction'
        $own = $command.ImplementingType.GetProperties() | Where-Object { $_.GetCustomAttributes([System.Management.Automation.ParameterAttribute], $true) }
        foreach ($property in $own) {
            $property.Name | Should -Not -BeIn $reserved
            $property.Name | Should -MatchExactly '^[A-Z][A-Za-z]+$'
            $property.Name | Should -Not -BeIn 'WhatIf', 'Confirm' -Because 'SupportsShouldProcess brings them'
        }
    }

    It 'supports -WhatIf if it changes something' {
        if ($command.Verb -in 'Get', 'Select', 'Connect', 'Compare') { return }
        $command.Parameters.Keys | Should -Contain WhatIf
        $command.Parameters.Keys | Should -Contain Confirm
    }
}

Describe 'Loading' {
    It 'loads no dependency on import, for help, or to complete what is static' {
        $lines = @(Invoke-ChildShell -NoImport -Script @'
$before = [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name
Import-Module $modulePath
$null = Get-Command -Module GPhotos -Syntax
$null = TabExpansion2 'Get-GPhotoMediaItem -Category P' -cursorColumn 31
$null = TabExpansion2 'Get-GPhotoMediaItem -MediaType ' -cursorColumn 31
[AppDomain]::CurrentDomain.GetAssemblies().GetName().Name | Where-Object { $_ -notin $before -and $_ -notlike 'System.*' -and $_ -notlike 'Microsoft.PowerShell*' -and $_ -ne 'Microsoft.CSharp' }
'@ | Sort-Object)
        $lines | Should -Be 'GPhotos.Abstractions', 'GPhotos.PowerShell'
    }

    It 'keeps every dependency out of the default load context, even after real calls' {
        $refresh = (Invoke-Emulator tokens -Method Post -Body @{}).refresh_token
        $client = Save-ClientSecret (Join-Path $TestDrive loading.json)
        $lines = @(Invoke-ChildShell -ArgumentList $refresh -Script @"
`$null = Connect-GPhotos -RefreshToken (ConvertTo-SecureString `$Arguments[0] -AsPlainText -Force) -ClientSecretPath '$client'
`$items = Get-GPhotoMediaItem
`$null = New-GPhotoAlbum loaded
"items `$(`$items.Count)"
[System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.GetName().Name | ForEach-Object { "default `$_" }
([System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ GPhotos).Assemblies.GetName().Name | ForEach-Object { "private `$_" }
"@)
        $lines | Should -Contain 'items 5'
        $lines | Should -Contain 'private GPhotos.Core'
        $lines | Should -Contain 'private Google.Apis.Auth'
        $lines -match '^default (Google\.|Microsoft\.Extensions\.|Polly|GPhotos\.Core)' | Should -BeNullOrEmpty
        $own = $dependencies | Where-Object { $_ -notmatch '^(System\.|Newtonsoft\.Json$)' }
        $lines | Where-Object { $_ -like 'default *' -and $_.Substring(8) -in $own } | Should -BeNullOrEmpty
        $lines -match '^private GPhotos\.(Abstractions|PowerShell)' | Should -BeNullOrEmpty -Because 'the models must be one type'
    }

    It 'is not disturbed by other versions of its dependencies that were loaded first' {
        $lines = @(Invoke-ChildShell -NoImport -ArgumentList $token -Script @"
`$stand = Join-Path ([System.IO.Path]::GetTempPath()) "gphotos-test-`$([guid]::NewGuid().ToString('N'))"
`$null = New-Item `$stand -ItemType Directory
try {
    # Old versions with the right names and none of the right types.
    foreach (`$name in 'Google.Apis.Core', 'Google.Apis', 'Google.Apis.Auth', 'Microsoft.Extensions.DependencyInjection', 'Microsoft.Extensions.DependencyInjection.Abstractions', 'Microsoft.Extensions.Http', 'Polly.Core') {
        `$dll = Join-Path `$stand "`$name.dll"
        `$builder = [System.Reflection.Emit.PersistedAssemblyBuilder]::new([System.Reflection.AssemblyName]::new("`$name, Version=1.0.0.0"), [object].Assembly)
        `$null = `$builder.DefineDynamicModule(`$name).DefineType("Stale").CreateType()
        `$builder.Save(`$dll)
        `$null = [System.Reflection.Assembly]::LoadFrom(`$dll)
    }
    Import-Module `$modulePath
    $connect
    "items `$(@(Get-GPhotoMediaItem).Count)"
    "stale `$([System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.GetName() | Where-Object Name -EQ 'Google.Apis.Core' | ForEach-Object Version)"
}
finally {
    if (-not `$IsWindows) { Remove-Item `$stand -Recurse }
}
"@)
        $lines | Should -Be 'items 5', 'stale 1.0.0.0'
    }

    It 'works after Import-Module -Force, and after removal and import, with the same session' {
        $lines = @(Invoke-ChildShell -ArgumentList $token -Script @"
$connect
Import-Module `$modulePath -Force
"forced `$(@(Get-GPhotoMediaItem).Count)"
Remove-Module GPhotos
"gone `$(`$null -eq (Get-Command Get-GPhotoMediaItem -ErrorAction Ignore -Module GPhotos | Where-Object Source -eq GPhotos))"
Import-Module `$modulePath
"again `$(@(Get-GPhotoMediaItem).Count)"
"view `$((Get-GPhotoMediaItem -First 1 | Out-String) -match 'Created \(UTC\)')"
"@)
        $lines[0] | Should -Be 'forced 5'
        $lines[-2, -1] | Should -Be 'again 5', 'view True'
    }
}

Describe 'Many runspaces, one sign-in' {
    BeforeAll { $null = Connect-TestSession }

    It 'works in ForEach-Object -Parallel' {
        $counts = 1..6 | ForEach-Object -ThrottleLimit 3 -Parallel {
            Import-Module $using:module
            @(Get-GPhotoMediaItem).Count
        }
        $counts | Should -Be 5, 5, 5, 5, 5, 5
    }

    It 'works in two thread jobs at once, and their objects are the same type' {
        if (-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'there is no Start-ThreadJob'; return }
        $jobs = 1..2 | ForEach-Object { Start-ThreadJob { Import-Module $using:module; Get-GPhotoMediaItem } }
        try { $items = $jobs | Receive-Job -Wait } finally { $jobs | Remove-Job -Force }

        $items.Count | Should -Be 10
        $items | Should -BeOfType ([GPhotos.MediaItem])
    }

    It 'works in two runspaces at once, and closing one leaves the other alone' {
        $one = Use-Pipeline 'Get-GPhotoMediaItem'
        $other = Use-Pipeline 'Get-GPhotoMediaItem; Get-GPhotoAlbum'
        $null = $one.Shell.EndInvoke($one.Handle)
        $one.Shell.Runspace.Dispose()
        $null = $other.Shell.EndInvoke($other.Handle)
        $other.Shell.Runspace.Dispose()

        $one.Output.Count | Should -Be 5
        $other.Output.Count | Should -BeGreaterOrEqual 5
        @(Get-GPhotoMediaItem).Count | Should -Be 5
    }

    It 'makes the items of two runspaces one call at a time' {
        $folder = (New-Item (Join-Path $TestDrive parallel) -ItemType Directory).FullName
        $files = (New-TestPicture (1..8 | ForEach-Object { Join-Path $folder "$_.jpg" })).FullName
        Reset-CallCount
        Add-Fault @{ path = '/v1/mediaItems:batchCreate'; count = -1; latencyMs = 50 }
        $results = $files | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:module
            Send-GPhotoMediaItem $_
        }
        Clear-Fault

        $results.Status | ForEach-Object { $_ | Should -Be Created }
        Get-MaxInFlight mediaItems.batchCreate | Should -Be 1
        (Invoke-Emulator stats).statuses.PSObject.Properties.Name | Should -Not -Contain '429'
    }

    It 'works in a job of another process, by the profile that was kept' {
        $client = Save-ClientSecret (Join-Path $TestDrive client.json)
        $null = Connect-ThroughPage $client
        $job = Start-Job { Import-Module $using:module; Get-GPhotoMediaItem -First 2 }
        try { $items = Receive-Job $job -Wait } finally { Remove-Job $job -Force; $null = Connect-TestSession }

        $items.Count | Should -Be 2
        ($items | Get-GPhotoMediaItem).Id | Should -Be $items.Id
        ($items | Out-String) | Should -Match 'Created \(UTC\)'
    }
}

Describe 'Completion' {
    BeforeAll {
        function Complete([string] $line) { (TabExpansion2 $line -cursorColumn $line.Length).CompletionMatches }
        $null = Connect-TestSession
        $null = 'Plain', "It's here", 'Two words', '20171005', '-dash', 'Trip [1]', '$money', "curly $([char]0x2019) quote", 'a;b' | New-GPhotoAlbum
    }

    BeforeEach { Reset-CallCount }
    AfterEach { Clear-Fault }

    It 'completes album titles for <_>' -ForEach 'Get-GPhotoAlbum ', 'Get-GPhotoAlbum -Title ', 'Get-GPhotoMediaItem -Album ', 'Send-GPhotoMediaItem x -Album ' {
        (Complete "${_}Pl").CompletionText | Should -Be Plain
        (Complete "${_}'tw").CompletionText | Should -Be "'Two words'"
        (Complete "${_}`"tw").CompletionText | Should -Not -BeNullOrEmpty
        (Complete "${_}it").CompletionText | Should -Be "'It''s here'"
        (Complete $_).CompletionText.Count | Should -BeGreaterOrEqual 9
    }

    It 'writes each title so that the command finds that album: <_>' -ForEach 'Get-GPhotoAlbum -Title', 'Get-GPhotoMediaItem -Album' {
        foreach ($match in Complete "$_ ") {
            $text = "$_ $($match.CompletionText)"
            $found = @(& ([scriptblock]::Create("$text -ErrorAction Stop")))
            if ($_ -like 'Get-GPhotoAlbum*') { $found | ForEach-Object Title | Should -Be $match.ListItemText -Because "'$text' must find it" }
        }
    }

    It 'completes scopes without loading the client, and categories' {
        (Complete 'Connect-GPhotos -Scope photoslibrary.a').CompletionText | Should -Be photoslibrary.appendonly
        (Complete 'Connect-GPhotos -Scope ').CompletionText.Count | Should -Be 4
        (Complete 'Get-GPhotoMediaItem -Category Pet').CompletionText | Should -Be Pets
    }

    It 'completes the profiles that are kept' {
        $client = Save-ClientSecret (Join-Path $TestDrive client.json)
        $null = Connect-ThroughPage $client -Parameter @{ ProfileName = 'work' }
        (Complete 'Connect-GPhotos -ProfileName w').CompletionText | Should -Be work
        (Complete 'Disconnect-GPhotos ').CompletionText | Should -Contain work
        Disconnect-GPhotos work
        $null = Connect-TestSession
    }

    It 'never signs in: a kept profile is not used to complete' {
        $lines = @(Invoke-ChildShell -Script @'
"matches $((TabExpansion2 'Get-GPhotoMediaItem -Album ' -cursorColumn 27).CompletionMatches.Where{ $_.ResultType -eq 'ParameterValue' }.Count)"
'@)
        $lines | Should -Be 'matches 0'
        (Invoke-Emulator stats).total | Should -Be 0
    }

    It 'never throws, and gives up in two seconds, when Google <Name>' -ForEach @(
        @{ Name = 'does not answer'; Fault = @{ hang = $true } }
        @{ Name = 'is out of quota'; Fault = @{ quota = 'daily' } }
        @{ Name = 'says to wait'; Fault = @{ quota = 'perMinute' } }
        @{ Name = 'talks nonsense'; Fault = @{ body = '<html>' } }
    ) {
        Add-Fault (@{ path = '/v1/albums'; count = -1 } + $Fault)
        $errors = $global:Error.Count
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $null = Complete 'Get-GPhotoMediaItem -Album Pl'

        $clock.Elapsed.TotalSeconds | Should -BeLessThan 2.2
        $global:Error.Count | Should -Be $errors
        Wait-Quiet
    }
}
