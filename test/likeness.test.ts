import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scopesOf } from "../src/engine/block/rulebook.js";
import type { BlockResult } from "../src/engine/passage.js";
import { recordsOf } from "../src/input/record/records.js";
import { drawnFactors } from "../src/input/scan/factors.js";
import { NO_TERMS, type Terms } from "../src/model/likeness.js";
import type { EventRule, Examined } from "../src/model/rule.js";
import { isJsonObject, type LogRecord } from "../src/model/subject.js";
import { isDateTime, isUuidV4 } from "../src/protocol/fields/formats.js";
import { recognise } from "../src/recognise/recognise.js";
import { RULES } from "../src/rules/index.js";
import { blockReaderFor } from "../src/run/blocks/block-reader.js";
import { completed } from "../src/run/blocks/unhurried.js";
import { loadProtocol } from "../src/run/protocol/load-protocol.js";
import { ruleFixtures } from "./support/fixtures.js";
import { runs } from "./support/runs.js";
import { recordsIn } from "./support/scanned.js";

const TERMS: Terms = { members: ["a", "b", "payload"], apart: ["tool_id"] };
const MORE = ["c", "d", "e", "f", "g"];
const ID = "3f2b8c1e-5d4a-4e6f-9a7b-0c1d2e3f4a5b";
const TIME = "2026-01-05T08:00:00.000Z";

function recordOf(text: string, terms = TERMS): LogRecord | undefined {
  const [record] = recordsOf({ bytes: Buffer.from(text), lines: 1 }, terms) as Iterable<LogRecord>;
  return record;
}

function likenessOf(text: string, terms = TERMS): number {
  const record = recordOf(text, terms);
  if (record === undefined || "malformed" in record) throw new Error(`not a record: ${text}`);
  return record.likeness;
}

const areAlike = (one: object, other: object): boolean => {
  const [a, b] = [likenessOf(JSON.stringify(one)), likenessOf(JSON.stringify(other))];
  return a !== 0 && a === b;
};

