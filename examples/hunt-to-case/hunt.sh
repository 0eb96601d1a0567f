#!/bin/sh
# One address, three tables, one case: hunts over the events of two other examples, linked, flagged, told as a story.
# hunt.sh [DIR]: the folder of the case; a temporary one without.
set -eu
cd "$(dirname "$0")/.."
case=${1:-$(mktemp -d)/case}
address=203.0.113.77

# hunt TABLE FILE QUERY: rows of a table into the case, with the query that found them.
hunt() {
  hq "$1 | $3" "$2" | incident-link --case "$case" --from-table "$1" --query "$1 | $3" >> "$case.log"
}

mkdir -p "$(dirname "$case")"
hq "DeviceLogonEvents | where RemoteIP == '$address' and ActionType == 'LogonSuccess'" remote-logons/DeviceLogonEvents.ndjson |
  incident-link --new --title "Guessed password, then downloads from $address" --severity high --category InitialAccess \
    --technique T1110 --recommend "Reset svc-backup, isolate jump-02 and srv-file-02." --case "$case" --from-table DeviceLogonEvents > "$case.log"
hunt DeviceProcessEvents download-words/DeviceProcessEvents.ndjson "where ProcessCommandLine has '$address'"
hunt DeviceNetworkEvents download-words/DeviceNetworkEvents.csv.gz "where RemoteIP == '$address'"
# Twice is once.
hunt DeviceNetworkEvents download-words/DeviceNetworkEvents.csv.gz "where RemoteIP == '$address'"

incident-link timeline --case "$case" --rows | hq 'where Row.FileName == "bitsadmin.exe" | project RowSha256' | cut -d '"' -f 4 |
  xargs -n 1 incident-link flag --case "$case" --note 'second device' --row
incident-link note --case "$case" 'asked the owner of svc-backup: not me'

printf 'The story:\n\n'
incident-link timeline --case "$case" --rows | hq -f table 'where Source startswith "Device"
  | project Time = format_datetime(Time, "HH:mm"), Events = substring(Source, 6), Device = tostring(split(Row.DeviceName, ".")[0]),
            Program = coalesce(tostring(Row.FileName), tostring(Row.InitiatingProcessFileName)), From = tostring(Row.RemoteUrl), Flag'
printf '\nDevices to look at:\n\n'
incident-link timeline --case "$case" --rows | hq 'where Source startswith "Device" | project Device = tostring(Row.DeviceName) | distinct Device'
printf '\n'
incident-link export --case "$case" -o "$case.html"
incident-link verify --case "$case" | sed 's/;.*//'
