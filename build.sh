#!/usr/bin/env bash
# ./build.sh [build|test|demo|clean]
# Finds the .NET SDK and a PowerShell, then hands over to build.ps1, where the tasks are. Without any PowerShell it does what can be
# done without one, and says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
task=${1:-build}

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^10\.'; then
    echo "build.sh: the .NET 10 SDK is needed: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 2
fi

# PowerShell 7.6 or later: the module's target.
is_recent() { "$@" -NoProfile -NonInteractive -Command 'exit [int]($PSVersionTable.PSVersion -lt [version]"7.6")' >/dev/null 2>&1; }

shell=()
if command -v pwsh >/dev/null && is_recent pwsh; then
    shell=(pwsh)
elif dotnet tool restore >/dev/null 2>&1 && is_recent dotnet tool run pwsh --; then
    shell=(dotnet tool run pwsh --)
fi

if [ ${#shell[@]} -gt 0 ]; then
    exec "${shell[@]}" -NoProfile -NonInteractive -File ./build.ps1 "$@"
fi

get_it="install PowerShell 7.6 (https://aka.ms/powershell), or let 'dotnet tool restore' reach nuget.org, and run again"
case $task in
    build)
        dotnet build GPhotos.slnx -c Release -v quiet
        echo "build.sh: no PowerShell 7.6 here, so the module folder was not laid out: $get_it." >&2
        ;;
    test)
        mkdir -p output/tests
        status=0
        dotnet test GPhotos.slnx -c Release -v quiet | tee output/tests/dotnet-test.txt || status=$?
        echo "!!! The Pester suites did NOT run: no PowerShell 7.6 here. To run them, $get_it. !!!"
        # The runner's own totals, added up: "Failed: 0, Passed: 12, Skipped: 1" on one line per project.
        sum() { { grep -oE "$1: +[0-9]+" output/tests/dotnet-test.txt || true; } | awk '{ n += $2 } END { print n + 0 }'; }
        echo "$(sum Passed) passed, $(sum Failed) failed, $(sum Skipped) skipped"
        exit "$status"
        ;;
    demo)
        echo "No PowerShell 7.6 here, so the journey goes through the C# client. For the real one, $get_it."
        exec dotnet run --project samples/Quickstart -c Release -- --with-emulator
        ;;
    clean)
        rm -rf output
        ;;
    *)
        echo "build.sh: unknown task '$task'. There are build, test, demo and clean." >&2
        exit 2
        ;;
esac
