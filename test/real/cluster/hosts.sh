# Hosts for a cluster on one machine, for scripts that source this file; run them below unshare, so that everything ends
# with them.

# Waits up to a minute for a command to succeed.
await() {
  for _ in $(seq 600); do
    if "$@"; then return; fi
    sleep 0.1
  done
  echo "waited in vain: $*" >&2
  return 1
}

# Makes the network: hosts are 10.77.0.N, this script is 10.77.0.254.
make_switch() {
  ip link set lo up
  ip link add switch type bridge
  ip address add 10.77.0.254/24 dev switch
  ip link set switch up
}

# start_host NUMBER LOG COMMAND...: starts a command on a host with its own network, name and processes, once it has an
# address. Sets $started to the process whose end ends the host.
start_host() {
  local number=$1 log=$2 unshared init
  shift 2
  unshare --net --uts --pid --fork --kill-child=KILL --mount-proc -- sh -c \
    'until ip address show eth0 2>/dev/null | grep -q "inet "; do sleep 0.05; done; exec "$@"' sh "$@" >"$log" 2>&1 &
  unshared=$!
  until init=$(cat "/proc/$unshared/task/$unshared/children") && [ -n "$init" ] &&
    [ "$(readlink "/proc/${init% }/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
  started=${init% }
  ip link add "host$number" type veth peer name eth0 netns "$started"
  ip link set "host$number" master switch up
  nsenter --net="/proc/$started/ns/net" sh -c \
    "ip link set lo up; ip link set eth0 up; ip address add 10.77.0.$number/24 dev eth0"
}

# write_command NAME VARIABLE COMMAND: writes ./NAME-check, which runs COMMAND and notes in ./NAME-trace.txt where each run
# begins and ends: on the host that VARIABLE names there. The last shard hangs once.
write_command() {
  local name=$1 host=$2 command=$3 folder=$PWD
  cat >"$name-check" <<SCRIPT
#!/bin/sh
echo "begins \$$host \$*" >>"$folder/$name-trace.txt"
case " \$* " in
*" shard-8.ndjson "*) if mkdir "$folder/$name-was-slow" 2>/dev/null; then exec sleep 600; fi ;;
esac
$command "\$@"
status=\$?
echo "ends \$$host \$*" >>"$folder/$name-trace.txt"
exit \$status
SCRIPT
  chmod +x "$name-check"
  touch "$name-trace.txt"
}
