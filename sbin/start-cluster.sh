#!/usr/bin/env bash
# A Spark standalone cluster on this machine: one master and some workers, each a process.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: start-cluster.sh [OPTIONS]
Starts a Spark standalone master and workers on this machine, waits until they answer and says where.

  --workers N    worker processes (default: 2)
  --cores C      cores that each worker offers (default: this machine's, divided among the workers)
  --memory M     memory for executors' heaps that each worker offers, such as 4g (default: half of
                 this machine's, divided among the workers)
  --gpus LIST    offer GPUs: all of this machine ("all"), or these, such as 0,1, divided among the workers
  --host H       the address to listen on (default: 127.0.0.1, for this machine alone)
  --port P       the master's port (default: 7077, or the next that is free)
  --ui-port P    the port of the master's page (default: 8080, or the next that is free)
  --properties-file FILE
                 Spark's settings for master and workers, such as spark.authenticate and its secret
  --dir DIR      where pids, logs and the executors' folders go (default: work/cluster of the project);
                 each cluster needs its own
  --status       say what runs, and start nothing; exit status 0 if all processes answer, else 1
  -h, --help     show this

SPARK_HOME, if set, is the Spark to use (3.5 with Scala 2.12); otherwise it is the project's own.

Examples:
  sbin/start-cluster.sh --workers 2 --cores 4 --memory 8g
  sbin/millrace run conf/quickstart.conf --master spark://127.0.0.1:7077
  sbin/start-cluster.sh --status
  sbin/stop-cluster.sh

Exit status: 0; 1 if the cluster does not start; 2 for a mistake on the command line.
TEXT
}

refuse() {
  echo "Cannot start a cluster: $*" >&2
  exit 2
}

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
workers=2 cores='' memory='' gpus='' host=127.0.0.1 port=7077 ui_port=8080 properties='' dir=$root/work/cluster status=
while [ $# -gt 0 ]; do
  case $1 in
    --status) status=yes ;;
    -h | --help)
      usage
      exit 0
      ;;
    --workers | --cores | --memory | --gpus | --host | --port | --ui-port | --properties-file | --dir)
      [ $# -gt 1 ] || refuse "$1 needs a value; see --help."
      case $1 in
        --workers) workers=$2 ;;
        --cores) cores=$2 ;;
        --memory) memory=$2 ;;
        --gpus) gpus=$2 ;;
        --host) host=$2 ;;
        --port) port=$2 ;;
        --ui-port) ui_port=$2 ;;
        --properties-file) properties=$2 ;;
        --dir) dir=$2 ;;
      esac
      shift
      ;;
    *) refuse "there is no option '$1'; see --help." ;;
  esac
  shift
done

count() { # name value
  [[ $2 =~ ^[1-9][0-9]{0,4}$ ]] || refuse "$1 is '$2'; write a whole number from 1 on."
}
count --workers "$workers"
[ -z "$cores" ] || count --cores "$cores"
count --port "$port"
count --ui-port "$ui_port"
[[ -z $memory || $memory =~ ^[1-9][0-9]*[mMgG]$ ]] || refuse "--memory is '$memory'; write it like 4g or 800m."
[[ $host =~ ^[A-Za-z0-9._-]+$ ]] || refuse "--host is '$host'; write a name or an IPv4 address of this machine."
[ "$host" != 0.0.0.0 ] || refuse "--host must be an address by which others reach this machine, not 0.0.0.0."
[[ -z $gpus || $gpus = all || $gpus =~ ^[0-9]+(,[0-9]+)*$ ]] || refuse "--gpus is '$gpus'; write all, or numbers like 0,1."
[ -z "$properties" ] || [ -r "$properties" ] || refuse "there is no file $properties that can be read (--properties-file)."
[ -z "$properties" ] || properties=$(readlink -f "$properties")
dir=$(readlink -m -- "$dir")
# shellcheck source=lib/cluster.sh
. "$root/sbin/lib/cluster.sh"

