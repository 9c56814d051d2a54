#Requires -Version 7.6

# The about topics: what they show can be typed, and what they name is there.

BeforeDiscovery {
    $topics = Get-ChildItem (Join-Path $PSScriptRoot ../../docs/en-US) -Filter about_*.help.txt | ForEach-Object { @{ Topic = $_.Name -replace '\.help\.txt$'; File = $_.FullName } }
}

BeforeAll { Import-Module (Join-Path $PSScriptRoot ../../output/GPhotos) }

Describe '<Topic>' -ForEach $topics {
    BeforeAll {
        $lines = Get-Content $File
        $text = $lines -join "`n"
        # What stands indented after an empty line and begins as a command does. The word of explanation in a column beside it is none of it.
        $blocks = [regex]::Matches($text, '(?m)(?<=\n\n)(?: {8,}\S.*(?:\n|$))+').Value -match '^\s+(\$|\(|\w+-GPhoto|(if|try|foreach)\b)'
        $commands = $blocks -replace '(?m)(?<=\S) {3,}\S.*$'
    }

    It 'is what Get-Help shows' {
        Get-Help $Topic | Out-String | Should -Match "(?m)^TOPIC\s+$Topic\s*$"
    }

    It 'fits a window of 80 columns' {
        $lines | Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }

    It 'names no cmdlet and no topic that is not there' {
        $cmdlets = [regex]::Matches($text, '\b(?:[A-Z][a-z]+)-GPhotos?[A-Za-z]*').Value | Select-Object -Unique
        $cmdlets | Where-Object { -not (Get-Command $_ -Module GPhotos -ErrorAction Ignore) } | Should -BeNullOrEmpty
        $named = [regex]::Matches($text, '\babout_GPhotos\w*').Value | Select-Object -Unique
        $named | Where-Object { -not (Test-Path (Join-Path (Split-Path $File) "$_.help.txt")) } | Should -BeNullOrEmpty
    }

    It 'shows commands with parameters that they have' {
        $commands | Should -Not -BeNullOrEmpty -Because 'a topic without an example helps less'
        foreach ($command in $commands) {
            $errors = $null
            $script = [System.Management.Automation.Language.Parser]::ParseInput($command, [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty -Because $command
            foreach ($call in $script.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                if (-not (Get-Command $call.GetCommandName() -Module GPhotos -ErrorAction Ignore)) { continue }
                $binding = [System.Management.Automation.Language.StaticParameterBinder]::BindCommand($call, $true)
                # What comes down the pipeline is not known here, so a set of parameters that it would decide is no fault.
                $binding.BindingExceptions.Values | ForEach-Object BindingException | Where-Object ErrorId -Like '*ParameterNotFound' |
                    Should -BeNullOrEmpty -Because $call.Extent.Text
            }
        }
    }
}
