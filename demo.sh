#!/usr/bin/env bash
# The main job on the embedded lab, no AWS account: read, audit, declare, tighten, plan, apply, prove.
# Needs the .NET 10 SDK; builds the tool first. Artefacts are left in ./sallyport-demo (or the folder given as first argument).
set -euo pipefail
cd "$(dirname "$0")"
if ! command -v dotnet >/dev/null 2>&1; then
    echo "demo.sh needs the .NET 10 SDK (dotnet) on PATH." >&2
    exit 2
fi
exec ./sallyport demo --out "${1:-sallyport-demo}"
