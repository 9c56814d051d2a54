#Requires -Version 7.6

# What a help page says of a parameter and of the syntax is what the cmdlet has.

BeforeDiscovery {
    $pages = Get-ChildItem (Join-Path $PSScriptRoot ../../docs/en-US) -Filter '*-*.md' | ForEach-Object { @{ Cmdlet = $_.BaseName; File = $_.FullName } }
}

BeforeAll { Import-Module (Join-Path $PSScriptRoot ../../output/GPhotos) }

Describe 'The page of <Cmdlet>' -ForEach $pages {
    BeforeAll {
        $text = Get-Content $File -Raw
        $command = Get-Command $Cmdlet -Module GPhotos
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
    }

    It 'tells each parameter as it is bound' {
        $told = foreach ($section in [regex]::Matches($text, '(?ms)^### -(?<name>\w+)\n.*?^```yaml\n(?<yaml>.*?)^```')) {
            $name, $yaml = $section.Groups['name'].Value, $section.Groups['yaml'].Value
            $type = [regex]::Match($yaml, '(?m)^Type: (.*)$').Groups[1].Value -replace '^System\.Nullable`1\[(.*)\]$', '$1'
            foreach ($set in [regex]::Matches($yaml, '(?m)^- Name: (.*)\n  Position: (.*)\n  IsRequired: (.*)\n  ValueFromPipeline: (.*)\n  ValueFromPipelineByPropertyName: (.*)$')) {
                (@($name, $type) + $set.Groups[1..5].Value.Trim()) -join ' '
            }
        }
        $bound = foreach ($parameter in $command.Parameters.Values | Where-Object Name -NotIn $common) {
            # What may be left out anyway is told as what it is when it is given.
            $type = [Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType
            foreach ($set in $parameter.ParameterSets.GetEnumerator()) {
                $one = $set.Value
                $parameter.Name, $type, ($set.Key -eq '__AllParameterSets' ? '(All)' : $set.Key), ($one.Position -lt 0 ? 'Named' : $one.Position), $one.IsMandatory.ToString().ToLower(),
                $one.ValueFromPipeline.ToString().ToLower(), $one.ValueFromPipelineByPropertyName.ToString().ToLower() -join ' '
            }
        }
        Compare-Object @($bound | Sort-Object) @($told | Sort-Object) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    }

    It 'shows the syntax that there is' {
        $told = [regex]::Matches($text, "(?ms)^``````\n($Cmdlet .*?)^``````").ForEach({ $_.Groups[1].Value -replace '\s+', ' ' }).Trim()
        $there = $command.ParameterSets.ForEach({ "$Cmdlet $_" -replace '\s+', ' ' }).Trim()
        Compare-Object @($there | Sort-Object) @($told | Sort-Object) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    }
}
