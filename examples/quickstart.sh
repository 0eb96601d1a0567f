#!/bin/sh
# From a bare Debian 12 to answers: installs what is missing, builds hq, runs every hunt of this folder over its data.
# Safe to repeat; the second time it needs no network.
set -eu
cd "$(dirname "$0")/.."

sh common/cmake/install-packages.sh

[ -f build/release/build.ninja ] || cmake --preset release >/dev/null
cmake --build --preset release --target hq

PATH=$PWD/build/release/bin:$PATH
export QUARRY_PAGER=cat  # answers follow each other without waiting for a key

# hunt FOLDER: its question, the query, the command line and the answer.
hunt() (
  cd "$1"
  title=$(sed -n '1s/^# //p' README.md)
  printf '\n== %s (%s)\n\n' "$title" "$1"
  sed 's/^/    /' query.kql

  set --
  for file in *; do
    case $file in
      README.md | query.kql | expected.txt) ;;
      *) set -- "$@" "$file" ;;
    esac
  done
  printf '\n$ hq --format table -F query.kql %s\n\n' "$*"
  hq --format table -F query.kql "$@"
)

for query in examples/*/query.kql; do
  hunt "${query%/query.kql}"
done

printf '\nYour turn:  build/release/bin/hq '\''take 10'\'' FILE.ndjson\n'
