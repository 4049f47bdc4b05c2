// What is measured: commands with the table that they belong to, and those that cannot be run with the reason.
import { measure } from "./measure.mjs";
import { installPeers, peers, script } from "./peers.mjs";

const OURS = "bin/mplp-check.js";

/**
 * All cases. One has a `name`, a `table`, a `command`, the `status` that it ends with, and `lacking`: why it cannot be
 * run, if it cannot. `log` is what it reads; one that reads it several times over says so as `times`. Ratios are those
 * to the table's case with `isReference`.
 */
export async function casesFor(logs) {
  return [...floors(logs), ...(await programs(logs)), ...variants(logs), ...starts(logs)];
}

const ours = (log, name, more = {}) => ({
  name,
  log,
  command: script(OURS, log.path, "--jobs", "1"),
  status: 0,
  ...more,
});

function floors({ clean }) {
  const floor = { table: "programs", log: clean, status: 0 };
  return [
    {
      ...floor,
      name: "only reading and JSON.parse (`bench/floor.mjs`)",
      command: script("bench/floor.mjs", clean.path),
      isReference: true,
    },
    {
      ...floor,
      name: "the same with SHA-256 (`bench/floor.mjs --sha256`)",
      command: script("bench/floor.mjs", clean.path, "--sha256"),
    },
  ];
}

async function programs(logs) {
  const { clean } = logs;
  const others = await proven(logs);
  return [
    ours(clean, "mplp-check `--jobs 1`", { table: "programs" }),
    {
      ...ours(clean, "mplp-check `--jobs 2`", { table: "programs" }),
      command: script(OURS, clean.path, "--jobs", "2"),
    },
    {
      ...ours(clean, "two runs of `--jobs 1` at once", { table: "programs" }),
      times: 2,
      command: script("bench/twice.mjs", ...script(OURS, clean.path, "--jobs", "1").slice(1)),
    },
    ...others.map((peer) => ({ ...peer, log: clean, table: "programs", status: 0 })),
  ];
}

function variants(logs) {
  const of = (name, what, more) => ours(logs[name] ?? logs.clean, what, { table: "logs", ...more });
  return [
    of("clean", "nothing wrong", { isReference: true }),
    of("python", "blanks as Python writes them"),
    of("integers", "other numbers in every event"),
    of("escapes", "an escape in every text"),
    of("onePercent", "1% of the events wrong", { status: 1 }),
    of("allInvalid", "every event wrong", { status: 1 }),
    of("gzip", "nothing wrong, gzip"),
    of("zstd", "nothing wrong, zstd", {
      lacking: logs.zstd === undefined ? "zstd is not installed" : undefined,
    }),
  ];
}

function starts({ few }) {
  return [
    {
      name: "`node -e 0`",
      table: "start",
      command: [process.execPath, "-e", "0"],
      status: 0,
      isReference: true,
    },
    ours(few, "mplp-check, ten events", { table: "start" }),
  ];
}

/** The other programs; a validator is compared only if it refuses a log in which every event is wrong. */
async function proven(logs) {
  const lacking = installPeers();
  const { schema, arraySchema } = logs;
  const files = (log, array) => ({ ndjson: log.path, array, schema, arraySchema });
  const probes = peers(files(logs.wrong, logs.wrongArray), lacking);
  const found = [];
  for (const [index, peer] of peers(files(logs.clean, logs.array), lacking).entries()) {
    const isTried = peer.isValidator === true && peer.lacking === undefined;
    const isFooled = isTried && (await measure(probes[index].command)).status === 0;
    found.push(isFooled ? { ...peer, lacking: "takes wrong events for right ones" } : peer);
  }
  return found;
}
