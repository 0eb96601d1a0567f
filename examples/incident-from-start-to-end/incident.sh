#!/bin/sh
# One incident, from the feed to the report; each step's output is the next step's input.
# incident.sh [DIR]: where the case and what lies beside it go; a temporary folder without.
set -eu
cd "$(dirname "$0")"

# Offline: the feed and the devices are those of a cloud on loopback, its clock 200 times as fast.
if [ -z "${FAKE_TAXII_URL:-}" ]; then
  exec quarry_fake --scale 200 --taxii 30 --permission Machine.LiveResponse --permission Machine.Read.All \
    --permission Library.Manage -- sh ./incident.sh "$@"
fi

work=${1:-$(mktemp -d)}
case=$work/case
playbook=../live-response-triage/triage.toml
reason='voicemail.js, found by the feed'
mkdir -p "$work"

# counts NAME…: what the summary, the last line of a result, says of these.
counts() {
  tail -n 1 > "$work/summary.json"
  for name; do grep -o "\"$name\":[0-9]*" "$work/summary.json"; done | tr -d '"' | tr ':' ' ' | paste -s -d ,
}

# run_playbook [OPTION…]: rows with devices and accounts come in, results go out.
run_playbook() {
  lr run "$playbook" --devices - --client-secret-file "$FAKE_SECRET_FILE" --out-dir "$work/collected" "$@"
}

echo '1. Indicators are pulled'
taxii-pull pull --api-root "$FAKE_TAXII_URL/keyset" --collection indicators --append "$work/indicators.ndjson" |
  counts received rows updates

echo '2. Events that met one of them open the case'
hq -F matches.kql DeviceNetworkEvents.ndjson "$work/indicators.ndjson" | tee "$work/matches.ndjson" |
  incident-link --new --title 'A voicemail that was none' --severity high --category CommandAndControl --technique T1071.001 \
    --case "$case" --from-table DeviceNetworkEvents --query-file matches.kql | counts rows added groups

echo '3. Their devices are looked at: the plan'
hq 'distinct DeviceName, AccountName = InitiatingProcessAccountName' "$work/matches.ndjson" | tee "$work/devices.ndjson" |
  run_playbook -f table | grep -e devices -e commands -e nothing

echo '4. The same, done; results go into the case'
run_playbook --apply --reason "$reason" --yes --max-targets 4 < "$work/devices.ndjson" | tee "$work/results.ndjson" |
  incident-link --case "$case" | counts rows added groups

echo '5. What had their users consented to, before?'
consent-audit events --min-risk high ../illicit-consent/*.ndjson ../illicit-consent/*.json |
  hq --table Findings=- --table Matches="$work/matches.ndjson" 'let Users = Matches | summarize Seen = min(Timestamp) by user = InitiatingProcessAccountUpn;
    Findings | where granted | join kind=inner Users on user | where time < Seen | project-away user1, Seen' | tee "$work/consents.ndjson" |
  incident-link --case "$case" --evidence | counts rows added groups

echo '6. The way in is flagged, and the indicators that were met are kept'
incident-link flag --case "$case" --label red --note 'the way in' < "$work/consents.ndjson"
hq 'ThreatIntelligenceIndicator | where Active | join kind=leftsemi Matches on $left.NetworkIP == $right.RemoteIP' \
  --table Matches="$work/matches.ndjson" "$work/indicators.ndjson" |
  incident-link --case "$case" --evidence | counts rows added groups

printf '\nThe story:\n\n'
incident-link timeline --case "$case" | hq -f table -F story.kql

printf '\nThe report:\n\n'
incident-link close --case "$case" --classification truePositive --determination phishing --comment "$reason"
incident-link export --case "$case" -o "$work/report.html"
incident-link export --case "$case" -f markdown | grep '^#'
incident-link verify --case "$case" | sed 's/;.*//'
