#!/bin/sh
# The inner loops beside the machine's limits, then whole queries over made data: tests/bench/run.sh [MEGABYTES] (500).
# Wants Debian's libbenchmark-dev. How to read what it prints: tests/bench/README.md.
set -eu
cd "$(dirname "$0")/../.."
megabytes=${1:-500}

cmake --preset release -DQUARRY_BENCH=ON >/dev/null
cmake --build --preset release --target hq quarry_bench quarry_make_events >/dev/null
bin=$PWD/build/release/bin

"$bin/quarry_bench" --benchmark_counters_tabular=true

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$bin/quarry_make_events" "$megabytes" >"$work/DeviceProcessEvents.ndjson"
gzip -1 -k "$work/DeviceProcessEvents.ndjson"

# Three runs each, the first one of a file warms the page cache; --stats tells one JSON object a run.
while IFS='|' read -r name file query; do
  for _ in 1 2 3; do
    "$bin/hq" --stats --format ndjson --table "DeviceProcessEvents=$work/$file" "$query" 2>"$work/stats" >/dev/null
    "$bin/hq" --table "S=$work/stats" "S | extend name = '$name'" --format ndjson >>"$work/all.ndjson"
  done
done <tests/bench/queries.txt

"$bin/hq" --format table --table "Runs=$work/all.ndjson" '
  Runs
  | summarize seconds = min(seconds), bytes = max(bytes_read), peak = max(peak_memory) by name
  | project query = name, seconds, ["MB/s"] = round(bytes / 1e6 / seconds), ["peak MB"] = round(peak / 1e6)'
