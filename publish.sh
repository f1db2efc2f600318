#!/usr/bin/env bash
# Publishes the tool for this machine: one folder with its own runtime, compiled ahead of time, so that it starts in a blink.
# usage: ./publish.sh [FOLDER]   (default artifacts/publish/linux-x64)
set -euo pipefail
top="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
out="${1:-$top/artifacts/publish/linux-x64}"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
profiles="$top/artifacts/start-profile"
rm -rf "$profiles"
mkdir -p "$profiles"

# The compiler follows calls that it can see; a list of our own structs that is read through an interface it does not. So the tool
# runs once with nothing compiled ahead, and whatever was compiled on the way is named to the compiler.
dotnet build "$top/bench/Sallyport.StartProfile/Sallyport.StartProfile.csproj" -c Release -v quiet -nologo -p:RunAnalyzers=false 1>&2
dotnet build "$top/src/Sallyport.Cli/Sallyport.Cli.csproj" -c Release -v quiet -nologo -p:RunAnalyzers=false 1>&2
watched() {
    local name="$1" code=0
    shift
    DOTNET_ReadyToRun=0 DOTNET_STARTUP_HOOKS="$top/artifacts/bin/Sallyport.StartProfile/release/Sallyport.StartProfile.dll" \
        SALLYPORT_START_PROFILE="$profiles/$name.mibc" "$top/artifacts/bin/Sallyport.Cli/release/sallyport" "$@" >/dev/null || code=$?
    [ "$code" -le 1 ] && [ -s "$profiles/$name.mibc" ] || { echo "publish.sh: sallyport $1 left no profile (exit $code)." >&2; exit 1; }
}
watched demo demo --out "$profiles/demo"
watched audit-json audit "$profiles/demo/before.json" -o json
watched audit-text audit "$profiles/demo/before.json"
watched audit-answer audit "$top/examples/live.json" -o json

# Without the processor's wide vectors the framework's own searches would wait for the compiler at every start. The list of dependencies
# says only what lies in the folder anyway, and would be read every time.
dotnet publish "$top/src/Sallyport.Cli/Sallyport.Cli.csproj" -c Release -r linux-x64 --self-contained true \
    -p:PublishReadyToRun=true -p:PublishReadyToRunComposite=true -p:EventSourceSupport=false -p:GenerateDependencyFile=false -p:RestoreLockedMode=false -p:RunAnalyzers=false \
    -p:PublishReadyToRunCrossgen2ExtraArgs="--mibc:$profiles/demo.mibc%3B--mibc:$profiles/audit-json.mibc%3B--mibc:$profiles/audit-text.mibc%3B--mibc:$profiles/audit-answer.mibc%3B--instruction-set:x86-64-v3%3B--method-layout:InstrumentedHotCold%3B--file-layout:MethodOrder" \
    -o "$out" -v quiet -nologo 1>&2

# It asks every start for a tracer that few machines have (LTTng), and writes nothing but for that one.
rm -f "$out/libcoreclrtraceptprovider.so"
echo "$out/sallyport"
