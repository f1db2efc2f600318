#!/usr/bin/env bash
# How long `sallyport audit` takes on a file of ten groups, from start to exit: the published tool, and the build that
# ./sallyport runs. Best and median of 20 runs each; the bound is 150 ms for the published one.
set -euo pipefail
top="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
published="$("$top/publish.sh" | tail -1)"
"$top/sallyport" version >/dev/null
python3 - "$work/ten.json" <<'PY'
import json, sys
groups = [{"GroupId": f"sg-{i:017x}", "GroupName": f"web-{i}", "Description": "web", "OwnerId": "111122223333", "VpcId": "vpc-0a1b2c3d4e5f60718",
    "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/16"}]}],
    "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]} for i in range(1, 11)]
json.dump({"SecurityGroups": groups}, open(sys.argv[1], "w"))
PY
measure() {
    python3 - "$@" <<'PY'
import statistics, subprocess, sys, time
name, *command = sys.argv[1:]
times = []
for _ in range(20):
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    times.append((time.perf_counter() - start) * 1000)
    assert done.returncode in (0, 1), done.returncode
print(f"| {name} | {min(times):.0f} | {statistics.median(times):.0f} |")
PY
}
echo "| what | best, ms | median, ms |"
echo "| --- | ---: | ---: |"
measure "published, audit" "$published" audit "$work/ten.json" -o json
measure "published, version" "$published" version
measure "built, audit" "$top/artifacts/bin/Sallyport.Cli/release/sallyport" audit "$work/ten.json" -o json
