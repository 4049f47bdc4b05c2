#!/usr/bin/env bash
# A Slurm of two nodes, for one check; run it below unshare, so that everything ends with it.
#
#   slurm.sh FOLDER CHECK COMMAND
#
# Each node is a host of its own, with its network and its processes; the second one is killed in the middle. FOLDER holds
# shard-*.ndjson, of which the last one is slow once; the report goes to FOLDER/slurm.json. A second run has a shard
# that is missing.
set -euo pipefail
folder=$1 check=$2 command=$3
cd "$folder"
mkdir -p slurm/state slurm/spool-one slurm/spool-two
cat >slurm/slurm.conf <<CONF
ClusterName=two
SlurmctldHost=head(10.77.0.254)
AuthType=auth/none
CredType=cred/none
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$folder/slurm/state
SlurmdSpoolDir=$folder/slurm/spool-%n
SlurmctldPidFile=$folder/slurm/slurmctld.pid
SlurmdPidFile=$folder/slurm/slurmd-%n.pid
SlurmctldLogFile=$folder/slurm/slurmctld.log
SlurmdLogFile=$folder/slurm/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/linear
SwitchType=switch/none
MpiDefault=none
# A node that does not answer is found dead soon, its jobs may soon begin elsewhere, and jobs begin when they may.
SlurmdTimeout=5
AuthInfo=cred_expire=5
SchedulerParameters=sched_interval=1,batch_sched_delay=0
NodeName=one NodeAddr=10.77.0.1 CPUs=1 State=UNKNOWN
NodeName=two NodeAddr=10.77.0.2 CPUs=1 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$folder/slurm/slurm.conf

# Waits up to a minute for a command to succeed.
await() {
  for _ in $(seq 600); do
    if "$@"; then return; fi
    sleep 0.1
  done
  echo "waited in vain: $*" >&2
  cat slurm/*.log >&2
  return 1
}

# Starts a node on a host of its own. Sets $started.
start() {
  local name=$1 number=$2 unshared init
  unshare --net --uts --pid --fork --kill-child=KILL --mount-proc -- sh -c \
    'hostname "$0"; until ip address show eth0 2>/dev/null | grep -q "inet "; do sleep 0.05; done; exec slurmd -D' \
    "$name" >"slurm/$name.log" 2>&1 &
  unshared=$!
  until init=$(cat "/proc/$unshared/task/$unshared/children") && [ -n "$init" ] &&
    [ "$(readlink "/proc/${init% }/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
  started=${init% }
  ip link add "node$number" type veth peer name eth0 netns "$started"
  ip link set "node$number" master switch up
  nsenter --net="/proc/$started/ns/net" sh -c \
    "ip link set lo up; ip link set eth0 up; ip address add 10.77.0.$number/24 dev eth0"
}

ip link set lo up
ip link add switch type bridge
ip address add 10.77.0.254/24 dev switch
ip link set switch up
hostname head

# Says on which node each run of mplp-check begins and ends.
cat >mplp-check-here <<SCRIPT
#!/bin/sh
echo "begins \$SLURMD_NODENAME \$*" >>"$folder/slurm-trace.txt"
case " \$* " in
*" shard-8.ndjson "*) if mkdir "$folder/slurm-was-slow" 2>/dev/null; then exec sleep 600; fi ;;
esac
$command "\$@"
status=\$?
echo "ends \$SLURMD_NODENAME \$*" >>"$folder/slurm-trace.txt"
exit \$status
SCRIPT
chmod +x mplp-check-here
touch slurm-trace.txt
export MPLP_CHECK=$folder/mplp-check-here

slurmctld
start one 1
start two 2
victim=$started
are_idle() { [ "$(sinfo --noheader --Node --format=%T 2>/dev/null | grep -c idle)" -eq 2 ]; }
await are_idle

STEP_SECONDS=30 "$check" "$folder/all" 4 slurm.json shard-*.ndjson -- --complete &
run=$!

# In the middle: the node has read a shard and reads the next one.
reads_the_second() { [ "$(grep -c "^begins two shard-" slurm-trace.txt)" -ge 2 ]; }
await reads_the_second
kill -KILL "$victim"

status=0
wait "$run" || status=$?
echo "commands of node two: $(grep -c "^begins two " slurm-trace.txt) begun, $(grep -c "^ends two " slurm-trace.txt) ended"
echo "exit $status"
echo "slow steps: $(cat all/*.log | grep -c "ended with 124")"
status=0
"$check" "$folder/some" 2 some.json shard-1.ndjson missing.ndjson || status=$?
echo "with a missing shard: exit $status"
