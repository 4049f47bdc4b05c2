import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, type Occurrence } from "../../src/index.js";
import type { Attack, Random } from "./attack.js";
import { judged, keepsSchema, type Members } from "./judge.js";
import { SOUND } from "./sound-events.js";

/** The clauses about the members of one envelope. */
const ENVELOPE = [
  "PS-4.1-1",
  "PS-4.1-2",
  "PS-4.1-4",
  "PS-4.1-5",
  "PS-4.1-6",
  "PS-4.2-1",
  "PS-5.1-1",
  "PS-5.2-1",
  "PS-5.2-2",
  "PS-5.2-3",
  "PS-6.1-1",
  "PS-6.2-1",
  "PS-7.1-1",
  "PS-7.2-1",
  "PS-7.3-1",
  "RG-4.2-1",
  "RG-4.3-1",
];
const PAYLOAD = ["IS-4.3-1", "IS-4.3-2"];

/** Values of every type, right and nearly right. */
const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1,
  3,
  1.5,
  1e300,
  "",
  " ",
  "x",
  "0",
  [],
  ["x"],
  {},
  { a: 1 },
  "9c4d8a52-1b0e-4c6f-8f5d-3a2b1c0d9e8f",
  "9C4D8A52-1B0E-4C6F-8F5D-3A2B1C0D9E8F",
  "9c4d8a52-1b0e-1c6f-8f5d-3a2b1c0d9e8f",
  "9c4d8a52-1b0e-4c6f-cf5d-3a2b1c0d9e8f",
  "9c4d8a521b0e4c6f8f5d3a2b1c0d9e8f",
  "{9c4d8a52-1b0e-4c6f-8f5d-3a2b1c0d9e8f}",
  "00000000-0000-0000-0000-000000000000",
  "2026-02-28T23:59:59Z",
  "2026-02-29T00:00:00Z",
  "2024-02-29T00:00:00+00:00",
  "2026-01-05T08:00:00",
  "2026-01-05 08:00:00Z",
  "2026-01-05t08:00:00.123456789z",
  "2026-01-05T24:00:00Z",
  "2026-01-05T08:60:00Z",
  "2016-12-31T23:59:60Z",
  "2016-12-31T22:59:60Z",
  "2017-01-01T00:59:60+01:00",
  "2026-01-05T08:00:00+0100",
  "2026-01-05T08:00:00+24:00",
  "2026-13-01T08:00:00Z",
  "1767600000",
  "node_add",
  "edge_delete",
  "bulk",
  "Running",
  "running",
  "success",
  "succeeded",
  "cancelled",
  "agent",
  "graph_update",
  "pipeline_stage",
  "runtime_execution",
  "GraphUpdateEvent",
  "intent",
  "lots of text ".repeat(300),
];

const CHANGED = 40;

/** An event with up to three members taken away, added, or given another value. */
function mutated(event: Members, random: Random): Members {
  const changed: Record<string, unknown> = structuredClone(event);
  const isOfPayload =
    typeof changed.payload === "object" && changed.payload !== null && random.below(2) === 0;
  const members = isOfPayload ? (changed.payload as Record<string, unknown>) : changed;
  for (let change = random.below(4); change > 0; change--) {
    const name = random.pick(Object.keys(members)) ?? "payload";
    // What an event is shows in these; with other ones it is another question.
    if (name === "event_type" && isOfPayload === false && random.below(2) === 0) continue;
    const way = random.below(4);
    if (way === 0) delete members[name];
    else if (way === 1) members[`${name}_x`] = random.pick(VALUES);
    else members[name] = random.pick(VALUES);
  }
  return changed;
}

/** Events that the judge can judge: it does not know what else an object without a family may be. */
function isJudgeable(event: Members): boolean {
  return Object.hasOwn(event, "event_family");
}

async function occurrencesIn(path: string): Promise<ReadonlyMap<number, readonly Occurrence[]>> {
  const byLine = new Map<number, Occurrence[]>();
  await check([path], {
    jobs: 1,
    onOccurrences: async (occurrences) => {
      for await (const occurrence of occurrences)
        byLine.set(occurrence.line, [...(byLine.get(occurrence.line) ?? []), occurrence]);
    },
  });
  return byLine;
}

/** The members of an envelope at which a level of findings about it stands. */
function membersAt(found: readonly Occurrence[], level: string): Set<string> {
  const own = found.filter(
    (each) => each.level === level && each.clauses.some((clause) => ENVELOPE.includes(clause)),
  );
  return new Set(own.map(({ pointer = "" }) => pointer.split("/")[1] ?? ""));
}

function sorted(names: Iterable<string>, among: ReadonlySet<string>): string[] {
  return [...names].filter((name) => among.has(name)).sort();
}

function compare(event: Members, found: readonly Occurrence[]): void {
  const { must, should, judged: members } = judged(event);
  const text = JSON.stringify(event).slice(0, 1500);
  assert.deepEqual(sorted(membersAt(found, "MUST"), members), sorted(must, members), `MUST: ${text}`);
  if (should !== undefined)
    assert.deepEqual(sorted(membersAt(found, "SHOULD"), members), sorted(should, members), `SHOULD: ${text}`);
  if (event.event_family !== "external_integration") return;
  const isKept = keepsSchema(event);
  if (isKept === undefined) return;
  const isAccused = found.some(
    ({ level, clauses, rule }) =>
      level === "MUST" &&
      clauses.some((clause) => PAYLOAD.includes(clause)) &&
      (!isKept || rule === "integration-schema"),
  );
  const isNoObject =
    typeof event.payload !== "object" || event.payload === null || Array.isArray(event.payload);
  if (isNoObject && Object.hasOwn(event, "payload"))
    assert.ok(
      found.some(({ level, pointer }) => level === "MUST" && pointer === "/payload"),
      text,
    );
  else assert.equal(isAccused, !isKept, `payload ${isKept ? "keeps" : "breaks"} its schema: ${text}`);
}

/** Single events, right and wrong, against a judge that was written apart from the rules. */
export const events: Attack = {
  of: "events",
  async run(random, folder) {
    const list = Array.from({ length: CHANGED }, () => mutated(random.pick(SOUND), random)).filter(
      isJudgeable,
    );
    const path = join(folder, "events.ndjson");
    // With one event that has a family, no finding is about the file as a whole.
    writeFileSync(path, [SOUND[0], ...list].map((event) => `${JSON.stringify(event)}\n`).join(""));
    const found = await occurrencesIn(path);
    for (const [index, event] of list.entries()) compare(event, found.get(index + 2) ?? []);
    return list.length;
  },
};
