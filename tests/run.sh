#!/bin/sh
# Every test with one command on a bare Debian 12: installs what is missing, builds, runs. The last line counts.
#
#   tests/run.sh                 release build, all groups
#   tests/run.sh --sanitize      the same under AddressSanitizer and UndefinedBehaviorSanitizer
#   tests/run.sh --filter TEXT   only cases whose file or name contains TEXT
#   tests/run.sh --differential  only the queries, each in 18 shapes: batches of default, 1, 2, 1023, 1024, 1025 rows by 1, 2, 7 threads
#
# Groups: unit (C++), kql (queries as data), differential (queries over thousands of rows, batch sizes and threads compared), cli (the real binaries), examples, docs (README, completions), architecture.
set -u
cd "$(dirname "$0")/.." || exit 1

preset=release
timeout=60
filter=
differential=
while [ $# -gt 0 ]; do
  case $1 in
    --sanitize) preset=dev timeout=240 ;;
    --differential) differential=yes ;;
    --filter) filter=${2:?--filter needs a text}; shift ;;
    --filter=*) filter=${1#--filter=} ;;
    -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "tests/run.sh: unknown option: $1 (--sanitize, --differential, --filter TEXT)" >&2; exit 2 ;;
  esac
  shift
done

build=build/$preset
stop() {
  echo "tests/run.sh: $1" >&2
  echo "0 passed, 1 failed"
  exit 1
}

sh common/cmake/install-packages.sh || stop "packages are missing"
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
cmake --preset "$preset" >"$log" 2>&1 || { cat "$log"; stop "cmake failed"; }
cmake --build --preset "$preset" || stop "the build failed"

# A crash must say where; leaks count. The same options reach every hq that a test starts.
export ASAN_OPTIONS="${ASAN_OPTIONS:-abort_on_error=0:detect_stack_use_after_return=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"

passed=0
failed=0

# group NAME COMMAND…: runs it and adds the counts of its last "N passed, N failed".
group() {
  name=$1
  shift
  "$@" 2>&1 | tee "$log"
  counts=$(sed -n 's/^.*[^0-9]\([0-9][0-9]*\) passed, \([0-9][0-9]*\) failed$/\1 \2/p' "$log" | tail -n 1)
  if [ -z "$counts" ]; then
    echo "$name: did not finish"
    counts="0 1"
  fi
  passed=$((passed + ${counts% *}))
  failed=$((failed + ${counts#* }))
}

# doctest counts in its own words.
unit() {
  set -- "$build/bin/quarry_unit" --no-colors=true
  [ -z "$filter" ] || set -- "$@" "--test-case=*$filter*"
  output=$("$@" 2>&1)
  status=$?
  printf '%s\n' "$output" | awk -v status="$status" '
    /^\[doctest\] test cases:/ { n = split($0, part, /[^0-9]+/); ok = part[3]; bad = part[4]; seen = 1; next }
    /^\[doctest\] (doctest version|run with|assertions:|Status:)/ { next }
    /^=+$/ { next }
    { print }
    END {
      if (!seen) { ok = 0; bad = 1 }
      if (bad == 0 && status != 0) { bad = 1; print "quarry_unit ended with status " status }
      printf "unit: %d passed, %d failed\n", ok, bad
    }'
}

runner() {
  "$build/bin/quarry_test_runner" --bin "$build/bin" --source . --timeout "$timeout" ${filter:+"--filter=$filter"} "$@"
}

if [ -n "$differential" ]; then
  shapes="--batch-rows default,1,2,1023,1024,1025 --threads 1,2,7"
  group kql runner $shapes kql
  group differential runner $shapes differential
else
  group unit unit
  group kql runner --batch-rows default,1 kql
  group differential runner --batch-rows default,1 --threads 2 differential
  group cli runner cli
  group examples runner examples
  group docs runner docs
  group architecture "$build/bin/quarry_architecture" --source . ${filter:+"--filter=$filter"}
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
