// Writes the state of a log of many events and reads it again: how fast, and with how much memory.
// Usage: node bench/state.mjs [--ids 5e6] [--file /tmp/bench.state.gz]
import { createHash, randomFillSync } from "node:crypto";
import { createWriteStream, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import { rulebookOf } from "../dist/engine/block/rulebook.js";
import { collectorFor } from "../dist/engine/keep/open-collector.js";
import { LogState } from "../dist/engine/log/log-state.js";
import { NO_POLICY } from "../dist/model/policy.js";
import { CLAUSES } from "../dist/protocol/clauses/clauses.js";
import { RULES } from "../dist/rules/index.js";
import { addStates } from "../dist/state/read-state.js";
import { emptyState, STATE_VERSION } from "../dist/state/run-state.js";
import { stateLines } from "../dist/state/write-state.js";

const { values } = parseArgs({
  options: {
    ids: { type: "string", default: "5e6" },
    file: { type: "string", default: join(tmpdir(), "mplp-check-bench.state") },
  },
});
const ids = Number(values.ids);
/** Events of a block of 1 MiB, about. */
const BLOCK = 2400;
const { file } = values;
const header = {
  version: STATE_VERSION,
  tool: "",
  protocol: "",
  policy: "",
  maxFindings: 20,
  maxRecordBytes: 1,
  unwrap: "auto",
  redact: false,
};

function emptyRun() {
  const log = new LogState(rulebookOf(RULES, CLAUSES), {
    maxFindings: 20,
    maxState: 1e11,
    policy: NO_POLICY,
  });
  return emptyState(log);
}

function uuids() {
  const bytes = randomFillSync(Buffer.alloc(16 * 4096));
  let at = 0;
  return () => {
    if (at === bytes.length) {
      randomFillSync(bytes);
      at = 0;
    }
    const hex = bytes.toString("hex", at, at + 16);
    at += 16;
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
}

async function timed(what, action) {
  // Time of the processor rather than of the clock: what else the machine does is left out.
  const started = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(started);
  const seconds = (user + system) / 1e6;
  const { size } = statSync(file);
  const rate = `${Math.round(ids / seconds / 1000)}k ids/s, ${(size / seconds / 1e6).toFixed(0)} MB/s`;
  const rss = Math.round(process.memoryUsage.rss() / 1e6);
  console.log(
    `${what}: ${seconds.toFixed(1)} s of CPU, ${rate}, file ${Math.round(size / 1e6)} MB, ${rss} MB resident`,
  );
}

const run = emptyRun();
run.log.open("events.ndjson");
run.digests.push({ sha256: createHash("sha256").digest("hex"), bytes: 1 });
const next = uuids();
const rule = RULES.find(({ id }) => id === "event-id-unique");
for (let first = 0; first < ids; first += BLOCK) {
  const collector = collectorFor(rule.id, rule.source);
  for (let line = 0; line < Math.min(BLOCK, ids - first); line++)
    collector.add({ key: next(), value: 4503599627370495 - first - line }, line);
  run.log.kept.take(collector.batch(), 0, first);
}
console.log(`kept ${ids} ids: ${Math.round(process.memoryUsage.rss() / 1e6)} MB resident`);
const through = file.endsWith(".gz") ? [createGzip()] : [];
await timed("written", () =>
  pipeline([Readable.from(stateLines(header, run)), ...through, createWriteStream(file)]),
);
const again = emptyRun();
const everything = () => true;
await timed("read", () =>
  addStates(file, again, {
    header,
    judgedBy: { claims: [], complete: false, options: "{}" },
    isRule: everything,
    isClause: everything,
    documentOf: () => undefined,
  }),
);
const sizes = [run, again].map(({ log }) => [...log.kept].find(({ rules }) => rules[0] === rule).store.size);
console.log(sizes[0] === sizes[1] ? "all ids are there again" : `${sizes[1]} of ${sizes[0]} ids`);
rmSync(file);
