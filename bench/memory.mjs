// Measures what the log rules' stores keep for each key and each observation.
// Usage: node --expose-gc bench/memory.mjs
import { randomUUID } from "node:crypto";
import { storeFor } from "../dist/engine/observations.js";
import { RULES } from "../dist/rules/index.js";

const KEYS = 300_000;
/** Stores stay alive to the end: one that is freed while the next is measured would spoil its figure. */
const stores = [];
const rules = new Map(RULES.map((rule) => [rule.id, rule]));

function used() {
  for (let round = 0; round < 3; round++) globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function bytesFor(rule, keyOf, perKey, valueAt) {
  const store = storeFor(rules.get(rule));
  stores.push(store);
  const before = used();
  const instant = { seconds: 1.7e9, fraction: 0.5 };
  for (let key = 0; key < KEYS; key++) {
    const name = keyOf();
    for (let index = 0; index < perKey; index++)
      store.add(name, valueAt(index), { input: 0, line: key }, instant);
  }
  const bytes = (used() - before) / KEYS;
  return store.size === KEYS ? bytes : Number.NaN;
}

const stage = () => `${randomUUID()}analyze\n36`;
const run = () => `github-actionsbuild-and-test${1e9 + Math.floor(Math.random() * 1e15)}\n14,14`;
const rows = [
  ["event-id-unique", "event_id that is a UUID", randomUUID, 1, () => 4711],
  ["event-id-unique", "event_id that is none", () => `evt-${randomUUID()}`, 1, () => 4711],
  ["event-id-unique", "event_id that comes twice", randomUUID, 2, () => 4711],
  ["stage-transitions", "stage, one event", stage, 1, (index) => index],
  ["stage-transitions", "stage, three events", stage, 3, (index) => index],
  ["execution-lifecycle", "execution, two events", randomUUID, 2, (index) => index],
  ["ci-lifecycle", "CI run, two events", run, 2, (index) => index],
  [
    "stage-stability",
    "pipeline of five stages",
    randomUUID,
    5,
    (index) => JSON.stringify([`stage-${index}`, index, `Stage ${index}`]),
  ],
];
console.log("| rule | for each | bytes |\n|---|---|---|");
for (const [rule, what, ...rest] of rows)
  console.log(`| ${rule} | ${what} | ${Math.round(bytesFor(rule, ...rest))} |`);
