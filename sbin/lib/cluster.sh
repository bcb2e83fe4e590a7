# Sourced by start-cluster.sh and stop-cluster.sh: which processes belong to the cluster of a folder.
#
#   DIR/pids/NAME       the process of master, worker-1, ...
#   DIR/logs/NAME.log   what it says
#   DIR/url, DIR/ui     where the master answers
#   DIR/work/NAME/      of a worker: the applications' folders

# The system reuses process identifiers; the command line shows whether this process is one of the cluster.
is_ours() { # pid
  [ -r "/proc/$1/cmdline" ] && tr '\0' '\n' <"/proc/$1/cmdline" 2>/dev/null | grep -qxF -- "-Dmillrace.cluster=$dir"
}

# The daemons that are alive: "name pid".
daemons() {
  local file
  for file in "$dir"/pids/*; do
    if is_up "$(basename "$file")"; then
      echo "$(basename "$file") $(cat "$file")"
    fi
  done
}

is_up() { # name
  [ -e "$dir/pids/$1" ] && is_ours "$(cat "$dir/pids/$1")"
}

# Executors, drivers and the processes that they started: these inherit the daemons' environment, unlike a shell
# that somebody has open in one of their folders.
children() {
  { grep -lzxF -- "MILLRACE_CLUSTER=$dir" /proc/[0-9]*/environ 2>/dev/null || true; } |
    sed -e 's,^/proc/,,' -e 's,/environ$,,' | grep -vxF -e "$(daemons | cut -d ' ' -f 2)" || true
}

# The master's status as JSON; empty while the master does not answer.
master_says() {
  local address=${1#http://} host port answer
  host=${address%:*} port=${address##*:}
  {
    exec 3<>"/dev/tcp/$host/$port" || return 0
    printf 'GET /json/ HTTP/1.0\r\n\r\n' >&3
    answer=$(timeout 5 cat <&3)
    exec 3>&-
  } 2>/dev/null
  echo "$answer"
}

workers_alive() { # ui
  master_says "$1" | sed -n 's/.*"aliveworkers" : \([0-9]*\).*/\1/p'
}

# Ends what is alive of the cluster, workers before their master, and waits until it is gone.
end_all() {
  local pids deadline
  # A process that was stopped takes signals only after it is continued.
  pids=$( { daemons | sort -r | cut -d ' ' -f 2; children; } )
  [ -n "$pids" ] || return 0
  # shellcheck disable=SC2086
  kill -TERM $pids 2>/dev/null || true
  # shellcheck disable=SC2086
  kill -CONT $pids 2>/dev/null || true
  deadline=$((SECONDS + 15))
  while [ -n "$(daemons)$(children)" ] && [ "$SECONDS" -lt "$deadline" ]; do
    sleep 0.2
  done
  pids=$( { daemons | cut -d ' ' -f 2; children; } )
  if [ -n "$pids" ]; then
    # shellcheck disable=SC2086
    kill -KILL $pids 2>/dev/null || true
  fi
}
