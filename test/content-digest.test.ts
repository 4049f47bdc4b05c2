import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { check } from "../src/index.js";
import { KNOWN_FACTORS } from "../src/input/scan/factors.js";
import { takeDigestsWith } from "../src/input/scan/instances.js";
import type { JsonObject } from "../src/model/subject.js";
import { runs } from "./support/runs.js";
import { recordIn, recordsIn } from "./support/scanned.js";

// Runs of other tests leave the factors that they have drawn.
beforeAll(() => takeDigestsWith(KNOWN_FACTORS));

const digest = (value: JsonObject): number => recordIn(JSON.stringify(value)).digests.content;
const parsed = (text: string): JsonObject => JSON.parse(text) as JsonObject;

/** Objects as JSON gives them: no -0, keys of any kind. */
const objects: fc.Arbitrary<JsonObject> = fc
  .dictionary(
    fc.oneof(
      fc.constantFrom("a", "b", "payload", "0", "__proto__"),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    fc.oneof(
      fc.constantFrom<unknown>(0, 1, "1", "", null, true, [], {}),
      fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }),
    ),
    { minKeys: 1, maxKeys: 6, noNullPrototype: true },
  )
  .map((value) => parsed(JSON.stringify(value)));

/** The same value with the members of every object in another order. */
function reordered(value: unknown, order: (names: string[]) => string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => reordered(item, order));
  if (typeof value !== "object" || value === null) return value;
  const names = order(Object.keys(value));
  const text = names.map((name) => {
    const member = (value as Record<string, unknown>)[name];
    return `${JSON.stringify(name)}:${JSON.stringify(reordered(member, order))}`;
  });
  return JSON.parse(`{${text.join()}}`) as unknown;
}

/** The paths of all values in a value but itself. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return path.length === 0 ? [] : [path];
  const own = path.length === 0 ? [] : [path];
  return [...own, ...Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]))];
}

/** A copy with the value at a path changed; undefined from `change` takes it out. */
function changed(
  value: unknown,
  [name, ...rest]: readonly string[],
  change: (value: unknown) => unknown,
): unknown {
  const entries = Object.entries(value as object).flatMap(([key, member]): [string, unknown][] => {
    if (key !== name) return [[key, member]];
    const other = rest.length > 0 ? changed(member, rest, change) : change(member);
    return other === undefined ? [] : [[key, other]];
  });
  if (Array.isArray(value)) return entries.map(([, member]) => member);
  return Object.fromEntries(entries);
}

/** Nine values in an order of their own for each index. */
function permutation(index: number): JsonObject {
  const values = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
  let rest = index;
  const members = Array.from({ length: 9 }, (_, at) => {
    const choices = values.length;
    const [value] = values.splice(rest % choices, 1);
    rest = Math.floor(rest / choices);
    return [`m${at}`, value] as const;
  });
  return { ...Object.fromEntries(members), rest };
}

function nestedIn(depth: number, leaf: unknown): unknown {
  return depth === 0 ? leaf : nestedIn(depth - 1, depth % 2 === 0 ? [leaf] : { a: leaf });
}

