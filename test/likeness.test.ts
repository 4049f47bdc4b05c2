import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scopesOf } from "../src/engine/block/rulebook.js";
import { recordsOf } from "../src/input/record/records.js";
import { type Defect, shownBy } from "../src/model/defect.js";
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
import { some } from "./support/long.js";
import { READER } from "./support/reader.js";
import { runs } from "./support/runs.js";
import { recordsIn } from "./support/scanned.js";
import { toldBy } from "./support/told.js";

const TERMS: Terms = {
  members: ["a", "b", "payload", "event_family"],
  payload: {
    tool_id: "word",
    step_id: "word",
    note: "free",
    path: "name",
    url: "address",
    args: "word",
    count: "word",
    started_at: "word",
    completed_at: "word",
    duration_ms: "word",
  },
  leading: ["tool_id"],
  telling: ["step_id"],
  integration: "external_integration",
  ids: [],
  instants: [],
};
/** Only these members of a record matter. */
const only = (...members: readonly string[]): Terms => ({
  ...TERMS,
  members: [...members, "event_family"],
  payload: {},
});
const MORE = Array.from({ length: 24 }, (_, index) => `member ${index}`);
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

const inFamily = (members: object, event_family = "intent"): string =>
  JSON.stringify({ event_family, ...members });

const areAlike = (one: object, other: object, family?: string): boolean => {
  const [a, b] = [one, other].map((members) => likenessOf(inFamily(members, family)));
  return a !== 0 && a === b;
};

