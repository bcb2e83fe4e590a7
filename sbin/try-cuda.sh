#!/usr/bin/env bash
# Builds Millrace for NVIDIA's GPUs (gigabytes of native libraries, so not part of the tests) and trains with it:
# on a machine with a supported GPU the quickstart must succeed; on any other it must end with status 1
# and one sentence that says what is missing.
#
#   sbin/try-cuda.sh                   # Deeplearning4j: compute capability 3.7 to 8.9
#   sbin/try-cuda.sh --engine torch    # libtorch: 7.5 to 12.9, with CUDA 13 and cuDNN 9 of this machine; also
#                                      # compares with the CPU and prints images/s of two networks
set -euo pipefail

refuse() {
  echo "Cannot try the build for CUDA: $*" >&2
  exit 2
}

engine=dl4j
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help)
      sed -n '2,8s/^# \{0,1\}//p' "$0"
      exit 0
      ;;
    --engine)
      engine=${2:-}
      shift $(($# > 1 ? 2 : 1))
      ;;
    *) refuse "there is no option '$1'; see --help." ;;
  esac
done
case $engine in
  dl4j) build=cuda libraries=(libnd4jcuda.so libjnind4jcuda.so libcudart.so libcublas.so libcusolver.so) other=libnd4jcpu ;;
  torch) build=cuda-torch libraries=(libtorch_cuda.so libtorch_cpu.so libc10_cuda.so libjnitorch.so) other=pytorch/linux-x86_64/ ;;
  *) refuse "the engine is '$engine'; it is dl4j or torch." ;;
esac

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
cd "$root"
export MILLRACE_BUILD=$build
sbin/millrace --version
jar=(jobs/target/millrace*-"$build".jar)
echo "built:  ${jar[0]}, $(($(stat -c %s "${jar[0]}") / 1000000)) MB"
# Searched without head or grep -q: they would close the pipe early, which counts as a failure here.
contents=$(unzip -Z1 "${jar[0]}")
for library in "${libraries[@]}"; do
  [[ $contents == *"/$library"* ]] || {
    echo "It lacks $library." >&2
    exit 1
  }
done
[[ $contents != *"$other"* ]] || {
  echo "It holds the libraries for the CPU, too." >&2
  exit 1
}

workspace=$(mktemp -d)
trap 'rm -rf "$workspace"' EXIT

# train NAME [SETTING ...]: the quickstart in a workspace of that name.
train() {
  local name=$1
  shift
  sbin/millrace run conf/quickstart.conf --quiet --set "workspace=$workspace/$name" \
    --set "stages.model.engine=$engine" "$@" >"$workspace/out" 2>"$workspace/err"
}

# of NAME KEY FILE: the first value of a key in a file of that run's model.
of() {
  sed -n "s/.*\"$2\" *: *\"\{0,1\}\([^\",}]*\).*/\1/p" "$workspace/$1"/artifacts/model/*/"$3" | sed -n 1p
}

status=0
train first || status=$?
cat "$workspace/out" "$workspace/err"
if [ "$status" != 0 ]; then
  sentences=$(grep -c 'Cannot ' "$workspace/err") || true
  if [ "$status" != 1 ] || [ "$sentences" != 1 ] || ! grep -q 'Cannot \(compute on\|load\) ' "$workspace/err" ||
    grep -qE '^\s+at |Exception' "$workspace/err"; then
    echo "It should have ended with status 1 and one sentence; it ended with status $status and $sentences." >&2
    exit 1
  fi
  echo "Ended with status 1 and one sentence, as it should on a machine without a supported GPU or its libraries."
  exit 0
fi
echo "trained on: $(of first device model.json)"
[ "$engine" = torch ] || exit 0

# The first minibatches of equal trainings must have the same loss on both devices.
one=(--set stages.model.precision=fp32 --set params.epochs=1 --set stages.model.workers=1)
train gpu "${one[@]}"
MILLRACE_BUILD=cpu train cpu "${one[@]}"
here=$(of gpu loss record.json) there=$(of cpu loss record.json)
echo "loss of the first round: $here on the GPU, $there on the CPU"
awk -v a="$here" -v b="$there" 'BEGIN { d = a - b; if (d < 0) d = -d; exit !(d <= 0.01 * b) }' || {
  echo "They differ by more than 1 %." >&2
  exit 1
}
for precision in fp32 bf16; do
  for network in '{ name = resnet, channels = [16, 32, 64, 128, 256] }' '{ name = darknet }'; do
    train "$precision-${network//[^a-z]/}" --set "stages.model.architecture=$network" --set stages.model.workers=1 \
      --set stages.model.batch=128 --set "stages.model.precision=$precision" --set params.epochs=3
    echo "$precision $network: $(of "$precision-${network//[^a-z]/}" images-per-second _artifact.json) images/s"
  done
done