describe("the digest of a content", () => {
  it("is the same for members in any order, at any depth", () => {
    const swaps = fc.infiniteStream(fc.nat(1000));
    fc.assert(
      fc.property(objects, swaps, (object, stream) => {
        const shuffled = (names: string[]): string[] =>
          names
            .map((name) => [stream.next().value as number, name] as const)
            .sort(([a], [b]) => a - b)
            .map(([, name]) => name);
        const other = reordered(object, shuffled) as JsonObject;
        expect(other).toEqual(object);
        expect(digest(other)).toBe(digest(object));
        expect(digest(reordered(object, (names) => names.reverse()) as JsonObject)).toBe(digest(object));
      }),
      { numRuns: runs(500) },
    );
  });

  it("is a safe integer of 52 bits", () => {
    fc.assert(
      fc.property(objects, (object) => {
        expect(Number.isSafeInteger(digest(object))).toBe(true);
        expect(digest(object)).toBeGreaterThanOrEqual(0);
        expect(digest(object)).toBeLessThan(2 ** 52);
      }),
    );
  });

  it("changes with any value of the object, its type or its absence", () => {
    const others = fc.oneof(fc.constantFrom<unknown>(undefined, null, "", 0, false, [], {}), fc.jsonValue());
    fc.assert(
      fc.property(objects, fc.nat(100), others, (object, pick, other) => {
        const paths = pathsOf(object);
        const path = paths[pick % paths.length]!;
        const replacements: ((value: unknown) => unknown)[] = [
          () => other,
          (value) => [value],
          (value) => ({ value }),
          (value) => JSON.stringify(value),
          (value) => (Array.isArray(value) ? value.toReversed() : value),
          (value) => (Array.isArray(value) ? { ...value } : value),
        ];
        for (const replacement of replacements) {
          const copy = parsed(JSON.stringify(changed(object, path, replacement)));
          expect(digest(copy) === digest(object)).toBe(isDeepStrictEqual(copy, object));
        }
      }),
      { numRuns: runs(1000) },
    );
  });

  it("is equal exactly for equal objects", () => {
    fc.assert(
      fc.property(objects, objects, (a, b) => {
        expect(digest(a) === digest(b)).toBe(isDeepStrictEqual(a, b));
      }),
      { numRuns: runs(2000) },
    );
  });

  it.each([
    ['{"a":1}', '{"a":"1"}'],
    ['{"a":true}', '{"a":"true"}'],
    ['{"a":null}', '{"a":"null"}'],
    ['{"a":null}', "{}"],
    ['{"a":{}}', "{}"],
    ['{"a":[]}', "{}"],
    ['{"a":{}}', '{"a":[]}'],
    ['{"a":{}}', '{"a":null}'],
    ['{"a":""}', '{"a":[]}'],
    ['{"a":false}', '{"a":0}'],
    ['{"a":true}', '{"a":false}'],
    ['{"a":[1,2]}', '{"a":[2,1]}'],
    ['{"a":[1]}', '{"a":1}'],
    ['{"a":[1]}', '{"a":{"0":1}}'],
    ['{"a":[[],[1]]}', '{"a":[[1],[]]}'],
    ['{"a":[{"b":1,"c":2}]}', '{"a":[{"b":1},{"c":2}]}'],
    ['{"a":1,"b":2}', '{"a":2,"b":1}'],
    ['{"a":{"b":1},"c":{"d":2}}', '{"a":{"d":2},"c":{"b":1}}'],
    ['{"a":{"b":1}}', '{"b":{"a":1}}'],
    ['{"a/b":1}', '{"a":{"b":1}}'],
    ['{"ab":"c"}', '{"a":"bc"}'],
    ['{"a":1}', '{"A":1}'],
    ['{"a":0.1}', '{"a":0.10000000000000002}'],
    ['{"__proto__":1}', "{}"],
    ['{"a":{"__proto__":{"b":1}}}', '{"a":{}}'],
    ['{"payload":{"event_id":1}}', '{"payload":{"event_id":2}}'],
    ['{"é":1}', '{"e\u0301":1}'],
  ])("tells %s from %s", (a, b) => {
    expect(recordIn(a).digests.content).not.toBe(recordIn(b).digests.content);
  });

  it.each([
    ['{"a":100,"b":0.5}', '{ "b" : 5e-1,\n"a" : 1.00e2 }'],
    ['{"a":"/"}', '{"\\u0061":"\\/"}'],
    ['{"a":-0}', '{"a":0}'],
  ])("does not tell %s from %s", (a, b) => {
    expect(recordIn(a).digests.content).toBe(recordIn(b).digests.content);
    expect(recordIn(b).digests.delivery).toBe(digest(parsed(a)));
  });

  it("leaves out the event_id, at top level only", () => {
    fc.assert(
      fc.property(objects, fc.jsonValue(), fc.jsonValue(), (object, a, b) => {
        const { event_id: _left, ...rest } = object;
        expect(digest({ ...rest, event_id: a })).toBe(digest({ event_id: b, ...rest }));
        expect(digest({ ...rest, event_id: a })).toBe(digest(rest));
      }),
    );
    expect(digest({ payload: { event_id: 1 } })).not.toBe(digest({ payload: { event_id: 2 } }));
    expect(digest({ Event_id: 1 })).not.toBe(digest({ Event_id: 2 }));
  });

  it("reads as many levels as are read", () => {
    const nested = (inner: string): number =>
      recordIn(`${'{"a":['.repeat(250)}${inner}${"]}".repeat(250)}`).digests.content;
    expect(nested("1")).toBe(nested(" 1"));
    expect(nested("1")).not.toBe(nested("2"));
    expect(nested("")).not.toBe(nested("{}"));
    expect(nested('{"b":1,"c":2}')).toBe(nested('{"c":2,"b":1}'));
  });

  it.each<[string, (index: number) => JsonObject]>([
    ["numbers", (index) => ({ a: index })],
    ["strings", (index) => ({ a: `n${index}` })],
    ["instants", (index) => ({ timestamp: new Date(1_700_000_000_000 + index).toISOString() })],
    ["pairs", (index) => ({ a: index % 500, b: Math.floor(index / 500) })],
    [
      "places in arrays",
      (index) => ({ a: [index % 60, Math.floor(index / 60) % 60, Math.floor(index / 3600)] }),
    ],
    ["member names", (index) => ({ payload: { [`k${index}`]: 1 } })],
    ["two counters with one sum", (index) => ({ a: index, b: 1_000_000 - index, c: "x" })],
    ["words of a text", (index) => ({ a: `${index % 450} `.padEnd(8, "-") + Math.floor(index / 450) })],
    ["the last byte of a word and the next", (index) => ({ a: `0000000${String(index).padStart(9, "0")}` })],
    [
      "flags",
      (index) =>
        Object.fromEntries(Array.from({ length: 18 }, (_, bit) => [`f${bit}`, (index >> bit) % 2 > 0])),
    ],
    ["which member has which value", (index) => permutation(index)],
    ["how deep it stands", (index) => ({ a: nestedIn(index % 60, index) })],
  ])("tells 10,000 objects apart that differ in %s", (_name, object) => {
    const lines = Array.from({ length: 10_000 }, (_, index) => JSON.stringify(object(index)));
    const digests = recordsIn(lines.join("\n")).map((record) => record.digests.content);
    expect(new Set(digests).size).toBe(10_000);
    // Any 26 bits of them collide as random ones do: about 6.7 times among so many.
    for (const shift of [0, 12, 24]) {
      const cut = new Set(digests.map((digest) => Math.floor(digest / 2 ** shift) % 2 ** 26));
      expect(10_000 - cut.size).toBeLessThan(25);
    }
  });
});

