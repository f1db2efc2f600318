#!/usr/bin/env bash
# The hook `sallyport`: audits the repository as a whole, since a module is a folder and not a file. Arguments are options of audit;
# a first one that is no option is the folder.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
sallyport="$(command -v sallyport || echo "$here/../sallyport")"
folder=.
if [ $# -gt 0 ] && [ "${1#-}" = "$1" ]; then
    folder="$1"
    shift
fi
exec "$sallyport" audit "$folder" "$@"
