#Requires -Version 7.6
Set-StrictMode -Version Latest

# What programs ask of the emulator beside Google's own calls. Nothing of this is counted.

function Invoke-Admin {
    <#
    .SYNOPSIS
        Calls one of the emulator's admin paths.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [uri] $Endpoint, [Parameter(Mandatory)] [string] $Path, [string] $Method = 'Get', $Body)

    $request = @{ Uri = [uri]::new($Endpoint, "emulator/$Path"); Method = $Method }
    if ($null -ne $Body) { $request += @{ Body = ConvertTo-Json -InputObject $Body -Depth 8; ContentType = 'application/json' } }
    # A list comes as one object; whoever pipes it wants its entries.
    Invoke-RestMethod @request | ForEach-Object { $_ }
}

function Get-AccessToken {
    <#
    .SYNOPSIS
        An access token of the emulator, for the scopes it grants by default.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [uri] $Endpoint)

    (Invoke-Admin $Endpoint tokens -Method Post -Body @{}).access_token
}

function Get-CallCount {
    <#
    .SYNOPSIS
        How often a kind of call came since the last reset; of all kinds together without -Kind.
    #>
    [CmdletBinding()]
    [OutputType([long])]
    param([Parameter(Mandatory)] [uri] $Endpoint, [string] $Kind)

    $statistics = Invoke-Admin $Endpoint stats
    if (-not $Kind) { return $statistics.total }
    Get-Count $statistics.calls $Kind
}

function Get-Count {
    <#
    .SYNOPSIS
        One number of the maps in the statistics; what never happened does not stand in them.
    #>
    [CmdletBinding()]
    [OutputType([long])]
    param([Parameter(Mandatory)] [pscustomobject] $Map, [Parameter(Mandatory)] [string] $Name)

    $property = $Map.PSObject.Properties[$Name]
    if ($property) { $property.Value } else { 0 }
}

function Add-MadeItem {
    <#
    .SYNOPSIS
        Fills the library with made photos whose lengths lie between two bounds.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [uri] $Endpoint,
        [Parameter(Mandatory)] [int] $Count,
        [int] $Shortest = 2000,
        [int] $Longest = 20000,
        [int] $Seed = 1
    )

    $random = [System.Random]::new($Seed)
    $start = [datetime]::new(2010, 1, 1, 12, 0, 0, [System.DateTimeKind]::Utc)
    $lots = for ($made = 0; $made -lt $Count; $made += 100) {
        @{
            fileName     = 'LOT{0:000}.jpg' -f ($made / 100)
            count        = [math]::Min(100, $Count - $made)
            size         = $random.Next($Shortest, $Longest + 1)
            creationTime = $start.AddDays($made / 10).ToString('o')
        }
    }
    $null = Invoke-Admin $Endpoint items -Method Post -Body @($lots)
}

Export-ModuleMember -Function Invoke-Admin, Get-AccessToken, Get-CallCount, Get-Count, Add-MadeItem