describe("the digest of a delivery", () => {
  const delivery = (value: JsonObject): number => recordIn(JSON.stringify(value)).digests.delivery;

  it("is that of the content where there is no event_id, and another with any", () => {
    fc.assert(
      fc.property(objects, fc.jsonValue(), fc.jsonValue(), (object, a, b) => {
        const { event_id: _left, ...rest } = object;
        expect(delivery(rest)).toBe(digest(rest));
        expect(delivery({ ...rest, event_id: a })).not.toBe(digest(rest));
        const isSame = isDeepStrictEqual(parsed(JSON.stringify({ a })), parsed(JSON.stringify({ a: b })));
        expect(delivery({ ...rest, event_id: a }) === delivery({ event_id: b, ...rest })).toBe(isSame);
      }),
    );
  });

  it.each(["", "urn:uuid:"])("takes UUIDs as the same whatever their case: %s", (prefix) => {
    const spellings = fc.tuple(fc.uuid(), fc.infiniteStream(fc.boolean())).map(([uuid, stream]) => {
      const id = prefix + uuid;
      const upper = [...id].map((letter) => (stream.next().value === true ? letter.toUpperCase() : letter));
      return [id, upper.join("")] as const;
    });
    fc.assert(
      fc.property(objects, spellings, (rest, [id, other]) => {
        expect(delivery({ ...rest, event_id: id })).toBe(delivery({ ...rest, event_id: other }));
        expect(delivery({ ...rest, event_id: id })).not.toBe(delivery({ ...rest, event_id: `${other}0` }));
      }),
    );
  });

  it.each([
    "A87B8BCC-C229-4315-A744-C539FE993D4G",
    "A87B8BCC-C229-4315-A744C-539FE993D44",
    "A87B8BCCXC229-4315-A744-C539FE993D44",
    "A87B8BCC-C229-4315-A744-C539FE993D4",
    "urm:uuid:A87B8BCC-C229-4315-A744-C539FE993D44",
    "urn:uuid-A87B8BCC-C229-4315-A744-C539FE993D44",
    "EVT-1",
  ])("tells apart the cases of %s, which is no UUID", (id) => {
    expect(delivery({ event_id: id })).not.toBe(delivery({ event_id: id.toLowerCase() }));
  });

  it("tells apart the cases of ids in other members", () => {
    const id = "a87b8bcc-c229-4315-a744-c539fe993d44";
    expect(delivery({ project_id: id })).not.toBe(delivery({ project_id: id.toUpperCase() }));
    expect(delivery({ payload: { event_id: id } })).not.toBe(
      delivery({ payload: { event_id: id.toUpperCase() } }),
    );
  });
});

