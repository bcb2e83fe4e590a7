#!/usr/bin/env bash
# Says which GPUs this machine has, as Spark asks of a discovery script:
#   spark.worker.resource.gpu.discoveryScript, spark.executor.resource.gpu.discoveryScript
# CUDA_VISIBLE_DEVICES, when set, is what there is. Without a GPU the list is empty.
set -euo pipefail

if [ -n "${CUDA_VISIBLE_DEVICES+set}" ]; then
  found=$(tr ',' '\n' <<<"$CUDA_VISIBLE_DEVICES")
elif command -v nvidia-smi >/dev/null; then
  found=$(nvidia-smi --query-gpu=index --format=csv,noheader) || found=
else
  found=
fi
# As CUDA reads it: what comes after the first that is none, such as -1, is hidden.
addresses=$(sed -e 's/[[:space:]]//g' -e '/^$/d' -e '/^\([0-9][0-9]*\|GPU-.*\|MIG-.*\)$/!Q' -e 's/.*/"&"/' <<<"$found" | paste -sd, -)
echo "{\"name\": \"gpu\", \"addresses\": [$addresses]}"