describe("records are alike", () => {
  it.each([
    ["in another order", { a: 1, b: "x" }, { b: "x", a: 1 }],
    ["with other members besides", { a: 1 }, { a: 1, c: "anything" }],
    ["with another UUID", { a: ID }, { a: "00000000-0000-4000-b000-000000000000" }],
    ["with another time", { a: TIME }, { a: "1999-12-31T23:59:59+05:30" }],
    ["with another payload", { payload: { a: 1 } }, { payload: {} }],
    ["whatever is nested", { a: 1, c: { a: 2 } }, { a: 1, c: { b: [1] } }],
    ["with escapes further down", { a: 1, payload: { c: "\n" } }, { a: 1, payload: {} }],
  ])("%s", (_how, one, other) => {
    expect(areAlike(one, other)).toBe(true);
  });

  it.each([
    ["a number", { a: 1 }, { a: 2 }],
    ["a string", { a: "x" }, { a: "y" }],
    ["the end of a string", { a: "abcdefghi" }, { a: "abcdefghj" }],
    ["the length of a string", { a: "x" }, { a: "x\u0000" }],
    ["the member", { a: "x" }, { b: "x" }],
    ["which is which", { a: "x", b: "y" }, { a: "y", b: "x" }],
    ["a member more", { a: "x" }, { a: "x", b: "x" }],
    ["string and number", { a: "1" }, { a: 1 }],
    ["string and literal", { a: "null" }, { a: null }],
    ["object and array", { payload: {} }, { payload: [] }],
    ["object and string", { payload: {} }, { payload: "{" }],
    ["UUID and time", { a: ID }, { a: TIME }],
    ["another version", { a: ID }, { a: "3f2b8c1e-5d4a-1e6f-9a7b-0c1d2e3f4a5b" }],
    ["capitals", { a: ID }, { a: ID.toUpperCase() }],
    ["a day that is none", { a: TIME }, { a: "2026-02-30T08:00:00.000Z" }],
    ["no zone", { a: TIME }, { a: "2026-01-05T08:00:00.000" }],
  ])("but for %s", (_what, one, other) => {
    expect(areAlike(one, other)).toBe(false);
  });

  it.each([
    ["with a key that comes twice", '{"a":1,"a":1}'],
    ["with an escape in a member of theirs", '{"a":"\\u0078"}'],
    ["with a long string", JSON.stringify({ a: "x".repeat(65) })],
    ["with __proto__", '{"__proto__":{},"a":1}'],
    ["with a member that sets them apart", '{"a":1,"payload":{"tool_id":1}}'],
    ["with capitals in their id", JSON.stringify({ event_id: ID.toUpperCase(), a: 1 })],
    [
      "with many ids",
      JSON.stringify({ a: ID, b: ID, ...Object.fromEntries(MORE.map((name) => [name, ID])) }),
    ],
  ])("never %s", (_what, text) => {
    expect(likenessOf(text, { ...TERMS, members: [...TERMS.members, "event_id", ...MORE] })).toBe(0);
  });

  it("but for the name of a member, even if it has the same hash", () => {
    const terms = { members: ["timestamp", "a"], apart: [] };
    const [own, other] = ["timestamp", "x3p31l8q;O@i85^K"].map((name) =>
      likenessOf(JSON.stringify({ a: 1, [name]: TIME }), terms),
    );
    expect(other).not.toBe(own);
    expect(other).toBe(likenessOf('{"a":1}', terms));
  });

  it.each([16, 17, 33, 64])("by names of %i bytes, to the last of them", (length) => {
    const name = "n".repeat(length);
    const terms = { members: [name], apart: [] };
    const [own, other] = [name, `${name.slice(1)}m`].map((each) => likenessOf(`{"${each}":1}`, terms));
    expect(own).not.toBe(other);
    expect(own).not.toBe(likenessOf("{}", terms));
  });

  it("never where a judged name is longer than there is room for", () => {
    const name = "n".repeat(65);
    expect(likenessOf(`{"${name}":1}`, { members: [name], apart: [] })).toBe(0);
  });

  it("never where no member is judged", () => {
    expect(likenessOf('{"a":1}', NO_TERMS)).toBe(0);
    const many = Array.from({ length: 100 }, (_, index) => `member ${index}`);
    expect(likenessOf('{"member 1":1}', { members: many, apart: [] })).toBe(0);
    expect(likenessOf('{"member 1":1}', { members: ["member 1"], apart: many })).toBe(0);
    expect(likenessOf('{"a":1}')).not.toBe(0);
  });

  it("with ids and times only that are right", () => {
    const [likeId, likeTime] = [ID, TIME].map((a) => likenessOf(JSON.stringify({ a })));
    const near = (text: string) =>
      fc
        .array(fc.record({ at: fc.nat(text.length), to: fc.constantFrom(..."0123459afgzAZT-+:. ", "") }), {
          maxLength: 3,
        })
        .map((changes) =>
          changes.reduce((changed, { at, to }) => changed.slice(0, at) + to + changed.slice(at + 1), text),
        );
    const times = [TIME, "2024-02-29T23:59:59Z", "2026-12-31T00:00:00.123456789+14:00"].map(near);
    fc.assert(
      fc.property(fc.oneof(near(ID), ...times, fc.string({ minLength: 20, maxLength: 40 })), (a) => {
        const likeness = likenessOf(JSON.stringify({ a }));
        if (likeness === likeId) expect(isUuidV4(a)).toBe(true);
        if (likeness === likeTime) expect(isDateTime(a)).toBe(true);
      }),
      { numRuns: runs(5000) },
    );
  });
});

function isObject(line: string): boolean {
  try {
    return isJsonObject(JSON.parse(line));
  } catch {
    return false;
  }
}