describe("spellings", () => {
  const numbers = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer().map((value) => value / 1000),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 0n, max: 10n ** 22n }).map(Number),
    fc.integer({ min: -9, max: 9 }).chain((digit) => fc.nat(40).map((zeros) => digit * 10 ** (zeros - 20))),
  );
  const literals = fc.oneof(
    numbers.map(String),
    numbers.map((value) => value.toExponential()),
    numbers.map((value) => value.toFixed(20)),
    fc
      .tuple(numbers, fc.constantFrom(1, 5, 15, 16, 17, 21))
      .map(([value, digits]) => value.toPrecision(digits)),
    fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
    fc.constantFrom(
      "-0",
      "0.0",
      "1e400",
      "10.0e399",
      "-1e400",
      "1e401",
      "1767607200000000001",
      "1767607200000000000",
      "1767607200000000001.0",
      "17676072000000000010e-1",
      "176760720000000000.1e1",
      "1767607200000000001.5",
      "9007199254740993",
      "9007199254740992",
      "0.000001",
      "0.0000001",
    ),
  );

  /** A double, or the whole or infinite number that is none. */
  function worthOf(literal: string): number | bigint {
    const double = Number(literal);
    const whole = wholeOf(literal);
    if (!Number.isFinite(double)) return whole ?? double;
    if (whole === undefined || Number.isSafeInteger(double)) return double;
    return [BigInt(double), wholeOf(double.toExponential())].includes(whole) ? double : whole;
  }

  /** The whole number that a literal stands for; undefined if it is none. */
  function wholeOf(literal: string): bigint | undefined {
    const [digits = "", exponent = "0"] = literal.split("e");
    const [before = "", after = ""] = digits.split(".");
    const [number, shift] = [BigInt(before + after), Number(exponent) - after.length];
    if (shift >= 0) return number * 10n ** BigInt(shift);
    const unit = 10n ** BigInt(-shift);
    return number % unit === 0n ? number / unit : undefined;
  }

  it("of numbers do not matter, only their values do", () => {
    const of = (literal: string): number => recordIn(`{"a":${literal}}`).digests.content;
    fc.assert(
      fc.property(literals, literals, (a, b) => {
        expect(of(a) === of(b)).toBe(worthOf(a) === worthOf(b));
      }),
      { numRuns: runs(3000) },
    );
    expect(of("1e400")).not.toBe(of("null"));
    for (const at of [
      (part: string) => `{"a":1e400,"n":null,"payload":${part}}`,
      (part: string) => `[[${part}],1e400]`,
    ]) {
      const digestIn = (literal: string): number => {
        const { digests, value } = recordIn(`{"x":${at(`{"b":[${literal}]}`)}}`);
        return digests.of([value.x]);
      };
      expect(digestIn("1767607200000000001")).not.toBe(digestIn("1767607200000000002"));
      expect(digestIn("1767607200000000001")).toBe(digestIn("1767607200000000001"));
    }
  });

  it("of strings and keys do not matter", () => {
    const units = fc.array(
      fc.oneof(
        fc.constantFrom(...'a"\\/\b\f\n\r\t\u0000\u001f\u007fé\u2028\ud800'),
        fc.string({ unit: "binary", maxLength: 1 }),
      ),
      { maxLength: 20 },
    );
    const ways = fc.infiniteStream(fc.nat(3));
    const written = (text: string, way: IterableIterator<number>): string =>
      Array.from({ length: text.length }, (_, at) => {
        const code = text.charCodeAt(at).toString(16).padStart(4, "0");
        const usual = JSON.stringify(text[at]).slice(1, -1);
        return [usual, `\\u${code}`, `\\u${code.toUpperCase()}`, text[at] === "/" ? "\\/" : usual][
          way.next().value as number
        ];
      }).join("");
    fc.assert(
      fc.property(units, units, ways, (key, text, way) => {
        const [name, value] = [key.join(""), text.join("")];
        const record = recordIn(`{"${written(name, way)}":"${written(value, way)}"}`);
        expect(record.value).toEqual(parsed(JSON.stringify({ [name]: value })));
        expect(record.digests.content).toBe(digest(record.value));
      }),
      { numRuns: runs(2000) },
    );
  });

  it("and white space do not matter", () => {
    fc.assert(
      fc.property(objects, fc.constantFrom(1, 2, "\t"), (object, space) => {
        const spread = JSON.stringify(object, null, space);
        expect(recordIn(spread).digests.content).toBe(digest(object));
        expect(recordIn(spread.replace(/\n/g, "\r\n ")).digests.delivery).toBe(
          recordIn(JSON.stringify(object)).digests.delivery,
        );
      }),
    );
  });

  it("repeated keys count once, with their last value", () => {
    expect(recordIn('{"a":1,"a":2}').digests.content).toBe(digest({ a: 2 }));
    expect(recordIn('{"event_id":"a","event_id":"b"}').digests.delivery).toBe(
      recordIn('{"event_id":"b"}').digests.delivery,
    );
  });
});

