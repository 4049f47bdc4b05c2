import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_TERMS, type Terms } from "../src/model/likeness.js";
import { isJsonObject } from "../src/model/subject.js";
import { isDateTime, isUuidV4 } from "../src/protocol/fields/formats.js";
import { runs } from "./support/runs.js";
import { likenessOf, lineRecord } from "./support/scanned.js";

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

const likenessIn = (line: string, terms = TERMS): number => likenessOf(line, terms);

const inFamily = (members: object, event_family = "intent"): string =>
  JSON.stringify({ event_family, ...members });

const areAlike = (one: object, other: object, family?: string): boolean => {
  const [a, b] = [one, other].map((members) => likenessIn(inFamily(members, family)));
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
    expect(likenessIn(inFamily(members))).toBe(0);
    expect(likenessIn(JSON.stringify({ ...members, event_family: "external_integration" }))).toBe(0);
  });

  it("in a payload that does not matter, with anything", () => {
    expect(areAlike({ payload: { path: "/x" } }, { payload: { args: {}, other: [1] } })).toBe(true);
    expect(areAlike({ payload: { step_id: "x" } }, { payload: { step_id: "y" } })).toBe(false);
    expect(areAlike({ payload: { step_id: ID, other: 1 } }, { payload: { other: {}, step_id: ID } })).toBe(
      true,
    );
  });

  it("without a family, only if all members are known", () => {
    expect(likenessIn('{"a":1}')).not.toBe(0);
    expect(likenessIn('{"a":1,"c":1}')).toBe(0);
    expect(likenessIn('{"a":[1]}')).toBe(0);
    expect(likenessIn('{"a":1,"payload":{"path":"a"}}')).toBe(likenessIn('{"a":2,"payload":{"path":"b"}}'));
    expect(likenessIn('{"a":1,"payload":{"args":"a"}}')).not.toBe(
      likenessIn('{"a":1,"payload":{"args":"b"}}'),
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
    expect(likenessIn(`{"event_family":"x",${text.slice(1)}`, terms)).toBe(0);
  });

  it("but for the name of a member, even if it has the same hash", () => {
    const terms = only("timestamp", "a");
    const [own, other] = ["timestamp", "x3p31l8q;O@i85^K"].map((name) =>
      likenessIn(inFamily({ a: 1, [name]: TIME }), terms),
    );
    expect(other).not.toBe(own);
    expect(other).toBe(likenessIn(inFamily({ a: 1, another: TIME }), terms));
  });

  it.each([16, 17, 33, 64])("by names of %i bytes, to the last of them", (length) => {
    const name = "n".repeat(length);
    const [own, other] = [name, `${name.slice(1)}m`].map((each) =>
      likenessIn(inFamily({ [each]: 1 }), only(name)),
    );
    expect(own).not.toBe(other);
    expect(own).not.toBe(likenessIn(inFamily({}), only(name)));
  });

  it("never where a judged name is longer than there is room for", () => {
    const name = "n".repeat(65);
    expect(likenessIn(inFamily({ [name]: 1 }), only(name))).toBe(0);
  });

  it("never where no member is judged, or too many", () => {
    expect(likenessIn('{"a":1}', NO_TERMS)).toBe(0);
    const many = Array.from({ length: 100 }, (_, index) => `member ${index}`);
    expect(likenessIn(inFamily({ "member 1": 1 }), only(...many))).toBe(0);
    expect(likenessIn('{"a":1}')).not.toBe(0);
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
    const [a, b] = [one, other].map((value) => likenessIn(inFamily({ [name]: value }), terms));
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
    const [a, b] = [one, other].map((value) => likenessIn(inFamily({ [name]: value }), terms));
    expect(a).not.toBe(b);
  });

  it("with a wrong id only if letters and a sign stand before the UUID", () => {
    const terms: Terms = { ...only("a"), ids: ["a"] };
    const likenessWith = (before: string): number => likenessIn(inFamily({ a: `${before}${ID}` }), terms);
    const letters = likenessWith("evt_");
    expect([likenessWith("a-"), likenessWith("Run:")]).toEqual([letters, letters]);
    // The advice is another one if a single other character stands among the letters.
    for (let code = 0x20; code < 0x7f; code++) {
      const character = String.fromCharCode(code);
      if (!/[A-Za-z]/.test(character)) expect(likenessWith(`a${character}_`), character).not.toBe(letters);
    }
  });

  it("with ids and times only that are right", () => {
    const [likeId, likeTime] = [ID, TIME].map((a) => likenessIn(JSON.stringify({ a })));
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
        const likeness = likenessIn(JSON.stringify({ a }));
        if (likeness === likeId) expect(isUuidV4(a)).toBe(true);
        if (likeness === likeTime) expect(isDateTime(a)).toBe(true);
      }),
      { numRuns: runs(5000) },
    );
  });
});

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
    const record = lineRecord(text, TERMS);
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
