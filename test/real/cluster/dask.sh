#!/usr/bin/env bash
# A cluster for one check: a Dask scheduler and two workers, of which one is killed in the middle.
#
#   dask.sh namespaces|loopback FOLDER PYTHON CHECK COMMAND
#
# In "namespaces" every process is a host of its own, with its network and its processes, on a bridge between them; run
# it below unshare, so that everything ends with it. In "loopback" the hosts are groups of processes on 127.0.0.1.
# FOLDER holds shard-*.ndjson, of which the last one is slow once; the report goes to FOLDER/report.json. A second run has
# a shard that is missing. Prints what became of the workers.
set -euo pipefail
. "$(dirname "$0")/hosts.sh"
mode=$1 folder=$2 python=$3 check=$4 command=$5
cd "$folder"
hosts=()
trap 'for host in "${hosts[@]}"; do end "$host"; done' EXIT

# Starts a command on a host of its own, with the number of the host as $HOST. Sets $started.
start() {
  local number=$1
  shift
  if [ "$mode" = loopback ]; then
    HOST=$number setsid "$@" >"host-$number.log" 2>&1 &
    started=$!
  else
    HOST=$number start_host "$number" "host-$number.log" "$@"
  fi
  hosts+=("$started")
}

# Ends a host at once, with all of its processes.
end() {
  if [ "$mode" = loopback ]; then kill -KILL -- "-$1" 2>/dev/null || true; else kill -KILL "$1" 2>/dev/null || true; fi
}

address() { if [ "$mode" = loopback ]; then echo 127.0.0.1; else echo "10.77.0.$1"; fi; }

if [ "$mode" = namespaces ]; then make_switch; fi
write_command dask HOST "$command"

port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
scheduler="tcp://$(address 1):$port"
start 1 "$python" -m distributed.cli.dask_scheduler --host "$(address 1)" --port "$port" --no-dashboard
for number in 2 3; do
  start "$number" "$python" -m distributed.cli.dask_worker "$scheduler" --host "$(address "$number")" \
    --nthreads 1 --no-nanny --no-dashboard --local-directory "$folder/worker-$number"
done
victim=${hosts[1]}
registered() { [ "$(grep -c "Register worker\|Registered to" host-1.log host-2.log host-3.log | awk -F: '{ n += $2 } END { print n }')" -ge 2 ]; }
await registered || { cat host-*.log >&2; exit 1; }

HOST=0 "$python" "$check" --scheduler "$scheduler" --partitions 4 --retries 3 --seconds 30 --command "$folder/dask-check" \
  -o report.json shard-*.ndjson -- --complete >client.log 2>&1 &
client=$!

# In the middle: the worker has read a shard and reads the next one.
reads_the_second() { [ "$(grep -c "^begins 2 shard-" dask-trace.txt)" -ge 2 ]; }
await reads_the_second || { cat client.log host-*.log >&2; exit 1; }
end "$victim"
echo "worker 2 was killed in: $(grep "^begins 2 " dask-trace.txt | tail -n 1 | cut -d' ' -f3)"

status=0
wait "$client" || status=$?
cat client.log
echo "commands of worker 2: $(grep -c "^begins 2 " dask-trace.txt) begun, $(grep -c "^ends 2 " dask-trace.txt) ended"
echo "commands of worker 3: $(grep -c "^begins 3 " dask-trace.txt) begun, $(grep -c "^ends 3 " dask-trace.txt) ended"
echo "exit $status"
if [ -d dask-was-slow ]; then echo "a step was slow"; fi
status=0
HOST=0 "$python" "$check" --scheduler "$scheduler" --retries 1 --command "$folder/dask-check" \
  -o some.json shard-1.ndjson missing.ndjson >client.log 2>&1 || status=$?
echo "with a missing shard: exit $status"
