#!/bin/sh
# kill_points.sh RUNS [SEED]: a run of lr against the fake, killed (SIGKILL) and gone on with RUNS
# times at random moments, then ended. The fake finds devices that are asked twice; what is counted
# here: each device has its result lines once, and each file is whole. To be run by quarry_fake, in
# an empty folder; prints one line, and ends with 1 where something is wrong.
set -u
runs=$1
seed=${2:-1}
cat > playbook.toml <<'T'
name = "kill"
[[command]]
type = "RunScript"
script = "triage.ps1"
[[command]]
type = "GetFile"
path = 'C:\ir\case.zip'
[limits]
pending = "2m"
T
auth="--client-secret-file $FAKE_SECRET_FILE"
lr run playbook.toml --filter "healthStatus eq 'Active'" $auth > plan.ndjson || exit 1
devices=$(grep -c runliveresponse plan.ndjson)
run=$(sed -n '1s/.*"run":"\([^"]*\)".*/\1/p' plan.ndjson)
act="--apply --yes --max-targets 9999 --reason test --out-dir out $auth"
killed=0
i=0
while [ $i -lt "$runs" ]; do
  i=$((i + 1))
  seed=$(((seed * 1103515245 + 12345) % 2147483648))
  delay=$(((seed / 65536) % 400 + 10))
  timeout -s KILL "$(printf '0.%03d' $delay)" lr run $act --plan plan.ndjson > results.ndjson 2> errors
  [ $? -eq 137 ] && killed=$((killed + 1))
done
lr run --resume "$run" $auth > results.ndjson 2> errors
status=$?
lines=$(grep -c '"lr.result"' results.ndjson)
unique=$(grep '"lr.result"' results.ndjson | sed 's/.*"device_id":"\([^"]*\)".*"command":\([0-9]*\),.*/\1 \2/' | sort -u | wc -l)
succeeded=$(grep -c '"state":"succeeded"' results.ndjson)
whole=0
for row in $(grep '"type":"GetFile"' results.ndjson | sed 's/.*"path":"\([^"]*\)".*"sha256":"\([^"]*\)".*/\1=\2/'); do
  [ "$(sha256sum "${row%%=*}" | cut -d ' ' -f 1)" = "${row##*=}" ] && whole=$((whole + 1))
done
left=$(find out -name '*.part*' -o -name '*.stored' | wc -l)
echo "status $status, $killed kills, $devices devices, $lines lines, $unique unique, $succeeded succeeded, $whole whole files, $left remains"
[ $status -eq 0 ] && [ "$lines" -eq $((2 * devices)) ] && [ "$unique" -eq "$lines" ] && [ "$whole" -eq "$devices" ]
