#!/usr/bin/env bash
# A Slurm of one node, for one check; run it below unshare, so that everything ends with it.
#
#   slurm.sh FOLDER CHECK COMMAND
#
# FOLDER holds shard-*.ndjson; the report goes to FOLDER/slurm.json. A second run has a shard that is missing.
set -euo pipefail
folder=$1 check=$2 command=$3
cd "$folder"
host=$(hostname -s)
mkdir -p slurm/state slurm/spool
cat >slurm/slurm.conf <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/none
CredType=cred/none
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$folder/slurm/state
SlurmdSpoolDir=$folder/slurm/spool
SlurmctldPidFile=$folder/slurm/slurmctld.pid
SlurmdPidFile=$folder/slurm/slurmd.pid
SlurmctldLogFile=$folder/slurm/slurmctld.log
SlurmdLogFile=$folder/slurm/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/linear
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:2
CONF
export SLURM_CONF=$folder/slurm/slurm.conf

# Slurm resolves names only where a network besides the loopback has an address.
ip link set lo up
ip link add one type veth peer name two
ip address add 10.77.0.1/24 dev one
ip link set one up
ip link set two up

printf '#!/bin/sh\nexec %s "$@"\n' "$command" >mplp-check-here
chmod +x mplp-check-here
export MPLP_CHECK=$folder/mplp-check-here

slurmctld
slurmd
for _ in $(seq 600); do
  if sinfo --noheader 2>/dev/null | grep -q idle; then break; fi
  sleep 0.1
done

status=0
"$check" "$folder/all" 4 slurm.json shard-*.ndjson -- --complete || status=$?
echo "exit $status"
status=0
"$check" "$folder/some" 2 some.json shard-1.ndjson missing.ndjson || status=$?
echo "with a missing shard: exit $status"
cat all/*.log some/*.log slurm/*.log >slurm/all.log
