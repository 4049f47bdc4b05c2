#!/usr/bin/env bash
# A Slurm of two nodes, for one check; run it below unshare, so that everything ends with it.
#
#   slurm.sh FOLDER CHECK COMMAND
#
# Each node is a host of its own, with its network and its processes; the second one is killed in the middle. FOLDER holds
# shard-*.ndjson, of which the last one is slow once; the report goes to FOLDER/slurm.json. A second run has a shard
# that is missing.
set -euo pipefail
. "$(dirname "$0")/hosts.sh"
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

make_switch
hostname head
write_command slurm SLURMD_NODENAME "$command"
export MPLP_CHECK=$folder/slurm-check

slurmctld
start_host 1 slurm/one.log sh -c 'hostname one; exec slurmd -D'
start_host 2 slurm/two.log sh -c 'hostname two; exec slurmd -D'
victim=$started
are_idle() { [ "$(sinfo --noheader --Node --format=%T 2>/dev/null | grep -c idle)" -eq 2 ]; }
await are_idle || { cat slurm/*.log >&2; exit 1; }

STEP_SECONDS=30 "$check" "$folder/all" 4 slurm.json shard-*.ndjson -- --complete &
run=$!

# In the middle: the node has read a shard and reads the next one.
reads_the_second() { [ "$(grep -c "^begins two shard-" slurm-trace.txt)" -ge 2 ]; }
await reads_the_second || { cat slurm/*.log all/*.log >&2; exit 1; }
kill -KILL "$victim"

status=0
wait "$run" || status=$?
echo "commands of node two: $(grep -c "^begins two " slurm-trace.txt) begun, $(grep -c "^ends two " slurm-trace.txt) ended"
echo "exit $status"
echo "slow steps: $(cat all/*.log | grep -c "ended with 124")"
status=0
"$check" "$folder/some" 2 some.json shard-1.ndjson missing.ndjson || status=$?
echo "with a missing shard: exit $status"
