#!/usr/bin/env bash
# Ends the cluster that start-cluster.sh started, and nothing else.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: stop-cluster.sh [--dir DIR] [--keep-logs]
Ends the master, the workers and their executors that start-cluster.sh started with this folder, and removes what
they left there.

  --dir DIR     the folder given to start-cluster.sh (default: work/cluster of the project)
  --keep-logs   leave DIR/logs and the executors' own logs in DIR/work
  -h, --help    show this

Exit status: 0, also when none runs; 2 for a mistake on the command line.
TEXT
}

refuse() {
  echo "Cannot stop a cluster: $*" >&2
  exit 2
}

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
dir=$root/work/cluster keep=
while [ $# -gt 0 ]; do
  case $1 in
    --dir)
      [ $# -gt 1 ] || refuse "--dir needs a value; see --help."
      dir=$2
      shift
      ;;
    --keep-logs) keep=yes ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) refuse "there is no option '$1'; see --help." ;;
  esac
  shift
done
dir=$(readlink -m -- "$dir")
# shellcheck source=lib/cluster.sh
. "$root/sbin/lib/cluster.sh"

if [ ! -d "$dir" ]; then
  echo "No cluster runs in $dir."
  exit 0
fi
# Waits for a start of the same cluster that is still running.
exec 9>"$dir/lock"
flock 9
ended=$(daemons | wc -l)
left=$(children | wc -l)
end_all
if [ -z "$keep" ]; then
  # Only what start-cluster.sh made: the folder may hold other files.
  rm -rf "$dir/pids" "$dir/work" "$dir/logs" "$dir/url" "$dir/ui"
  rm -f "$dir/lock"
  rmdir "$dir" 2>/dev/null || true
else
  rm -rf "$dir/pids" "$dir/url" "$dir/ui"
fi
if [ "$ended" = 0 ] && [ "$left" = 0 ]; then
  echo "No cluster runs in $dir."
else
  echo "Stopped $ended processes of the cluster in $dir${keep:+; its logs are in $dir/logs}."
fi
