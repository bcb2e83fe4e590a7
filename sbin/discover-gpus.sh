#!/usr/bin/env bash
# Prints which GPUs this machine has, in the form that Spark expects of a discovery script:
#   spark.worker.resource.gpu.discoveryScript, spark.executor.resource.gpu.discoveryScript
# If CUDA_VISIBLE_DEVICES is set, it is the list. Without a GPU the list is empty.
set -euo pipefail

if [ -n "${CUDA_VISIBLE_DEVICES+set}" ]; then
  found=$(tr ',' '\n' <<<"$CUDA_VISIBLE_DEVICES")
elif command -v nvidia-smi >/dev/null; then
  found=$(nvidia-smi --query-gpu=index --format=csv,noheader) || found=
else
  found=
fi
# As CUDA reads the list: it ends before the first entry that is not a GPU, such as -1.
addresses=$(sed -e 's/[[:space:]]//g' -e '/^$/d' -e '/^\([0-9][0-9]*\|GPU-.*\|MIG-.*\)$/!Q' -e 's/.*/"&"/' <<<"$found" | paste -sd, -)
echo "{\"name\": \"gpu\", \"addresses\": [$addresses]}"