describe("records are alike", () => {
  it.each([
    ["in another order", { a: 1, b: "x" }, { b: "x", a: 1 }],
    ["with other members besides", { a: 1, c: 1 }, { a: 1, d: "anything", e: {} }],
    ["with another UUID", { a: ID }, { a: "00000000-0000-4000-b000-000000000000" }],
    ["with another time", { a: TIME }, { a: "1999-12-31T23:59:59+05:30" }],
    ["with a time of a leap day", { a: TIME }, { a: "2024-02-29T08:00:00.000Z" }],
    ["with another payload", { payload: { c: 1 } }, { payload: {} }],
    [
      "with another one that repeats a member",
      { a: 1, payload: { a: 1 } },
      { a: 1, payload: { b: 2, c: 3 } },
    ],
    ["whatever is nested", { a: 1, c: { a: 2 } }, { a: 1, c: { b: [1] } }],
    ["with escapes further down", { a: 1, payload: { c: "\n" } }, { a: 1, payload: {} }],
    ["with escapes in other members", { a: 1, c: "\n" }, { a: 1, c: "" }],
    ["with another whole number of its sign", { a: 1 }, { a: 123456789 }],
    ["with another negative number", { a: -1 }, { a: -12 }],
  ])("%s", (_how, one, other) => {
    expect(areAlike(one, other)).toBe(true);
  });

  it.each([
    ["whether there are other members", { a: 1 }, { a: 1, c: "anything" }],
    ["whether the payload has a member of the record", { payload: { a: 1 } }, { payload: {} }],
    ["a fraction", { a: 1.5 }, { a: 2.5 }],
    ["the sign of a number", { a: 1 }, { a: -1 }],
    ["zero", { a: 0 }, { a: 1 }],
    ["a large number", { a: 1234567890 }, { a: 1234567891 }],
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
    ["a leap day that is none", { a: TIME }, { a: "1900-02-29T08:00:00.000Z" }],
    ["no zone", { a: TIME }, { a: "2026-01-05T08:00:00.000" }],
    ["the family", { a: 1, event_family: "x" }, { a: 1, event_family: "y" }],
  ])("only with the same value: %s", (_what, one, other) => {
    expect(areAlike(one, other)).toBe(false);
  });

  const tool = (more: object): object => ({ payload: { tool_id: "a", ...more } });

  it.each<[string, object, object]>([
    ["any free text", tool({ note: "x" }), tool({ note: "" })],
    ["free texts with escapes", tool({ note: "x\n" }), tool({ note: "é" })],
    ["plain names", tool({ path: "src/a.ts" }), tool({ path: "b-1_2/c.d.e" })],
    ["plain addresses", tool({ url: "https://a.example/1" }), tool({ url: "https://b.example/x-y" })],
    ["lists of texts", tool({ args: ["x"] }), tool({ args: [] })],
    ["whole numbers", tool({ count: 3 }), tool({ count: 4 })],
    [
      "times in order",
      tool({ started_at: TIME, completed_at: TIME }),
      tool({ started_at: TIME, completed_at: TIME.replace("08", "09") }),
    ],
  ])("in a payload that matters, with %s", (_what, one, other) => {
    expect(areAlike(one, other)).toBe(true);
    expect(areAlike(one, other, "external_integration")).toBe(true);
  });

  it.each<[string, object, object]>([
    ["words", tool({ args: "x" }), tool({ args: "y" })],
    ["paths that lead elsewhere", tool({ path: "../a" }), tool({ path: "b" })],
    ["paths that are absolute", tool({ path: "/a" }), tool({ path: "b" })],
    ["paths with idle steps", tool({ path: "a//b" }), tool({ path: "b" })],
    ["addresses with a user", tool({ url: "https://u@a.example/" }), tool({ url: "https://b.example/" })],
    ["signs of numbers", tool({ count: 3 }), tool({ count: -3 })],
    ["its members", tool({}), tool({ count: 1 })],
  ])("in a payload that matters, only with the same %s", (_what, one, other) => {
    expect(areAlike(one, other)).toBe(false);
  });

  it.each<[string, object]>([
    ["an unknown member in an integration event", tool({ unknown: 1 })],
    ["an object in an integration event", tool({ args: {} })],
    ["a list of anything in an integration event", tool({ args: [1] })],
    ["an escape in a word of a payload that matters", tool({ args: "\n" })],
    ["times out of order", tool({ started_at: TIME, completed_at: TIME.replace("08", "07") })],
    [
      "a duration that is not the time between",
      tool({ started_at: TIME, completed_at: TIME.replace("08", "09"), duration_ms: 5 }),
    ],
    ["a duration of many digits", tool({ started_at: TIME, completed_at: TIME, duration_ms: 1234567890 })],
    ["a leap second", tool({ started_at: "2026-06-30T23:59:60Z", completed_at: TIME })],
  ])("never with %s", (_what, members) => {
    expect(likenessOf(inFamily(members))).toBe(0);
    expect(likenessOf(JSON.stringify({ ...members, event_family: "external_integration" }))).toBe(0);
  });

  it("in a payload that does not matter, with anything", () => {
    expect(areAlike({ payload: { path: "/x" } }, { payload: { args: {}, other: [1] } })).toBe(true);
    expect(areAlike({ payload: { step_id: "x" } }, { payload: { step_id: "y" } })).toBe(false);
    expect(areAlike({ payload: { step_id: ID, other: 1 } }, { payload: { other: {}, step_id: ID } })).toBe(
      true,
    );
  });

  it("without a family, only if all members are known", () => {
    expect(likenessOf('{"a":1}')).not.toBe(0);
    expect(likenessOf('{"a":1,"c":1}')).toBe(0);
    expect(likenessOf('{"a":[1]}')).toBe(0);
    expect(likenessOf('{"a":1,"payload":{"path":"a"}}')).toBe(likenessOf('{"a":2,"payload":{"path":"b"}}'));
    expect(likenessOf('{"a":1,"payload":{"args":"a"}}')).not.toBe(
      likenessOf('{"a":1,"payload":{"args":"b"}}'),
    );
  });

  it.each([
    ["with a key that comes twice", '{"a":1,"a":1}'],
    ["with an escape in a member of theirs", '{"a":"\\n"}'],
    ["with a long string", JSON.stringify({ a: "x".repeat(65) })],
    ["with __proto__", '{"__proto__":{},"a":1}'],
    ["with capitals in their id", JSON.stringify({ event_id: ID.toUpperCase(), a: 1 })],
    ["with many ids", JSON.stringify({ a: ID, ...Object.fromEntries(MORE.map((name) => [name, ID])) })],
  ])("never %s", (_what, text) => {
    const terms = { ...TERMS, members: [...TERMS.members, "event_id", ...MORE] };
    expect(likenessOf(`{"event_family":"x",${text.slice(1)}`, terms)).toBe(0);
  });

  it("but for the name of a member, even if it has the same hash", () => {
    const terms = only("timestamp", "a");
    const [own, other] = ["timestamp", "x3p31l8q;O@i85^K"].map((name) =>
      likenessOf(inFamily({ a: 1, [name]: TIME }), terms),
    );
    expect(other).not.toBe(own);
    expect(other).toBe(likenessOf(inFamily({ a: 1, another: TIME }), terms));
  });

  it.each([16, 17, 33, 64])("by names of %i bytes, to the last of them", (length) => {
    const name = "n".repeat(length);
    const [own, other] = [name, `${name.slice(1)}m`].map((each) =>
      likenessOf(inFamily({ [each]: 1 }), only(name)),
    );
    expect(own).not.toBe(other);
    expect(own).not.toBe(likenessOf(inFamily({}), only(name)));
  });

  it("never where a judged name is longer than there is room for", () => {
    const name = "n".repeat(65);
    expect(likenessOf(inFamily({ [name]: 1 }), only(name))).toBe(0);
  });

  it("never where no member is judged, or too many", () => {
    expect(likenessOf('{"a":1}', NO_TERMS)).toBe(0);
    const many = Array.from({ length: 100 }, (_, index) => `member ${index}`);
    expect(likenessOf(inFamily({ "member 1": 1 }), only(...many))).toBe(0);
    expect(likenessOf('{"a":1}')).not.toBe(0);
  });

  it.each<[string, unknown, unknown]>([
    ["event_id", "evt-1", "evt-2"],
    ["event_id", "3f2b8c1e-5d4a-1e6f-9a7b-0c1d2e3f4a5b", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"],
    ["event_id", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "01BX5ZZKBKACTAV9WEVGEMMVRZ"],
    ["event_id", ID.replaceAll("-", ""), "0123456789abcdef0123456789abcdef"],
    ["timestamp", "2026-01-05T08:00:00.123456", "2026-02-28T23:59:59.5"],
    ["timestamp", "2026-01-05 08:00:00Z", "2026-02-28 23:59:59.123+02:00"],
    ["timestamp", 1767600000, 1999999999],
    ["timestamp", 1767600000000, 1888888888888],
    ["timestamp", 1767600000.25, 1999999999],
  ])("with a value of %s that is wrong in the same way: %j and %j", (name, one, other) => {
    const terms: Terms = { ...only("event_id", "timestamp"), ids: ["event_id"], instants: ["timestamp"] };
    const [a, b] = [one, other].map((value) => likenessOf(inFamily({ [name]: value }), terms));
    expect(a).not.toBe(0);
    expect(a).toBe(b);
  });

  it.each<[string, unknown, unknown]>([
    ["event_id", "evt-1", "evt-12"],
    ["event_id", "evt 1", "evt 2"],
    ["event_id", ID, "3f2b8c1e-5d4a-1e6f-9a7b-0c1d2e3f4a5b"],
    ["event_id", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAL"],
    ["event_id", "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdeg"],
    ["event_id", `evt-${ID}`, `evt-urn:uuid:${ID}`],
    ["event_id", `evt.${ID}`, `evt.${ID.replace("3", "4")}`],
    ["timestamp", "2026-01-05T08:00:00", "2026-01-05 08:00:00"],
    ["timestamp", "2026-01-05 08:00:00", "2026-01-05 08:00:00Z"],
    ["timestamp", "2026-01-05T08:00:00", "2026-01-05T24:00:00"],
    ["timestamp", "2026-01-05_08:00:00", "2026-01-05_08:00:01"],
    ["timestamp", 176760000000, 1767600000000],
    ["timestamp", 123456789, 12345678],
  ])("only with the same value of %s, or a wrong one of its sort: %j and %j", (name, one, other) => {
    const terms: Terms = { ...only("event_id", "timestamp"), ids: ["event_id"], instants: ["timestamp"] };
    const [a, b] = [one, other].map((value) => likenessOf(inFamily({ [name]: value }), terms));
    expect(a).not.toBe(b);
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

/** Runs a rule about events; whether an event that is like this one need not be shown to it. */
function isSettledBy(rule: EventRule, examined: Examined, defects: readonly Defect[]): boolean {
  let drafts = 0;
  rule.applies?.(examined);
  for (const defect of defects) rule.explain?.(defect, examined);
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

describe("a record with a likeness", () => {
  const values = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>(ID, TIME, "\\", '"', "\n", "é", -0.5, 1e21, [], {}, [[{}]], true, null),
  );
  const objects = fc
    .dictionary(fc.constantFrom("a", "b", "c", "payload", "é"), values, { maxKeys: 5 })
    .map((value) => inFamily(value));
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
    const { a, payload } = value as { a?: unknown; payload?: Record<string, unknown> };
    const own = record.ownValues?.() ?? [];
    for (const { name, isInPayload, what, text: ownText } of own) {
      const place = (isInPayload ? payload : value) as Record<string, unknown>;
      expect(place[name]).toBe(what === "integer" ? Number(ownText) : ownText);
    }
    if (typeof a === "string" && isUuidV4(a) && a === a.toLowerCase())
      expect(own.map(({ name }) => name)).toContain("a");
    return true;
  }

  it("is a JSON object, and has its own ids and times", () => {
    let alike = 0;
    const starts = fc
      .array(pieces, { maxLength: 12 })
      .map((parts) => `{"event_family":"x","a":${parts.join("")}}`);
    fc.assert(
      fc.property(fc.oneof(nearJson, starts), (text) => {
        if (isAlike(text)) alike++;
      }),
      { numRuns: runs(20_000) },
    );
    expect(alike).toBeGreaterThan(runs(1000));
  });

  it.each([
    '{"event_family":"x","a":1,"b":[1,"x",true],"payload":{"c":{"d":-0.5},"e":[]}}',
    `{ "a" : "${ID}" , "b" : [ [ ] , { } ], "event_family" : "" }`,
    '{"payload":{"c":"\\n\\""},"a":"x","event_family":"y","b":null}',
  ])("is a JSON object, whatever stands in it somewhere: %s", (text) => {
    expect(isAlike(text)).toBe(true);
    const inserted = [...'{}[]",:\\ -.0e1tx\t', "00", ",,", "[]", "{}", '""', '"a":'];
    for (let at = 0; at <= text.length; at++)
      for (const gone of [0, 1, 2])
        for (const piece of ["", ...inserted]) isAlike(text.slice(0, at) + piece + text.slice(at + gone));
  });
});

describe("events that are alike", () => {
  /** Of each finding one place is listed: then the scanner takes broken events too. */
  const COUNTING = { ...READER, maxFindings: 1, everyOccurrence: false };
  const READERS = [READER, COUNTING];

  /** Reads blocks by kinds, which it keeps from block to block, and by examining each event. */
  async function bothReaders(): Promise<(lines: readonly string[]) => void> {
    const { protocol } = await loadProtocol({});
    const readers = READERS.map((options) => ({
      knowing: blockReaderFor(protocol, options),
      examining: blockReaderFor({ ...protocol, likeness: NO_TERMS }, options),
    }));
    return (lines) => {
      const block = { bytes: Buffer.from(`${lines.join("\n")}\n`), lines: lines.length };
      for (const { knowing, examining } of readers)
        expect(toldBy(completed(knowing(block, undefined)))).toEqual(
          toldBy(completed(examining(block, undefined))),
        );
    };
  }

  const events = ruleFixtures()
    .filter(({ path }) => path.endsWith(".ndjson"))
    .flatMap(({ path }) => readFileSync(path, "utf8").split("\n"))
    .filter((line) => line.length < 5000 && line.startsWith("{"));
  const changed = fc
    .record({
      line: fc.constantFrom(...events),
      member: fc.nat(10),
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

  /** Events like some event: with other ids and times, and with numbers and names that differ a little. */
  const variants = (line: string, seed: number): readonly string[] =>
    Array.from({ length: 8 }, (_, index) => {
      const round = (seed + index) % 9;
      return line
        .replace(/"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"/g, (id) =>
          index % 3 === 0 ? id : `"${id.slice(1, 36)}${round}"`,
        )
        .replace(/T(\d\d):(\d\d):(\d\d)/g, (time) =>
          index % 4 === 0 ? time : `${time.slice(0, -1)}${round}`,
        )
        .replace(/(?<=_delta":|_order":|lines_added":)-?\d+/g, (number) =>
          index % 2 === 0 ? number : `${number}${round}`,
        )
        .replace(/(?<="(?:file_path|commit_id|run_id)":")[^"]*/g, (name) =>
          index % 2 === 0 ? name : `${name}${round}`,
        );
    });

  it("keep the same for log rules, whether a program writes it or their sources say it", async () => {
    const expectSame = await bothReaders();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(fc.constantFrom(...events), changed), fc.nat(8)), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.boolean(),
        (chosen, isMixed) => {
          const groups = chosen.map(([line, seed]) => variants(line, seed));
          const lines = isMixed
            ? Array.from({ length: 8 }, (_, index) => groups.map((group) => group[index] ?? "")).flat()
            : groups.flat();
          expectSame(lines);
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it("break the same rules, whether each is examined or the first of them", async () => {
    const expectSame = await bothReaders();
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...events), changed), { minLength: 1, maxLength: 40 }),
        (lines) => {
          expectSame([...lines, ...lines, ...lines]);
        },
      ),
      { numRuns: runs(150) },
    );
  });

  /** Ids, times and numbers that are wrong in many ways: some are alike, others only nearly. */
  const wrongValues = fc.oneof(
    fc.nat(1_000_000_000),
    fc.nat(1000),
    fc.bigInt({ min: 0n, max: 10n ** 19n }).map(Number),
    fc.double({ min: 0, max: 1e18, noNaN: true }),
    fc.stringMatching(/^[0-9a-z][-0-9a-zA-Z_.]{0,39}$/),
    fc.stringMatching(/^(?:[0-9a-f]{24}|[0-9a-hjkmnp-tv-z]{26}|[0-9a-f]{32})$/),
    fc.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
    fc.stringMatching(
      /^[a-zA-Z]{1,14}[-_:.]{1,2}[0-9a-fA]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    ),
    fc.stringMatching(
      /^20\d\d-[01]\d-[0-3]\d[T _][0-2]\d:[0-6]\d:[0-6]\d(?:[.,]\d{1,3})?(?:Z|[+-]\d\d:?[05]\d)?$/,
    ),
  );

  /** An event with another value of a member, or of a member of its payload. */
  function withMember(line: string, name: string, isInPayload: boolean, value: unknown): string {
    const event = JSON.parse(line) as Record<string, unknown>;
    const payload = isJsonObject(event.payload) ? event.payload : {};
    const changes = isInPayload ? { payload: { ...payload, [name]: value } } : { [name]: value };
    return JSON.stringify({ ...event, ...changes });
  }

  /** An event without a member, which may stand elsewhere, and with other members that may mean it. */
  function withoutMember(line: string, name: string, more: readonly string[], place: string): string {
    const { [name]: lost = "x", ...event } = JSON.parse(line) as Record<string, unknown>;
    const { [name]: _lost, ...payload } = isJsonObject(event.payload) ? event.payload : {};
    const others = Object.fromEntries(more.map((other) => [other, lost]));
    const inPayload = place === "payload" ? { ...payload, [name]: lost } : payload;
    return JSON.stringify(
      place === "top"
        ? { ...others, ...event, payload: inPayload }
        : { ...event, payload: { ...inPayload, ...others } },
    );
  }

  it.each([
    ["values", false],
    ["values in their payload", true],
  ])("break the same rules by their %s", async (_what, isInPayload) => {
    const { protocol } = await loadProtocol({});
    const expectSame = await bothReaders();
    const { members, payload } = protocol.likeness;
    const names = isInPayload
      ? fc.constantFrom(...Object.keys(payload))
      : fc.oneof(fc.constantFrom("event_id", "timestamp"), fc.constantFrom(...members));
    fc.assert(
      fc.property(
        fc.constantFrom(...events.filter(isObject)),
        names,
        fc.array(wrongValues, { minLength: 2, maxLength: 20 }),
        (line, name, values) => {
          const lines = values.map((value) => withMember(line, name, isInPayload, value));
          expectSame([...lines, ...lines, ...lines]);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  it("break the same rules by what is missing, wherever it is or whatever it is called", async () => {
    const { protocol } = await loadProtocol({});
    const expectSame = await bothReaders();
    const { members, payload } = protocol.likeness;
    const names = fc.oneof(fc.constant("timestamp"), fc.constantFrom(...members, ...Object.keys(payload)));
    const others = fc.array(fc.constantFrom("Timestamp", "time", "eventId", "stage", "id", "tool", "x"), {
      maxLength: 2,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...events.filter(isObject)),
        names,
        fc.array(fc.tuple(others, fc.constantFrom("nowhere", "payload", "top")), {
          minLength: 2,
          maxLength: 12,
        }),
        (line, name, variants) => {
          const lines = variants.map(([more, place]) => withoutMember(line, name, more, place));
          expectSame([...lines, ...lines, ...lines]);
        },
      ),
      { numRuns: runs(1000) },
    );
  });

  it("break the same rules by several members at a time", async () => {
    const { protocol } = await loadProtocol({});
    const expectSame = await bothReaders();
    const { members, payload } = protocol.likeness;
    const values = fc.constantFrom(
      ...[
        "2020-01-02 03:04:05Z",
        "2021-01-02T03:04:05",
        "running",
        "failed",
        "x",
        "",
        7,
        -7,
        1.5,
        null,
        [],
        {},
      ],
      ...[ID, ID.toUpperCase(), `${ID}0`, TIME, undefined],
    );
    const change = fc.record({
      name: fc.oneof(
        fc.constantFrom("event_id", "timestamp", "completed_at", "started_at", "status"),
        fc.constantFrom(...members, ...Object.keys(payload), "Timestamp", "eventId", "graph", "state"),
      ),
      isInPayload: fc.boolean(),
      value: values,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...events.filter(isObject)),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.nat(8),
        (line, changes, seed) => {
          const broken = changes.reduce(
            (each, { name, isInPayload, value }) => withMember(each, name, isInPayload, value),
            line,
          );
          const lines = variants(broken, seed);
          expectSame([...lines, ...lines]);
        },
      ),
      { numRuns: runs(4000) },
    );
  });

  it("are listed anew in each input", async () => {
    const { protocol } = await loadProtocol({});
    const read = blockReaderFor(protocol, COUNTING);
    const event = { event_id: ID, event_type: "", event_family: "intent", timestamp: TIME, payload: {} };
    const bytes = Buffer.from(`${JSON.stringify(event)}\n`.repeat(20));
    const listed = [0, 0, 1, 1].map((input) => {
      const { ledger } = completed(read({ bytes, lines: 20 }, undefined, input));
      return [...ledger.groups.values()].map(({ count, locations }) => [count, locations.length]);
    });
    expect(listed).toEqual([[[20, 1]], [[20, 0]], [[20, 1]], [[20, 0]]]);
  });

  it("have findings of their own where something else in them says what is meant", async () => {
    const { protocol } = await loadProtocol({});
    const event = { event_id: ID, event_type: "x", event_family: "intent", timestamp: TIME, payload: {} };
    const lines = [
      ...new Array(3).fill({ ...event, event_type: "" }),
      ...new Array(3).fill({ ...event, timestamp: undefined }),
      { ...event, timestamp: undefined, Timestamp: TIME },
      { ...event, event_type: "", event_id: "1" },
      ...[1, 123456789, 1].map((timestamp) => ({ ...event, timestamp })),
    ].map((each) => JSON.stringify(each));
    const block = { bytes: Buffer.from(lines.join("\n")), lines: lines.length };
    const { ledger } = completed(blockReaderFor(protocol, READER)(block, undefined));
    const found = [...ledger.groups.values()].map(({ rule, hint, count, locations }) => ({
      rule,
      isHinted: /Timestamp|in seconds/.test(hint ?? ""),
      count,
      lines: locations.map(({ at }) => at.line),
    }));
    expect(found).toEqual([
      { rule: "event-type-non-empty", isHinted: false, count: 4, lines: [0, 1, 2, 7] },
      { rule: "event-core-fields", isHinted: false, count: 3, lines: [3, 4, 5] },
      { rule: "event-core-fields", isHinted: true, count: 1, lines: [6] },
      { rule: "event-id-v4", isHinted: false, count: 1, lines: [7] },
      { rule: "event-core-fields", isHinted: false, count: 2, lines: [8, 10] },
      { rule: "event-core-fields", isHinted: true, count: 1, lines: [9] },
    ]);
  });

  it("have findings of their own where their family is unknown and their payload says what is meant", async () => {
    const { protocol } = await loadProtocol({});
    const event = { event_id: ID, event_type: "x", event_family: "ExternalIntegration", timestamp: TIME };
    const payloads = [{ a: 1 }, { toolId: "a", toolKind: "linter" }, { a: 1 }];
    const lines = payloads.map((payload) => JSON.stringify({ ...event, payload }));
    const block = { bytes: Buffer.from(lines.join("\n")), lines: lines.length };
    const { ledger } = completed(blockReaderFor(protocol, READER)(block, undefined));
    const found = [...ledger.groups.values()].map(({ rule, count }) => ({ rule, count }));
    expect(found).toContainEqual({ rule: "event-family-known", count: 3 });
    expect(found).toContainEqual({ rule: "integration-schema", count: 1 });
  });

  it("are told apart by all that rules look at", async () => {
    const { protocol } = await loadProtocol({});
    const { members, payload } = protocol.likeness;
    const judged = new Set<PropertyKey>([
      ...members,
      ...Object.keys(payload).map((name) => `payload.${name}`),
    ]);
    let tried = 0;
    for (const record of recordsIn(
      `${some("events that each rule looks at", events).filter(isObject).join("\n")}\n`,
    )) {
      const subject = recognise(record.value);
      if (subject.kind !== "profile-event" && (subject.kind !== "event" || !subject.hasFamily)) continue;
      const defects = protocol.defectsOf(subject);
      const shown = defects.map(shownBy);
      if (shown.includes("other") || likenessOf(record.text, protocol.likeness) === 0) continue;
      const integration = "integration" in subject ? subject.integration : undefined;
      if (integration?.fault !== undefined) continue;
      const scopes = scopesOf(subject);
      for (const rule of RULES) {
        if (rule.evidence !== "event" && rule.evidence !== "log") continue;
        const looksAt = rule.evidence === "log" ? rule.source.scopes : rule.scopes;
        if (!looksAt.some((scope) => scopes.includes(scope))) continue;
        const read = new Set<PropertyKey>();
        const event = noting(record.value, read);
        const own: Examined = {
          record,
          subject: { ...subject, value: event },
          event,
          integration: integration && { ...integration, value: noting(integration.value, read, "payload") },
        };
        const isSettled =
          rule.evidence === "log" ? rule.source.observe(own) !== null : isSettledBy(rule, own, defects);
        // What a check looks at to word a finding does not matter; digests of a payload go through all of it.
        const names = [...(isSettled ? read : [])].filter(
          (name) =>
            name !== "payload*" && name !== "payload.toJSON" && !(name === "*" && shown.includes("names")),
        );
        for (const name of names) expect(judged, `${rule.id} looks at`).toContain(name);
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