describe("parts of a record", () => {
  it("have digests by their values", () => {
    const { digests } = recordIn('{"a":1}');
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const [x, y] = [a, b].map((value) => JSON.parse(JSON.stringify(value)) as unknown);
        expect(digests.of(x) === digests.of(y)).toBe(isDeepStrictEqual(x, y));
      }),
    );
  });
});

describe("digests of two contents", () => {
  const eventOf = (decision: string): string =>
    JSON.stringify({
      event_id: "325f62e8-f5bc-4f0a-8b80-2a8ce52d43ba",
      event_type: "intent_captured",
      event_family: "intent",
      timestamp: "2025-12-08T09:30:01.000Z",
      payload: { decision },
    });
  const [first, forged] = ["approved", "rem6i1uw|t|=WlCz"].map(eventOf) as [string, string];

  it("can be made to agree by who knows with what they are taken", () => {
    expect(digest(parsed(forged))).toBe(digest(parsed(first)));
  });

  it("differ in a run, whose factors nobody knows", async () => {
    const folder = mkdtempSync(join(tmpdir(), "mplp-check-digest-"));
    const log = join(folder, "forged.ndjson");
    writeFileSync(log, `${first}\n${forged}\n`);
    const { findings } = await check([log]);
    rmSync(folder, { recursive: true });
    expect(findings.map(({ rule, level }) => [rule, level])).toEqual([["event-id-unique", "MUST"]]);
  });
});