describe() {
  local url ui alive name pid
  url=$(cat "$dir/url" 2>/dev/null) ui=$(cat "$dir/ui" 2>/dev/null) || true
  alive=$(workers_alive "$ui")
  echo "master:  $url, ${alive:-no} workers answer; its page: $ui"
  daemons | while read -r name pid; do
    echo "$name: process $pid, log $dir/logs/$name.log"
  done
  # A worker that has died has left its file.
  [ "${alive:-0}" -gt 0 ] && [ "$alive" = "$(find "$dir/pids" -name 'worker-*' | wc -l)" ]
}

if [ -n "$status" ]; then
  if [ -z "$(daemons)" ]; then
    echo "No cluster runs in $dir."
    exit 1
  fi
  describe && exit 0 || exit 1
fi

# shellcheck source=lib/java.sh
. "$root/sbin/lib/java.sh"
if [ -n "${SPARK_HOME:-}" ]; then
  core=$(compgen -G "$SPARK_HOME/jars/spark-core_*.jar" | head -n 1) ||
    refuse "SPARK_HOME is $SPARK_HOME and there is no Spark in its folder jars; unset it to use the project's own."
  [[ $(basename "$core") == spark-core_2.12-3.5.* ]] ||
    refuse "SPARK_HOME holds $(basename "$core" .jar), and Millrace is made for Spark 3.5 with Scala 2.12; unset SPARK_HOME to use the project's own."
  spark=$(readlink -f "$SPARK_HOME")
else
  "$root/sbin/millrace" --version >/dev/null
  spark=$root/jobs/target/spark
fi

mkdir -p "$dir" 2>/dev/null && [ -w "$dir" ] || refuse "$dir can't be written; choose another folder (--dir)."
# Of two starts at once only one must find the folder free.
exec 9>"$dir/lock"
flock 9
if [ -n "$(daemons)" ]; then
  echo "A cluster runs in $dir already; stop-cluster.sh ends it."
  describe && exit 0
  echo "Cannot start a cluster: not all processes of the one in $dir answer; end it with stop-cluster.sh and start it again." >&2
  exit 1
fi
end_all
rm -rf "$dir/pids" "$dir/work" "$dir/logs" "$dir/url" "$dir/ui"
mkdir -p "$dir/pids" "$dir/work" "$dir/logs"

machine_cores=$(nproc)
machine_memory=$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)
: "${cores:=$((machine_cores / workers > 0 ? machine_cores / workers : 1))}"
: "${memory:=$((machine_memory / 2 / workers))m}"
export SPARK_HOME=$spark SPARK_SCALA_VERSION=2.12 SPARK_LOCAL_IP=$host SPARK_LOCAL_DIRS=$dir/work
given=()
[ -z "$properties" ] || given=(--properties-file "$properties")
devices=()
if [ -n "$gpus" ]; then
  if [ "$gpus" = all ]; then
    gpus=$("$root/sbin/discover-gpus.sh" | sed -n 's/.*"addresses": *\[\(.*\)\].*/\1/p' | tr -d '" ')
    [ -n "$gpus" ] || refuse "--gpus is 'all' and no GPU was found here; see sbin/discover-gpus.sh."
  fi
  IFS=, read -r -a devices <<<"$gpus"
  [ "${#devices[@]}" -ge "$workers" ] || refuse "--gpus names ${#devices[@]} for $workers workers; give each worker one at least."
fi

daemon() { # name class arguments; the JVM's flags are in flags
  local name=$1
  shift
  # In a session of its own, so that Ctrl-C in this terminal does not end it.
  MILLRACE_CLUSTER=$dir setsid "$java" -Xmx512m -XX:-UsePerfData "-Dmillrace.cluster=$dir" "${opens[@]}" "${flags[@]}" \
    -cp "$spark/conf:$spark/jars/*" "$@" ${given[@]+"${given[@]}"} >"$dir/logs/$name.log" 2>&1 </dev/null 9>&- &
  local pid=$!
  echo $pid >"$dir/pids/$name"
  # Until the forked shell has become Java, its command line does not show that it belongs to this cluster.
  while [ -d /proc/$pid ] && ! is_ours $pid; do
    sleep 0.05
  done
}

