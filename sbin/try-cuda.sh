#!/usr/bin/env bash
# Builds Millrace for NVIDIA's GPUs (2.4 GB of native libraries, so not part of the tests) and trains with it:
# on a machine with a supported GPU the quickstart must succeed; on any other it must end with status 1
# and one sentence that says what is missing.
set -euo pipefail

case ${1:-} in
  '') ;;
  -h | --help)
    sed -n '2,4s/^# //p' "$0"
    exit 0
    ;;
  *)
    echo "Cannot try the build for CUDA: there is no option '$1'; see --help." >&2
    exit 2
    ;;
esac

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
cd "$root"
export MILLRACE_BUILD=cuda
sbin/millrace --version
jar=(jobs/target/millrace*-cuda.jar)
echo "built:  ${jar[0]}, $(($(stat -c %s "${jar[0]}") / 1000000)) MB"
# Searched without head or grep -q: they would close the pipe early, which counts as a failure here.
contents=$(unzip -Z1 "${jar[0]}")
for library in libnd4jcuda.so libjnind4jcuda.so libcudart.so libcublas.so libcusolver.so; do
  [[ $contents == *"/$library"* ]] || {
    echo "It lacks $library." >&2
    exit 1
  }
done
[[ $contents != *libnd4jcpu* ]] || {
  echo "It holds the backend for the CPU, too." >&2
  exit 1
}

workspace=$(mktemp -d)
trap 'rm -rf "$workspace"' EXIT
status=0
sbin/millrace run conf/quickstart.conf --quiet --set workspace="$workspace" >"$workspace/out" 2>"$workspace/err" || status=$?
cat "$workspace/out" "$workspace/err"
if [ "$status" = 0 ]; then
  echo "trained on: $(sed -n 's/.*"device" *: *"\(.*\)".*/\1/p' "$workspace"/artifacts/model/*/model.json | sort -u)"
  exit 0
fi
sentences=$(grep -c 'Cannot ' "$workspace/err") || true
if [ "$status" != 1 ] || [ "$sentences" != 1 ] || ! grep -q 'Cannot compute on ' "$workspace/err" ||
  grep -qE '^\s+at |Exception' "$workspace/err"; then
  echo "It should have ended with status 1 and one sentence; it ended with status $status and $sentences." >&2
  exit 1
fi
echo "Ended with status 1 and one sentence, as it should on a machine without a supported GPU."
