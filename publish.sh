#!/usr/bin/env bash
# Publishes the tool for this machine: one folder with its own runtime, compiled ahead of time, so that it starts in a blink.
# usage: ./publish.sh [FOLDER]   (default artifacts/publish/linux-x64)
set -euo pipefail
top="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
out="${1:-$top/artifacts/publish/linux-x64}"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet publish "$top/src/Sallyport.Cli/Sallyport.Cli.csproj" -c Release -r linux-x64 --self-contained true \
    -p:PublishReadyToRun=true -p:PublishReadyToRunComposite=true -p:RestoreLockedMode=false -p:RunAnalyzers=false \
    -o "$out" -v quiet -nologo 1>&2
echo "$out/sallyport"
