// What is measured: commands with the table that they belong to, and those that cannot be run with the reason.
import { measure } from "./measure.mjs";
import { installPeers, peers, script } from "./peers.mjs";

const OURS = "bin/mplp-check.js";

/**
 * All cases. One has a `name`, a `table`, a `command`, the `status` that it ends with, and `lacking`: why it cannot be
 * run, if it cannot. One that reads the log several times over says so as `logs`. Ratios are those to the table's case
 * with `isReference`.
 */
export async function casesFor(logs) {
  const ours = (log, name, more = {}) => ({
    name,
    command: script(OURS, log, "--jobs", "1"),
    status: 0,
    ...more,
  });
  const others = await proven(logs);
  return [
    ours(logs.ndjson, "mplp-check `--jobs 1`", { table: "programs", isReference: true }),
    {
      ...ours(logs.ndjson, "mplp-check `--jobs 2`", { table: "programs" }),
      command: script(OURS, logs.ndjson, "--jobs", "2"),
    },
    {
      ...ours(logs.ndjson, "two runs of `--jobs 1` at once", { table: "programs" }),
      logs: 2,
      command: script("bench/twice.mjs", ...script(OURS, logs.ndjson, "--jobs", "1").slice(1)),
    },
    ...others.map((peer) => ({ ...peer, table: "programs", status: 0 })),
    ours(logs.ndjson, "nothing wrong", { table: "logs", isReference: true }),
    ours(logs.onePercent, "1% of the events wrong", { table: "logs", status: 1 }),
    ours(logs.allInvalid, "every event wrong", { table: "logs", status: 1 }),
    ours(logs.gzip, "nothing wrong, gzip", { table: "logs" }),
    ours(logs.zstd, "nothing wrong, zstd", {
      table: "logs",
      lacking: logs.zstd === undefined ? "zstd is not installed" : undefined,
    }),
    {
      name: "`node -e 0`",
      table: "start",
      command: [process.execPath, "-e", "0"],
      status: 0,
      isReference: true,
    },
    ours(logs.few, "mplp-check, ten events", { table: "start" }),
  ];
}

/** The other programs; a validator is compared only if it refuses a log in which every event is wrong. */
async function proven(logs) {
  const lacking = installPeers();
  const probes = peers({ ...logs, ndjson: logs.wrong, array: logs.wrongArray }, lacking);
  const found = [];
  for (const [index, peer] of peers(logs, lacking).entries()) {
    const isTried = peer.isValidator === true && peer.lacking === undefined;
    const isFooled = isTried && (await measure(probes[index].command)).status === 0;
    found.push(isFooled ? { ...peer, lacking: "takes wrong events for right ones" } : peer);
  }
  return found;
}
