// Measures what the log rules' stores keep for each key, and compares it with what they count for the budget.
// Usage: node --expose-gc bench/memory.mjs [--keys 300000]
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { collectorFor } from "../dist/engine/keep/open-collector.js";
import { storeFor } from "../dist/engine/keep/open-store.js";
import { RULES } from "../dist/rules/index.js";

const { values } = parseArgs({ options: { keys: { type: "string", default: "300000" } } });
const KEYS = Number(values.keys);
/** As many as a block of 1 MiB has, about. */
const KEYS_A_BLOCK = 1000;
/** Stores stay alive to the end: one that is freed while the next is measured would spoil its figure. */
const stores = [];
const rules = new Map(RULES.map((rule) => [rule.id, rule]));

/** A text in one piece, as JSON.parse makes them: one that was put together keeps its parts. */
function flat(text) {
  return Buffer.from(text).toString();
}

function used() {
  for (let round = 0; round < 3; round++) globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function bytesFor(id, keyOf, perKey, valueAt) {
  const rule = rules.get(id);
  const store = storeFor(rule.source);
  stores.push(store);
  const before = used();
  const instant = { seconds: 1.7e9, fraction: 0.5 };
  for (let first = 0; first < KEYS; first += KEYS_A_BLOCK) {
    const collector = collectorFor(rule.id, rule.source);
    for (let line = 0; line < Math.min(KEYS_A_BLOCK, KEYS - first); line++) {
      const key = flat(keyOf());
      for (let index = 0; index < perKey; index++)
        collector.add({ key, instant, value: valueAt(index), ...attachmentOf(rule, index) }, line);
    }
    store.take(collector.batch(), 0, first);
  }
  if (store.size !== KEYS) throw new Error(`${id}: ${store.size} keys instead of ${KEYS}`);
  return { measured: (used() - before) / KEYS, counted: store.bytes / KEYS };
}

/** Digests tell deliveries apart where only the first of each value is kept. */
function attachmentOf({ id }, index) {
  return id === "stage-stability" ? { attachment: 2 ** 50 + index } : {};
}

const stage = () => `${randomUUID()}analyze\n36`;
const run = () => `run github-actionsbuild-and-test${1e9 + Math.floor(Math.random() * 1e15)}\n14,14`;
const path = () => JSON.stringify([randomUUID(), "", "editor-adapter-1.0", `src/modules/${randomUUID()}.ts`]);
const invocation = () => `invocation ${randomUUID()}\nsucceeded\n1700000000 0.123`;
const turn = () => `${randomUUID()}${randomUUID()}turn\n36,36`;
const rows = [
  ["event-id-unique", "event_id that is a UUID", randomUUID, 1, () => 4711],
  ["event-id-unique", "event_id that is not a UUID", () => `evt-${randomUUID()}`, 1, () => 4711],
  ["event-id-unique", "event_id that comes twice", randomUUID, 2, () => 4711],
  ["stage-transitions, stage-transition-events", "stage, one event", stage, 1, (index) => index],
  ["stage-transitions, stage-transition-events", "stage, three events", stage, 3, (index) => index],
  ["execution-lifecycle", "execution, two events", randomUUID, 2, (index) => index],
  ["tool-lifecycle", "tool invocation, two events", randomUUID, 2, (index) => index],
  ["ci-lifecycle", "CI run, two events", run, 2, (index) => index],
  [
    "ci-runs-covered",
    "CI run",
    run,
    1,
    () => ({ what: "run", start: true, end: true, base: "/payload", project: "" }),
  ],
  ["execution-for-each-call", "tool invocation, two events", randomUUID, 2, () => 0],
  [
    "stage-stability",
    "pipeline of five stages",
    randomUUID,
    5,
    (index) => flat(`7 ${index}\nstage-${index}\nStage ${index}`),
  ],
  ["file-update-debounced", "changed file, three saves", path, 3, (index) => index],
  ["repeated-invocation", "tool event", invocation, 1, (index) => index],
  ["map-turns-answered", "role of a session, two events", turn, 2, (index) => index],
  ["graph-ledger", "graph of three updates", randomUUID, 3, (index) => [index, 1, -1, 0]],
  ["single-graph-per-project", "project", randomUUID, 1, () => flat(randomUUID())],
];
console.log("| rule | for each | bytes | counted |\n|---|---|---|---|");
for (const [ids, what, ...rest] of rows) {
  const { measured, counted } = bytesFor(ids.split(",")[0], ...rest);
  console.log(`| ${ids} | ${what} | ${Math.round(measured)} | ${Math.round(counted)} |`);
}