function isCleanTo(rule: EventRule, examined: Examined): boolean {
  let drafts = 0;
  rule.applies?.(examined);
  rule.check?.(examined, () => drafts++, { isDummy: () => false });
  return drafts === 0;
}

/** An object that notes which of its members are looked at; those of its members are noted with dots between. */
function noting<Kind extends object>(object: Kind, read: Set<PropertyKey>, path = ""): Kind {
  return new Proxy(object, {
    get: (target, name) => {
      const whole = path === "" ? name : `${path}.${String(name)}`;
      read.add(whole);
      const value: unknown = Reflect.get(target, name);
      return isJsonObject(value) ? noting(value, read, String(whole)) : value;
    },
    ownKeys: (target) => {
      read.add(`${path}*`);
      return Reflect.ownKeys(target);
    },
  });
}

/** What a block amounts to, without the clauses that nothing has put to the test. */
function toldBy({ ledger, ...result }: BlockResult) {
  const tallies = [...ledger.tallies].filter(([, { checked, violations }]) => checked + violations > 0);
  return { ...result, groups: ledger.groups, tallies: new Map(tallies) };
}

describe("a record with a likeness", () => {
  const values = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>(ID, TIME, "\\", '"', "\n", "é", -0.5, 1e21, [], {}, [[{}]], true, null),
  );
  const objects = fc
    .dictionary(fc.constantFrom("a", "b", "c", "payload", "é"), values, { maxKeys: 5 })
    .map((value) => JSON.stringify(value));
  const pieces = fc.constantFrom(
    ...'{}[]",:\\/u019-+.eEtfn \t\u0000\u007fé',
    ...'true null false NaN 00 01 -0 1. .5 1e5 \\u00 \\u001z \\x \\/ {} [] "a" "a":1'.split(" "),
  );
  const nearJson = fc
    .tuple(objects, fc.array(fc.tuple(fc.nat(200), fc.nat(2), pieces), { maxLength: 3 }))
    .map(([text, changes]) =>
      changes.reduce((changed, [at, gone, piece]) => {
        const place = at % (changed.length + 1);
        return changed.slice(0, place) + piece + changed.slice(place + gone);
      }, text),
    );

  /** Holds what is said of a text to what is so; whether anything was said. */
  function isAlike(text: string): boolean {
    const record = recordOf(text);
    if (record === undefined || "malformed" in record || record.likeness === 0) return false;
    const value: unknown = JSON.parse(text);
    expect(isJsonObject(value)).toBe(true);
    expect(record).toMatchObject({ text, value });
    const own: Record<string, unknown> = {};
    record.putOwnValues?.(own);
    expect(value).toMatchObject(own);
    const { a } = value as { a?: unknown };
    if (typeof a === "string" && isUuidV4(a) && a === a.toLowerCase()) expect(own).toHaveProperty("a");
    return true;
  }

  it("is a JSON object, and has its own ids and times", () => {
    let alike = 0;
    const starts = fc.array(pieces, { maxLength: 12 }).map((parts) => `{"a":${parts.join("")}}`);
    fc.assert(
      fc.property(fc.oneof(nearJson, starts), (text) => {
        if (isAlike(text)) alike++;
      }),
      { numRuns: runs(20_000) },
    );
    expect(alike).toBeGreaterThan(runs(1000));
  });

  it.each([
    '{"a":1,"b":[1,"x",true],"payload":{"c":{"d":-0.5},"e":[]}}',
    `{ "a" : "${ID}" , "b" : [ [ ] , { } ] }`,
    '{"payload":{"c":"\\n\\""},"a":"x","b":null}',
  ])("is a JSON object, whatever stands in it somewhere: %s", (text) => {
    expect(isAlike(text)).toBe(true);
    const inserted = [...'{}[]",:\\ -.0e1tx\t', "00", ",,", "[]", "{}", '""', '"a":'];
    for (let at = 0; at <= text.length; at++)
      for (const gone of [0, 1, 2])
        for (const piece of ["", ...inserted]) isAlike(text.slice(0, at) + piece + text.slice(at + gone));
  });
});

