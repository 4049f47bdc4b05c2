// Puts many millions of event ids through the store of event-id-unique, and many of them again: more than a
// Map or a Set of JavaScript holds. Checks that exactly those come back, in order, with what was said of each.
// Usage: node --max-old-space-size=2000 bench/ids.mjs [--ids 50e6] [--repeats 20e6]
import { parseArgs } from "node:util";
import { collectorFor } from "../dist/engine/keep/open-collector.js";
import { storeFor } from "../dist/engine/keep/open-store.js";
import { RULES } from "../dist/rules/index.js";

const { values } = parseArgs({
  options: { ids: { type: "string", default: "50e6" }, repeats: { type: "string", default: "20e6" } },
});
const ids = Number(values.ids);
const repeats = Number(values.repeats);
const rule = RULES.find(({ id }) => id === "event-id-unique");
const store = storeFor(rule.source);

/** Every repeat is of another id, and far from the one before it: the step has no factor in common with `ids`. */
const step = coprimeTo(ids);
const isSame = (index) => index % 3 === 0;

function coprimeTo(count) {
  const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b));
  let candidate = Math.floor(count * 0.618);
  while (gcd(candidate, count) !== 1) candidate++;
  return candidate;
}

const bytes = Buffer.alloc(16);

/** A UUID v4 for each number below 2^32: multiplying by an odd number is one to one, so that none comes twice. */
function uuid(index) {
  bytes.writeInt32LE(Math.imul(index, 0x9e3779b1), 0);
  bytes.writeInt32LE(Math.imul(index ^ 0x5bd1e995, 0x85ebca6b), 4);
  bytes.writeInt32LE(Math.imul(index + 1, 0xc2b2ae35), 8);
  bytes.writeInt32LE(index, 12);
  bytes[6] = 0x40 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** What is kept of each id: up to 52 bits, as a digest has. */
function digestOf(index) {
  return (index % 0xfffff) * 2 ** 32 + (Math.imul(index, 0x27d4eb2f) >>> 0);
}

function expectEqual(actual, expected, what) {
  if (actual !== expected) throw new Error(`${what}: ${actual} instead of ${expected}`);
}

function timed(what, count, run) {
  const start = performance.now();
  run();
  const ns = ((performance.now() - start) * 1e6) / count;
  console.log(`${what}: ${Math.round(ns)} ns each`);
}

/** Events of a block of 1 MiB, about. */
const BLOCK = 2400;

/** Puts `count` observations into the store, a block at a time. */
function keep(input, count, observedOn) {
  for (let first = 0; first < count; first += BLOCK) {
    const collector = collectorFor(rule.id, rule.source);
    const lines = Math.min(BLOCK, count - first);
    for (let line = 0; line < lines; line++) collector.add(observedOn(first + line), line);
    store.take(collector.batch(), input, first);
  }
}

timed("making an id", Math.min(ids, 1e6), () => {
  for (let index = 0; index < Math.min(ids, 1e6); index++) uuid(index).charCodeAt(0);
});
timed("inserting an id", ids, () => keep(0, ids, (line) => ({ key: uuid(line), value: digestOf(line) })));
expectEqual(store.size, ids, "ids");
console.log(`${(store.bytes / ids).toFixed(1)} bytes counted for each id`);

const repeatOf = new Uint32Array(repeats);
for (let number = 0, index = 0; number < repeats; number++, index = (index + step) % ids)
  repeatOf[number] = index;
timed("repeating an id", repeats, () =>
  keep(1, repeats, (line) => {
    const index = repeatOf[line];
    const value = digestOf(index) + (isSame(index) ? 0 : 1);
    const id = uuid(index);
    return { key: id, value };
  }),
);
expectEqual(store.size, ids, "ids after the repeats");
console.log(`${(store.bytes / ids).toFixed(1)} bytes counted for each id, with the repeats`);

/** Line of the repeat of each id, from 1; 0 where it has none. */
const lineOfRepeat = new Uint32Array(ids);
for (let number = 0; number < repeats; number++) lineOfRepeat[repeatOf[number]] = number + 1;
let index = -1;
let groups = 0;
timed("finding a repeat", repeats, () => {
  for (const { key, observations } of store.groups(2)) {
    do index++;
    while (lineOfRepeat[index] === 0);
    groups++;
    const [first, second] = observations;
    expectEqual(key, uuid(index), "id");
    expectEqual(observations.length, 2, `observations of ${key}`);
    expectEqual(first.value, digestOf(index), `value of ${key}`);
    expectEqual(first.at.line, index, `line of ${key}`);
    expectEqual(second.value, digestOf(index) + (isSame(index) ? 0 : 1), `second value of ${key}`);
    expectEqual(second.at.line + 1, lineOfRepeat[index], `second line of ${key}`);
    expectEqual(second.at.input, 1, `second input of ${key}`);
  }
});
expectEqual(groups, repeats, "groups with repeats");
console.log(`${groups} of ${store.size} ids came twice, as they did`);
console.log(`peak RSS: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