fail() {
  echo "Cannot start a cluster: $*" >&2
  end_all
  rm -rf "$dir/pids" "$dir/work"
  exit 1
}

why() { # name
  grep -m 1 -E 'ERROR|Exception|error' "$dir/logs/$1.log" || echo "it said nothing"
}

# An interrupted start leaves no half cluster, which would look like a whole one.
trap 'end_all; rm -rf "$dir/pids" "$dir/work"; exit 130' INT
trap 'end_all; rm -rf "$dir/pids" "$dir/work"; exit 143' TERM HUP

# A worker that hangs or is cut off is given up after 15 s; with Spark's default a round would wait for a minute.
flags=(-Dspark.worker.timeout=15)
daemon master org.apache.spark.deploy.master.Master --host "$host" --port "$port" --webui-port "$ui_port"
url='' ui=''
deadline=$((SECONDS + 60))
while [ -z "$url" ] || [ -z "$ui" ]; do
  url=$(sed -n 's/.*Starting Spark master at \(spark:[^ ]*\).*/\1/p' "$dir/logs/master.log" | tail -n 1)
  ui=$(sed -n 's/.*MasterWebUI.* started at \(http:[^ ]*\).*/\1/p' "$dir/logs/master.log" | tail -n 1)
  is_up master || fail "the master ended ($(why master)); its log: $dir/logs/master.log"
  [ "$SECONDS" -lt "$deadline" ] || fail "the master does not answer after a minute; its log: $dir/logs/master.log"
  sleep 0.1
done
echo "$url" >"$dir/url"
echo "$ui" >"$dir/ui"

for ((worker = 1; worker <= workers; worker++)); do
  # An application's folder keeps a copy of its jar: the folder is removed about an hour after the application ended.
  flags=(-Dspark.worker.cleanup.enabled=true -Dspark.worker.cleanup.interval=300 -Dspark.worker.cleanup.appDataTtl=3600)
  if [ -n "$gpus" ]; then
    # Each of several workers on one host must be told which GPUs it owns.
    share=()
    for ((d = worker - 1; d < ${#devices[@]}; d += workers)); do
      share+=("\"${devices[d]}\"")
    done
    script=$dir/work/gpus-of-worker-$worker.sh
    printf '#!/bin/sh\necho '\''{"name": "gpu", "addresses": [%s]}'\''\n' "$(IFS=,; echo "${share[*]}")" >"$script"
    chmod +x "$script"
    flags+=("-Dspark.worker.resource.gpu.amount=${#share[@]}" "-Dspark.worker.resource.gpu.discoveryScript=$script")
  fi
  daemon "worker-$worker" org.apache.spark.deploy.worker.Worker --host "$host" --webui-port 0 \
    --cores "$cores" --memory "$memory" --work-dir "$dir/work/worker-$worker" "$url"
done
deadline=$((SECONDS + 60))
until [ "$(workers_alive "$ui")" = "$workers" ]; do
  for ((worker = 1; worker <= workers; worker++)); do
    is_up "worker-$worker" ||
      fail "worker $worker ended ($(why "worker-$worker")); its log: $dir/logs/worker-$worker.log"
  done
  [ "$SECONDS" -lt "$deadline" ] ||
    fail "the workers are not registered after a minute ($(why worker-1)); their logs: $dir/logs"
  sleep 0.2
done

trap - INT TERM HUP

echo "master:  $url"
echo "page:    $ui"
echo "workers: $workers, each with $cores cores and $memory for executors${gpus:+, GPUs $gpus among them}"
echo "logs:    $dir/logs"
echo "next:    sbin/millrace run conf/quickstart.conf --master $url"
case $host in
  127.* | localhost) ;;
  *)
    if [ -z "$properties" ] || ! grep -qE '^[[:space:]]*spark\.authenticate[[:space:]=:]+true' "$properties"; then
      echo "Beware: anyone who can reach $host can run any code here as $(id -un), since an open Spark master asks for no" \
        "password. Set spark.authenticate and spark.authenticate.secret with --properties-file, or protect the port by a firewall." >&2
    fi
    ;;
esac
