#!/bin/sh
# Installs the Debian packages of debian-packages.txt that are not there yet. Nothing missing: no network, no root.
# Used by examples/quickstart.sh and tests/run.sh.
set -eu

list=$(dirname "$0")/debian-packages.txt

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "not a Debian system: please install what corresponds to $list" >&2
  exit 0
fi

is_installed() {
  case $(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null || true) in
    ?i*) return 0 ;;
    *) return 1 ;;
  esac
}

missing=
for package in $(sed 's/#.*//' "$list"); do
  is_installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "missing packages:$missing" >&2
    echo "run this as root, install sudo, or: apt-get install$missing" >&2
    exit 1
  fi
  as_root=sudo
fi

echo "Installing:$missing" >&2
apt() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 "$@" </dev/null >&2
}
apt update
# shellcheck disable=SC2086 # one word per package
apt install -y --no-install-recommends $missing
