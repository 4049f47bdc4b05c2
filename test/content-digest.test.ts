import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../src/model/subject.js";
import { contentDigest } from "../src/rules/log/content-digest.js";

const digest = (value: JsonObject): number => contentDigest(value, "event_id");
const parsed = (text: string): JsonObject => JSON.parse(text) as JsonObject;

/** Objects as JSON gives them: no -0, keys of any kind. */
const objects: fc.Arbitrary<JsonObject> = fc
  .dictionary(
    fc.oneof(
      fc.constantFrom("a", "b", "payload", "0", "__proto__"),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    fc.oneof(fc.constantFrom<unknown>(0, 1, "1", "", null, true, [], {}), fc.jsonValue({ maxDepth: 4 })),
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

describe("contentDigest", () => {
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
      { numRuns: 500 },
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
      { numRuns: 1000 },
    );
  });

  it("is equal exactly for equal objects", () => {
    fc.assert(
      fc.property(objects, objects, (a, b) => {
        expect(digest(a) === digest(b)).toBe(isDeepStrictEqual(a, b));
      }),
      { numRuns: 2000 },
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
    expect(digest(parsed(a))).not.toBe(digest(parsed(b)));
  });

  it.each([
    ['{"a":100,"b":0.5}', '{ "b" : 5e-1,\n"a" : 1.00e2 }'],
    ['{"a":"/"}', '{"\\u0061":"\\/"}'],
    ['{"a":-0}', '{"a":0}'],
  ])("does not tell %s from %s", (a, b) => {
    expect(digest(parsed(a))).toBe(digest(parsed(b)));
  });

  it("leaves out the excepted member, at top level only", () => {
    fc.assert(
      fc.property(objects, fc.jsonValue(), fc.jsonValue(), (object, a, b) => {
        expect(contentDigest({ ...object, event_id: a }, "event_id")).toBe(
          contentDigest({ event_id: b, ...object, ...("event_id" in object && { event_id: b }) }, "event_id"),
        );
        const { event_id: _left, ...rest } = object;
        expect(contentDigest({ ...rest, event_id: a }, "event_id")).toBe(contentDigest(rest, "event_id"));
      }),
    );
    expect(digest({ payload: { event_id: 1 } })).not.toBe(digest({ payload: { event_id: 2 } }));
    expect(contentDigest({ event_id: 1 }, "other")).not.toBe(contentDigest({ event_id: 2 }, "other"));
  });

  it("reads a hundred thousand levels", () => {
    const nested = (inner: string): JsonObject =>
      parsed(`${'{"a":['.repeat(50_000)}${inner}${"]}".repeat(50_000)}`);
    expect(digest(nested("1"))).toBe(digest(nested(" 1")));
    expect(digest(nested("1"))).not.toBe(digest(nested("2")));
    expect(digest(nested(""))).not.toBe(digest(nested("{}")));
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
  ])("tells 200,000 objects apart that differ in %s", (_name, object) => {
    const digests = new Set(Array.from({ length: 200_000 }, (_, index) => digest(object(index))));
    expect(digests.size).toBe(200_000);
  });
});
