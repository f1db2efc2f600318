#!/usr/bin/env bash
# The hook `sallyport-connections`: each changed connections file by itself.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
sallyport="$(command -v sallyport || echo "$here/../sallyport")"
code=0
for file in "$@"; do
    "$sallyport" check "./$file" || code=$?
done
exit "$code"
