#!/usr/bin/env bash
# The step of action.yml: audits, compares with the base when there is one, and ends with the audit's exit code.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
sallyport="$(command -v sallyport || echo "$here/../sallyport")"
sarif="${SALLYPORT_SARIF:-sallyport.sarif}"
comment="${SALLYPORT_COMMENT:-sallyport-diff.md}"

# One path a line; none of them may be taken for an option.
sources=()
while IFS= read -r line; do
    case "$line" in
        '') ;;
        -*) sources+=("./$line") ;;
        *) sources+=("$line") ;;
    esac
done <<< "${SALLYPORT_SOURCE:-.}"

code=0
"$sallyport" audit "${sources[@]}" --fail-on "${SALLYPORT_FAIL_ON:-medium}" -o github -o "sarif=$sarif" || code=$?
{
    echo "exit-code=$code"
    if [ -f "$sarif" ]; then echo "sarif=$sarif"; fi
} >> "${GITHUB_OUTPUT:-/dev/null}"

if [ -n "${SALLYPORT_BASE:-}" ]; then
    difference=0
    "$sallyport" diff "$SALLYPORT_BASE" "${sources[0]}" -o "markdown=$comment" || difference=$?
    # 1 only says that there is a difference.
    if [ "$difference" -gt 1 ]; then exit "$difference"; fi
    {
        echo "comment=$comment"
        if [ "$difference" = 0 ]; then echo "relation=equal"; else echo "relation=different"; fi
    } >> "${GITHUB_OUTPUT:-/dev/null}"
    cat "$comment" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
fi

exit "$code"
