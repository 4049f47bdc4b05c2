#!/bin/sh
# Checks the shards of a log with mplp-check as jobs of Slurm: an array that reads, an array that judges, a report.
#
#   check.sh FOLDER PARTITIONS REPORT SHARD... -- --complete
#
# FOLDER is on a disk that all nodes share; states are kept there, and nothing else may be in it. REPORT is a file; its
# ending says the format. Waits, and ends as the run. Options behind -- go to every step. MPLP_CHECK is the command,
# SBATCH_OPTIONS what every job is given, such as "--time=60 --mem=4G", and STEP_SECONDS how long a step may take.
#
# A node that fails has its jobs requeued. A step that fails or takes too long is tried three times in its job; if that
# does not help, the steps after it are cancelled and this ends with 2.
set -eu
: "${MPLP_CHECK:=mplp-check}" "${SBATCH_OPTIONS:=}" "${STEP_SECONDS:=0}"

# Tries a step three times. Some exit codes are results.
try() {
  accepted=$1
  shift
  for attempt in 1 2 3; do
    status=0
    # 0 stands for any time.
    timeout -k 10 "$STEP_SECONDS" "$@" || status=$?
    case " $accepted " in *" $status "*) return 0 ;; esac
    echo "attempt $attempt ended with $status: $*" >&2
  done
  return "$status"
}

step=${STEP:-submit}
usage() {
  echo "usage: check.sh FOLDER PARTITIONS REPORT SHARD... -- OPTIONS" >&2
  echo "PARTITIONS is a number from 1, REPORT a file to write" >&2
  exit 2
}
if [ "$step" = submit ]; then
  case ${2:-} in "" | 0* | *[!0-9]*) usage ;; esac
  case ${4:-} in "" | --) usage ;; esac
fi
folder=$1 partitions=$2 report=$3
shift 3
if [ "$step" != submit ]; then
  of=$(wc -l <"$folder/shards")
  task=${SLURM_ARRAY_TASK_ID:-0}
  set --
  while IFS= read -r option; do set -- "$@" "$option"; done <"$folder/options"
fi

case $step in
submit)
  mkdir -p "$folder"
  : >"$folder/shards"
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    printf '%s\n' "$1" >>"$folder/shards"
    shift
  done
  [ $# -eq 0 ] || shift
  # The working folders of nodes may hold other configurations.
  printf '%s\n' --no-config "$@" >"$folder/options"
  of=$(wc -l <"$folder/shards")
  submit() {
    STEP=$1 after=$2
    shift 2
    export STEP MPLP_CHECK STEP_SECONDS
    # shellcheck disable=SC2086 # several options
    sbatch --parsable --requeue --export=ALL --output="$folder/$STEP-%A-%a.log" --kill-on-invalid-dep=yes \
      ${after:+--dependency=afterok:$after} $SBATCH_OPTIONS "$@" "$0" "$folder" "$partitions" "$report"
  }
  rm -f "$folder/exit"
  reading=$(submit read "" --array="1-$of") || exit 2
  judging=$(submit judge "$reading" --array="1-$partitions") || exit 2
  submit report "$judging" --wait >/dev/null || true
  [ -f "$folder/exit" ] || echo "check.sh: a step failed, there is no report: see $folder/*.log" >&2
  exit "$(cat "$folder/exit" 2>/dev/null || echo 2)"
  ;;
read)
  shard=$(sed -n "${task}p" "$folder/shards")
  [ -r "$shard" ] || { echo "$shard cannot be read" >&2; exit 2; }
  # 3: nothing to judge in this shard alone. 2: the merged report says what could not be checked.
  try "0 2 3" $MPLP_CHECK "$shard" --part "$task/$of" --jobs 1 --allow-stale --fail-on none -f json -o /dev/null \
    --partitions "$partitions" --state-out "$folder/state-$task" "$@"
  ;;
judge)
  # shellcheck disable=SC2046 # several folders
  try 0 $MPLP_CHECK merge $(seq -f "$folder/state-%.0f" "$of") --partition "$task" \
    --state-out "$folder/judged-$task.state.gz" "$@"
  ;;
report)
  status=0
  # shellcheck disable=SC2046 # several files
  $MPLP_CHECK merge $(seq -f "$folder/judged-%.0f.state.gz" "$partitions") -o "$report" "$@" || status=$?
  echo "$status" >"$folder/exit"
  ;;
esac
