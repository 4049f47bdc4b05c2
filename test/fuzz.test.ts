import { afterAll, describe, expect, it } from "vitest";
import { type Failure, Fuzz } from "./fuzz/fuzz.js";
import { linesOf } from "./fuzz/generate/log.js";
import { hasRepeatedKey, parsed } from "./fuzz/judge/json.js";
import { type Invariant, protocolOf, readTexts, type Texts } from "./fuzz/judge/protocol.js";
import { fewer } from "./support/long.js";

const SEED = 20_260_105;
const texts = readTexts();
const running: Fuzz[] = [];

afterAll(() => {
  for (const fuzz of running) fuzz.end();
});

function fuzzWith(judge: Texts): Fuzz {
  const fuzz = new Fuzz(protocolOf(judge));
  running.push(fuzz);
  return fuzz;
}

const told = (failures: readonly Failure[]): string[] =>
  failures.map(
    ({ what, about, seed, line, message }) => `seed ${seed}, line ${line}: ${what} ${about} ${message}`,
  );

function withInvariant(id: string, change: Partial<Invariant>): Texts {
  const invariants = texts.invariants.map((each) => (each.id === id ? { ...each, ...change } : each));
  expect(invariants).not.toEqual(texts.invariants);
  return { ...texts, invariants };
}

function withMember(schema: string, member: string, change: object): Texts {
  const { [schema]: changed = {}, ...schemas } = texts.schemas;
  const properties = { ...(changed.properties as object), [member]: change };
  return { ...texts, schemas: { ...schemas, [schema]: { ...changed, properties } } };
}

describe("the checker and a judge of its own", () => {
  it("agree about every line and every lifecycle of generated logs", async () => {
    const failures = await fuzzWith(texts).run({
      lines: fewer("lines of the fuzz", 6000),
      seed: SEED,
      batch: 1000,
      shown: 3,
    });
    expect(told(failures)).toEqual([]);
  });

  const run = { lines: 500, seed: SEED, batch: 500, shown: 0 };

  it.each<[string, Texts, string]>([
    [
      "does not know a status",
      withInvariant("obs_pipeline_stage_status_valid", { rule: "enum(pending,running,completed,failed)" }),
      "false accept MUST stage_status",
    ],
    [
      "takes ids of any version",
      withInvariant("obs_event_id_is_uuid", { rule: "non-empty-string" }),
      "false alarm MUST event_id",
    ],
    ["takes any payload", withMember("core", "payload", {}), "false alarm MUST payload"],
    [
      "wants short names of tools",
      withMember("tool_event", "tool_id", { type: "string", maxLength: 12 }),
      "false accept MUST payload.tool_id",
    ],
  ])("do not agree if it %s", async (_what, judge, expected) => {
    const failures = await fuzzWith(judge).run(run);
    expect(failures.map(({ what, about }) => `${what} ${about}`)).toContain(expected);
  });

  it("show a disagreement with a line, a seed and the fewest lines that repeat it", async () => {
    const judge = withInvariant("obs_runtime_status_valid", { rule: "enum(pending,running)" });
    const limits = { lines: 300, seed: SEED, batch: 300, shown: 1 };
    const [first] = await fuzzWith(judge).run(limits);
    expect(first).toMatchObject({ what: "false accept", about: "MUST status", seed: SEED });
    expect(first?.smallest).toHaveLength(1);
    const lines = [...take(linesOf(SEED), 300)];
    expect(first?.text).toBe(lines[(first?.line ?? 0) - 1]);
  });
});

describe("generated logs", () => {
  const lines = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((seed) => [...take(linesOf(SEED + seed), 1000)]);
  const records = lines.map(parsed);

  it("are the same for the same seed", () => {
    expect([...take(linesOf(9), 500)]).toEqual([...take(linesOf(9), 500)]);
    expect([...take(linesOf(9), 500)]).not.toEqual([...take(linesOf(10), 500)]);
  });

  it("are written in every way that a log can be written, right and wrong", () => {
    const texts = records.flatMap((record) => (record === undefined ? [] : [record.text]));
    const some = (form: RegExp): number => texts.filter((text) => form.test(text)).length;
    expect(records.filter((record) => record === undefined).length).toBeGreaterThan(5);
    expect(lines.some((line) => typeof line !== "string")).toBe(true);
    expect(texts.filter(hasRepeatedKey).length).toBeGreaterThan(5);
    expect(some(/"[^"]*\\u[^"]*":/)).toBeGreaterThan(50);
    expect(some(/": /)).toBeGreaterThan(50);
    expect(some(/:-?\d+(?:\.0|e0)[,}]/)).toBeGreaterThan(5);
    expect(some(/^\{"(?!event_)/)).toBeGreaterThan(50);
    expect(some(/(?:\[|\{"a":){100}/)).toBeGreaterThan(0);
    expect(new Set(texts).size).toBeLessThan(texts.length);
  });
});

function* take<Item>(items: Iterable<Item>, count: number): Iterable<Item> {
  let left = count;
  for (const item of items) {
    if (left-- === 0) return;
    yield item;
  }
}
