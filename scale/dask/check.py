#!/usr/bin/env python3
"""Checks the shards of a log with mplp-check on the workers of a Dask cluster.

    check.py --scheduler tcp://head:8786 --partitions 4 -o report.json shard-*.ndjson -- --complete

Three steps: each shard is read by itself; the keys of all shards are judged in partitions; the judged partitions are
merged here, into the report of one run over all shards. Ends as that run. Workers need mplp-check and the shards, at
the same paths and in the same working folder; they share no other files, states travel as bytes. Dask repeats what a
lost worker had done.

Options behind -- go to every step: those that judge (--claim, --complete) and those that all steps must share
(--config, --max-findings, --redact, --schemas).
"""

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path


def mplp_check(told, *arguments, accept=(0,)):
    """Runs mplp-check. Raises if it takes too long or ends otherwise, so that Dask tries again."""
    command = [*told.command, *map(str, arguments), *told.options]
    done = subprocess.run(
        command, cwd=told.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=told.seconds
    )
    if done.returncode not in accept:
        raise RuntimeError(f"{shlex.join(command)} ended with {done.returncode}: {done.stderr.strip()}")


def read(told, shard, number, of):
    """Reads one shard. Returns the files of its state: the base, then the partitions."""
    os.stat(Path(told.folder, shard))  # A shard that is missing is tried again, on another worker perhaps.
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["--part", f"{number}/{of}", "--jobs", 1, "--allow-stale", "--fail-on", "none"]
        arguments += ["-o", f"{folder}/report.json"]
        state = ["--partitions", told.partitions, "--state-out", f"{folder}/state"]
        # 3: nothing to judge in this shard alone. 2: the merged report says what could not be checked.
        mplp_check(told, shard, *arguments, *state, accept=(0, 2, 3))
        names = ["base", *range(1, told.partitions + 1)]
        return [Path(folder, "state", f"{name}.state.gz").read_bytes() for name in names]


def pick(state, number):
    """What one partition needs of a shard's state. It runs where the state is."""
    return {"base": state[0], number: state[number]}


def judge(told, number, shards):
    """Judges one partition of all shards."""
    with tempfile.TemporaryDirectory() as folder:
        for index, files in enumerate(shards):
            os.mkdir(f"{folder}/{index}")
            for name, content in files.items():
                Path(folder, str(index), f"{name}.state.gz").write_bytes(content)
        states = [f"{folder}/{index}" for index in range(len(shards))]
        mplp_check(told, "merge", *states, "--partition", number, "--state-out", f"{folder}/judged.gz")
        return Path(folder, "judged.gz").read_bytes()


def report(told, outputs, judged):
    """Merges the judged partitions into the report. Returns the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"{index}.state.gz") for index in range(len(judged))]
        for file, content in zip(files, judged):
            file.write_bytes(content)
        placed = [argument for output in outputs for argument in ("-o", output)]
        return subprocess.run([*told.command, "merge", *map(str, files), *placed, *told.options]).returncode


def check(client, told, shards, outputs):
    """Checks the shards of a log, in its order."""
    submit = lambda *task: client.submit(*task, retries=told.retries, pure=False)
    states = [submit(read, told, shard, at, len(shards)) for at, shard in enumerate(shards, 1)]
    judged = []
    for number in range(1, told.partitions + 1):
        judged.append(submit(judge, told, number, [submit(pick, state, number) for state in states]))
    return report(told, outputs, client.gather(judged))


def arguments():
    own, options = sys.argv[1:], []
    if "--" in own:
        own, options = own[: own.index("--")], own[own.index("--") + 1 :]
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("shards", nargs="+", help="the shards, in the order of the log")
    parser.add_argument("--scheduler", help="its address; default: a cluster of this machine")
    parser.add_argument("--partitions", type=int, default=1, help="how many judges share the keys")
    parser.add_argument("--retries", type=int, default=3, help="how often a failed step is tried again")
    parser.add_argument("--seconds", type=float, help="a step that takes longer is tried again")
    parser.add_argument("--command", type=shlex.split, default=["mplp-check"], help="how workers start mplp-check")
    parser.add_argument("-o", "--output", action="append", default=[], help="a report; its ending says the format")
    told = parser.parse_args(own)
    told.folder = os.getcwd()
    # The working folders of workers may hold other configurations.
    told.options = options if "--config" in options else ["--no-config", *options]
    return told


if __name__ == "__main__":
    told = arguments()
    try:
        # Whoever asks for the help may not have it yet.
        from distributed import Client
    except ImportError:
        get = "pip install distributed, or apt-get install python3-distributed"
        print(f"check.py: Dask is not installed: {get}", file=sys.stderr)
        sys.exit(2)
    try:
        with Client(told.scheduler) as client:
            code = check(client, told, told.shards, told.output)
    except Exception as error:
        print(f"check.py: {error}", file=sys.stderr)
        code = 2
    sys.exit(code)