describe("events that are alike", () => {
  const events = ruleFixtures()
    .filter(({ path }) => path.endsWith(".ndjson"))
    .flatMap(({ path }) => readFileSync(path, "utf8").split("\n"))
    .filter((line) => line.length < 5000 && line.startsWith("{"));
  const MAPPER = {
    claims: [],
    redact: false,
    unwrap: "auto",
    maxFindings: 1000,
    everyOccurrence: true,
    factors: drawnFactors(),
  } as const;

  const changed = fc
    .record({
      line: fc.constantFrom(...events),
      member: fc.nat(30),
      value: fc.oneof(
        fc.constantFrom(ID, TIME, "running", "completed", "node_add", "bulk", "core", "x", "", 0, 1, -1, 1.5),
        fc.constantFrom(null, true, {}, [], { tool_id: "a", tool_kind: "linter" }, "a@example.com"),
        fc.constant(undefined),
      ),
    })
    .map(({ line, member, value }) => {
      try {
        const event = JSON.parse(line) as Record<string, unknown>;
        const name = Object.keys(event)[member];
        return name === undefined ? line : JSON.stringify({ ...event, [name]: value });
      } catch {
        return line;
      }
    });

  it("break the same rules, whether each is examined or the first of them", async () => {
    const { protocol } = await loadProtocol({});
    const knowing = blockReaderFor(protocol, MAPPER);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...events), changed), { minLength: 1, maxLength: 40 }),
        (lines) => {
          const block = {
            bytes: Buffer.from(`${[...lines, ...lines].join("\n")}\n`),
            lines: lines.length * 2,
          };
          const examining = blockReaderFor({ ...protocol, likeness: NO_TERMS }, MAPPER);
          expect(toldBy(completed(knowing(block, undefined)))).toEqual(
            toldBy(completed(examining(block, undefined))),
          );
        },
      ),
      { numRuns: runs(150) },
    );
  });

  it("are told apart by all that rules look at", async () => {
    const { protocol } = await loadProtocol({});
    const { members, apart } = protocol.likeness;
    // No event that has one of those in its payload is like another.
    const judged = new Set<PropertyKey>([...members, ...apart.map((name) => `payload.${name}`)]);
    let tried = 0;
    for (const record of recordsIn(`${events.filter(isObject).join("\n")}\n`)) {
      const subject = recognise(record.value);
      if (subject.kind !== "event" || !subject.hasFamily || subject.integration !== undefined) continue;
      if (protocol.defectsOf(subject).length > 0) continue;
      const scopes = scopesOf(subject);
      for (const rule of RULES) {
        if (rule.evidence !== "event" && rule.evidence !== "log") continue;
        const looksAt = rule.evidence === "log" ? rule.source.scopes : rule.scopes;
        if (!looksAt.some((scope) => scopes.includes(scope))) continue;
        const read = new Set<PropertyKey>();
        const event = noting(record.value, read);
        const own = { record, subject: { ...subject, value: event }, event, integration: undefined };
        const isClean = rule.evidence === "log" ? rule.source.observe(own) !== null : isCleanTo(rule, own);
        // What is looked at to word a finding does not matter.
        for (const name of isClean ? read : []) expect(judged, `${rule.id} looks at`).toContain(name);
        tried++;
      }
    }
    expect(tried).toBeGreaterThan(1000);
  });

  it("are known by the members that schemas and invariants look at", async () => {
    const { protocol } = await loadProtocol({});
    const paths = protocol.invariants.byScope.event.flatMap(({ path, when }) => [
      path.join("."),
      ...when.map(({ field }) => field),
    ]);
    expect(protocol.likeness.members).toEqual(expect.arrayContaining(paths));
    expect(protocol.likeness.members).toContain("project_id");
  });
});
