#Requires -Version 7.6
Set-StrictMode -Version Latest

$script:Pages = Join-Path $PSScriptRoot ../docs/en-US

# Get-Help reads MAML; the pages are kept as Markdown. Without platyPS the module works, with the engine's bare help.
function Build-ModuleHelp {
    <#
    .SYNOPSIS
        Lays the help into the built module: the about topics as they are, the cmdlets' pages as MAML.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Module)

    $culture = New-Item (Join-Path $Module en-US) -ItemType Directory -Force
    Copy-Item (Join-Path $script:Pages about_*.help.txt) -Destination $culture
    if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) {
        Write-Host 'The help pages were not built: Install-Module Microsoft.PowerShell.PlatyPS to have them.'
        return
    }

    $maml = Join-Path $PSScriptRoot ../output/help
    $null = (Get-ChildItem $script:Pages -Filter '*-*.md').FullName | Import-MarkdownCommandHelp | Export-MamlCommandHelp -OutputFolder $maml -Force
    Get-ChildItem $maml -Filter '*-Help.xml' -Recurse | Copy-Item -Destination $culture -PassThru | Repair-Help
}

# What platyPS 1.0 leaves in MAML: lines broken as in the Markdown, which Get-Help would break again at the window's edge; examples as
# paragraphs with their fences and a control character; a link to an online version that there is not.
filter Repair-Help {
    $maml = [xml]::new()
    $maml.Load($_.FullName)
    foreach ($example in $maml.SelectNodes('//*[local-name()="example"]')) {
        $code, $null, $remarks = @($example['maml:introduction'].ChildNodes)
        $example['dev:code'].InnerText = $code.InnerText -replace '^```\w*\s*|\s*```$'
        foreach ($remark in $remarks) { $null = $example['dev:remarks'].AppendChild($remark) }
        # An empty line before the next example.
        $null = $example['dev:remarks'].AppendChild($maml.CreateElement('maml', 'para', $code.NamespaceURI))
        $example['maml:introduction'].RemoveAll()
    }
    foreach ($paragraph in $maml.SelectNodes('//*[local-name()="para"]')) {
        $paragraph.InnerText = $paragraph.InnerText -replace '(?<!\n)\n(?=[^\n|*-])', ' '
    }
    foreach ($link in $maml.SelectNodes('//*[local-name()="navigationLink"]')) {
        if ($link['maml:linkText'].InnerText -eq 'Online Version') { $null = $link.ParentNode.RemoveChild($link) }
        # The address is a file beside the page; Get-Help needs the name alone.
        else { $link['maml:uri'].InnerText = '' }
    }
    $maml.Save($_.FullName)
}

Export-ModuleMember -Function Build-ModuleHelp
