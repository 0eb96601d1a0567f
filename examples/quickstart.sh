#!/bin/sh
# From a bare Debian 12 to answers: installs what is missing, builds hq, runs every hunt of this folder over its data.
# Safe to repeat; the second time it needs no network.
set -eu
cd "$(dirname "$0")/.."

sh common/cmake/install-packages.sh

[ -f build/release/build.ninja ] || cmake --preset release >/dev/null
cmake --build --preset release --target hq

hq=$PWD/build/release/bin/hq
for folder in examples/*/; do
  [ -f "$folder/query.kql" ] || continue
  printf '\n== %s\n\n' "$(basename "$folder")"
  sed 's/^/    /' "$folder/query.kql"
  printf '\n'
  (
    cd "$folder"
    set --
    for file in *; do
      case $file in
        README.md | query.kql | expected.txt) ;;
        *) set -- "$@" "$file" ;;
      esac
    done
    "$hq" --format table -F query.kql "$@"
  )
done

printf '\nYour turn:  %s\n' "build/release/bin/hq 'take 10' FILE.ndjson"
