#!/usr/bin/env bash
# Everything that decides whether this tree is good: restore, build with warnings as errors, format, generated docs, every test.
# Needs the .NET 10 SDK; installs the AWS CLI, Chromium, Node and npm through apt when they are missing and may be installed, and the
# npm packages of tests/consumers. Ends with the counts.
set -euo pipefail
cd "$(dirname "$0")"
# One compiler server for the whole run makes the build several times faster; it is ended below.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
trap "dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true" EXIT
results=artifacts/test-results
rm -rf "$results" && mkdir -p "$results"

# How often a pattern stands in a file; grep finding nothing is no failure of the script.
count() { { grep -oE "$1" "$2" || true; } | wc -l; }

step() { printf '\n== %s\n' "$1" >&2; }

step "what the tests need"
if ! command -v aws >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq >&2 && apt-get install -y -qq awscli >&2 || echo "the AWS CLI cannot be installed here: its tests will be skipped by name" >&2
fi
has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null 2>&1
if ! has_browser && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >&2 || echo "Chromium cannot be installed here: its tests will be skipped by name" >&2
fi
command -v aws >/dev/null 2>&1 || echo "no aws on PATH: tests against the AWS CLI will be skipped by name" >&2
# Readers of reports that are not ours: npm packages, each folder pinned by its lock file.
if ! command -v npm >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq >&2 && apt-get install -y -qq nodejs npm >&2 || echo "npm cannot be installed here: tests that need it will be skipped by name" >&2
fi
for folder in tests/consumers tests/consumers/cloudformation tests/consumers/pipelines; do
    npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error >&2 && continue
    rm -rf "$folder/node_modules"
    echo "no npm, or it reaches no registry: tests that need $folder will be skipped by name" >&2
done
# An npm that holds install scripts back leaves the validator without its mode.
chmod -f u+x tests/consumers/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool || true
command -v terraform >/dev/null 2>&1 || echo "no terraform on PATH: tests against it will be skipped by name" >&2
command -v cfn-lint >/dev/null 2>&1 || echo "no cfn-lint on PATH: tests against it will be skipped by name" >&2
command -v moto_server >/dev/null 2>&1 || echo "no moto_server on PATH: tests against moto will be skipped by name" >&2

has_browser || echo "no Chromium on PATH: tests of the HTML report in a browser will be skipped by name" >&2

step "restore (locked)"
dotnet restore Sallyport.slnx --locked-mode -v quiet

step "build (warnings are errors)"
dotnet build Sallyport.slnx --no-restore -v quiet -nologo -p:UseSharedCompilation=true

step "format"
dotnet format Sallyport.slnx --no-restore --verify-no-changes --severity warn

passed=0 failed=0 skipped=0 broken=0
for project in Sallyport.Tests Sallyport.Aws.Tests Sallyport.Cli.Tests; do
    step "$project"
    report=$project.xml
    "./artifacts/bin/$project/debug/$project" --results-directory "$PWD/$results" --report-junit --report-junit-filename "$report" --no-progress || true
    if ! [ -s "$results/$report" ]; then
        echo "$project wrote no report: it crashed" >&2
        broken=$((broken + 1))
        continue
    fi
    total=$(count '<testcase ' "$results/$report")
    fail=$(count '<failure[ >/]|<error[ >/]' "$results/$report")
    skip=$(count '<skipped[ >/]' "$results/$report")
    failed=$((failed + fail))
    skipped=$((skipped + skip))
    passed=$((passed + total - fail - skip))
    [ "$total" -gt 0 ] || { echo "$project ran no test" >&2; broken=$((broken + 1)); }
done

if [ "$skipped" -gt 0 ]; then
    step "skipped, by name"
    grep -hoP '<testcase name="\K[^"]*(?="[^>]*><skipped)' "$results"/*.xml | sort -u >&2 || true
fi

failed=$((failed + broken))
echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
