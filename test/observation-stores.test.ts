import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectorFor } from "../src/engine/keep/open-collector.js";
import { REPEATS_BYTES, type Repeats, type Rows, repeatsAmong } from "../src/engine/memory/repeats.js";
import { UuidRows } from "../src/engine/memory/uuid-rows.js";
import { leadingUuids } from "../src/engine/memory/uuid-words.js";
import type { Observation, Position } from "../src/model/rule.js";
import type { Storage } from "../src/model/source.js";
import { listed } from "./support/groups.js";
import { some } from "./support/long.js";
import { runs } from "./support/runs.js";
import { type OpenStore, openStore } from "./support/stores.js";

function uuidOf(words: readonly number[]): string {
  const hex = words.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function wordsOf(uuid: string): Uint32Array {
  const words = new Uint32Array(12);
  expectSame(leadingUuids(uuid, words, 0), 1);
  return words.subarray(0, 4);
}

/** UUIDs by number: spread at random, one after the other, or different in one place only. */
const families: Readonly<Record<string, (index: number) => string>> = {
  random: (index) =>
    uuidOf([0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f].map((prime) => Math.imul(index + 1, prime))),
  "in sequence": (index) => uuidOf([0, 0, 0, index]),
  "different in front": (index) => uuidOf([index << 12, 0xffff4fff, 0xbfffffff, 0xffffffff]),
  "different inside": (index) => uuidOf([7, index << 16, (index << 8) | 0x80000000, 7]),
};

const VALUES = [
  0,
  1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 32 + 1,
  2 ** 52 - 1,
  2 ** 52,
  Number.MAX_SAFE_INTEGER,
];

const values = fc.oneof(fc.constantFrom(...VALUES), fc.nat(), fc.maxSafeNat());

const positions: fc.Arbitrary<Position> = fc.record({
  input: fc.oneof(fc.nat(3), fc.constant(70_000)),
  line: fc.oneof(fc.nat(), fc.constantFrom(2 ** 31, 2 ** 32 - 1)),
});

/** The words of a UUID and of a number behind it. */
function rowOf(uuid: string, value: number): Uint32Array {
  const words = new Uint32Array(6);
  words.set(wordsOf(uuid));
  new Float64Array(words.buffer)[2] = value;
  return words;
}

describe("UuidRows", () => {
  it.each(some("families of UUIDs", Object.entries(families)))(
    "gives back what was appended, for many UUIDs %s",
    (_name, uuid) => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 40_000 }), values, positions, (count, value, at) => {
          const rows = new UuidRows();
          const numberOf = (index: number): number => (value > 2 ** 40 ? value - index : value + index);
          for (let index = 0; index < count; index++)
            rows.append(rowOf(uuid(index), numberOf(index)), 0, 4, index, at.line);
          expectSame(rows.size, count);
          for (let index = 0; index < count; index++) {
            expectSame(rows.key(index), uuid(index));
            const { value: kept, at: place } = rows.observation(index);
            expectSame(kept, numberOf(index));
            expectSame(place.input, index);
            expectSame(place.line, at.line);
            expectSame(rows.areAlike(index, index), true);
            expectSame(rows.areAlike(index, (index + 1) % count), count === 1);
          }
        }),
        { numRuns: 4 },
      );
    },
  );

  it("has nothing but UUIDs for keys", () => {
    const edit = fc.tuple(
      fc.nat(36),
      fc.nat(1),
      fc.oneof(
        fc.constantFrom("", "-", "g", "G", "`", "@", "/", ":", "a"),
        fc.string({ unit: "binary", maxLength: 2 }),
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uuid(),
          fc.uuid().map((uuid) => uuid.toUpperCase()),
        ),
        edit,
        (uuid, [at, cut, put]) => {
          const key = uuid.slice(0, at) + put + uuid.slice(at + cut);
          const words = new Uint32Array(12).fill(7);
          const start = key.slice(0, 36);
          const isLower = isUuid(start) && start === start.toLowerCase() && !/[^\0-\xff]/.test(key);
          expect([key, leadingUuids(key, words, 0)]).toEqual([key, isLower ? 1 : 0]);
          expect([...words.subarray(isLower ? 4 : 0)].every((word) => word === 0)).toBe(true);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  it("has no row that was not inserted", () => {
    expect(() => new UuidRows().observation(0)).toThrow(RangeError);
    expect(new UuidRows().size).toBe(0);
  });
});

/** Rows by numbers that are alike where they are equal. */
function rowsOf(numbers: readonly number[], hashOf: (number: number) => number): Rows {
  const numberOf = (row: number): number => numbers[row] ?? Number.NaN;
  return {
    size: numbers.length,
    hash: (row) => hashOf(numberOf(row)),
    areAlike: (a, b) => numberOf(a) === numberOf(b),
  };
}

function found(rows: Rows): Repeats {
  const steps = repeatsAmong(rows);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

const HASHES: Readonly<Record<string, (number: number) => number>> = {
  "spread evenly": (number) => Math.imul(number, 0x9e3779b1) >>> 0,
  "all equal": () => 7,
  "equal in their upper bits": (number) => number,
  "equal in their lower bits": (number) => (number << 24) >>> 0,
  "at both ends": (number) => (number % 2 === 0 ? 0 : 0xffffffff),
};

describe("repeatsAmong", () => {
  it.each(Object.entries(HASHES))("links rows that are alike, with hashes %s", (_name, hashOf) => {
    const few = fc.array(fc.nat(30), { maxLength: 300, size: "max" });
    const many = fc.array(fc.nat(100_000), { maxLength: 300, size: "max" });
    fc.assert(
      fc.property(fc.oneof(few, many), (numbers) => {
        const { count, isRepeat, next } = found(rowsOf(numbers, hashOf));
        expect(count).toBe(numbers.length - new Set(numbers).size);
        for (const [row, number] of numbers.entries()) {
          const later = numbers.indexOf(number, row + 1);
          expectSame(isRepeat(row), numbers.indexOf(number) < row);
          expectSame(next(row), later < 0 ? undefined : later);
        }
      }),
      { numRuns: runs(100) },
    );
  });

  it("links rows of many parts", () => {
    const count = 50_000;
    const numbers = Array.from({ length: count }, (_, row) => row % 30_000);
    const { isRepeat, next } = found(rowsOf(numbers, (number) => Math.imul(number, 0x9e3779b1) >>> 0));
    for (let row = 0; row < count; row++) {
      expectSame(isRepeat(row), row >= 30_000);
      expectSame(next(row), row < 20_000 ? row + 30_000 : undefined);
    }
  });

  it("takes the memory that it says, even if nearly all rows are alike", () => {
    const size = 1_000_000;
    const numberOf = (row: number): number => (row % 8 === 0 ? row : 7);
    const steps = repeatsAmong({
      size,
      hash: (row) => Math.imul(numberOf(row), 0x9e3779b1) >>> 0,
      areAlike: (a, b) => numberOf(a) === numberOf(b),
    });
    const taken = (): number => process.memoryUsage().arrayBuffers;
    const before = taken();
    let [step, most, index] = [steps.next(), 0, 0];
    for (; step.done !== true; step = steps.next())
      if (index++ % 16 === 0) most = Math.max(most, taken() - before);
    expect(step.value.count).toBe((size * 7) / 8 - 1);
    expect(most).toBeLessThan(1.1 * size * REPEATS_BYTES);
  });

  it("lets other work go on in between", () => {
    const steps = repeatsAmong(
      rowsOf(
        Array.from({ length: 20_000 }, (_, row) => row),
        (row) => row,
      ),
    );
    expect([...steps].length).toBeGreaterThan(3);
  });
});

/** `expect` takes longer than what is tested where it is called a million times. */
function expectSame(actual: unknown, expected: unknown): void {
  if (!Object.is(actual, expected)) expect(actual).toBe(expected);
}

interface Step {
  readonly key: string;
  readonly value: number;
  readonly at: Position;
}

/** Few keys many times and many keys once; `others` are keys that are no UUIDs, and come with UUIDs in capitals. */
function steps(others: readonly string[]): fc.Arbitrary<Step[]> {
  const names = Object.keys(families);
  const uuid = fc
    .tuple(fc.constantFrom(...names), fc.oneof(fc.nat(20), fc.nat(100_000)), fc.boolean())
    .map(([name, index, isUpper]) => {
      const text = families[name]!(index);
      return isUpper && others.length > 0 ? text.toUpperCase() : text;
    });
  const key = others.length === 0 ? uuid : fc.oneof(uuid, fc.constantFrom(...others));
  return fc.array(fc.record({ key, value: values, at: positions }), { maxLength: 400, size: "max" });
}

/** What a store of those steps must hold, by a plain Map. */
function grouped(list: readonly Step[]): [string, Observation<number>[]][] {
  const groups = new Map<string, Observation<number>[]>();
  for (const { key, value, at } of list) {
    groups.set(key, [...(groups.get(key) ?? []), { value, at }]);
  }
  return [...groups];
}

function stored(store: OpenStore, list: readonly Step[]): OpenStore {
  for (const { key, value, at } of list) store.add(key, value, at);
  return store;
}

const isUuid = (key: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key);

const OTHERS = [
  "",
  "evt-1",
  "EVT-1",
  "__proto__",
  "constructor",
  uuidOf([1, 2, 3, 4]).slice(1),
  `urn:uuid:${uuidOf([1, 2, 3, 4])}`,
];

describe("the packed store", () => {
  it("groups UUIDs as a Map does, in the order of their first appearance", () => {
    fc.assert(
      fc.property(steps([]), fc.integer({ min: 1, max: 4 }), (list, atLeast) => {
        const store = stored(openStore({ store: "uuids" }), list);
        const wanted = grouped(list);
        expect(store.size).toBe(wanted.length);
        expect(listed(store.groups(atLeast))).toEqual(wanted.filter(([, group]) => group.length >= atLeast));
      }),
      { numRuns: runs(300) },
    );
  });

  it("asks each group once where it comes first", () => {
    const others = Array.from({ length: 100 }, (_, line) => ({
      key: `evt-${line}`,
      value: 0,
      at: { input: 0, line },
    }));
    const uuid = uuidOf([1, 2, 3, 4]);
    const repeats = others.map(({ value, at }) => ({ key: uuid, value, at: { ...at, line: 100 + at.line } }));
    const store = stored(openStore({ store: "uuids" }), [...others, ...repeats]);
    let asked = 0;
    const read = (): number => ++asked;
    expect([...store.groups(1, read)].map(({ key }) => key)).toEqual([...others.map(({ key }) => key), uuid]);
    expect(asked).toBe(101);
  });

  it("keeps keys that are no UUIDs as they are spelled", () => {
    const sorted = (groups: Iterable<readonly [string, unknown]>): (readonly [string, unknown])[] =>
      [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
    fc.assert(
      fc.property(steps(OTHERS), fc.integer({ min: 1, max: 4 }), (list, atLeast) => {
        const store = stored(openStore({ store: "uuids" }), list);
        const wanted = grouped(list);
        expect(store.size).toBe(wanted.length);
        expect(sorted(listed(store.groups(atLeast)))).toEqual(
          sorted(wanted.filter(([, group]) => group.length >= atLeast)),
        );
      }),
      { numRuns: runs(300) },
    );
  });

  it("gives all groups in the order of their first appearance, UUIDs or not", () => {
    const list = ["evt-1", uuidOf([1, 2, 3, 4]), "evt-2"].map((key, line) => ({
      key,
      value: line,
      at: { input: 0, line },
    }));
    const store = stored(openStore({ store: "uuids" }), list);
    expect(listed(store.groups(1)).map(([key]) => key)).toEqual(list.map(({ key }) => key));
  });

  it("gives all groups of any log in the order of their first appearance", () => {
    fc.assert(
      fc.property(steps(OTHERS), fc.integer({ min: 1, max: 4 }), (list, atLeast) => {
        const log = list.map((step, line) => ({ ...step, at: { input: line < 20 ? 0 : 1, line } }));
        const store = stored(openStore({ store: "uuids" }), log);
        const wanted = grouped(log).filter(([, group]) => group.length >= atLeast);
        expect(listed(store.groups(atLeast))).toEqual(wanted);
      }),
      { numRuns: runs(100) },
    );
  });

  it("holds many thousand keys with their repeats", () => {
    const count = 20_000;
    const uuid = families.random!;
    const store = openStore({ store: "uuids" });
    for (let line = 0; line < count; line++) store.add(uuid(line), line * 2 ** 32 + line, { input: 1, line });
    for (let line = 0; line < count; line += 1000) store.add(uuid(line), line, { input: 2, line });
    expect(store.size).toBe(count);
    let line = 0;
    for (const [key, observations] of listed(store.groups(2))) {
      expect(key).toBe(uuid(line));
      expect(observations).toEqual([
        { value: line * 2 ** 32 + line, at: { input: 1, line } },
        { value: line, at: { input: 2, line } },
      ]);
      line += 1000;
    }
    expect(line).toBe(count);
  });

  it.each(["text", null, { a: 1 }, undefined])("refuses a value that is no number: %j", (value) => {
    const store = openStore({ store: "uuids" });
    expect(() => store.add(uuidOf([1, 2, 3, 4]), value, { input: 0, line: 0 })).toThrow(TypeError);
  });

  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    "refuses a number that it could not give back: %d",
    (value) => {
      const store = openStore({ store: "uuids" });
      expect(() => store.add(uuidOf([1, 2, 3, 4]), value, { input: 0, line: 0 })).toThrow(TypeError);
    },
  );
});

describe("the map store", () => {
  it("groups by the key's own spelling, in the order of the first appearance", () => {
    fc.assert(
      fc.property(steps(OTHERS), fc.integer({ min: 1, max: 4 }), (list, atLeast) => {
        const store = stored(openStore({ store: "map" }), list);
        const wanted = grouped(list);
        expect(store.size).toBe(wanted.length);
        expect(listed(store.groups(atLeast))).toEqual(wanted.filter(([, group]) => group.length >= atLeast));
      }),
      { numRuns: runs(300) },
    );
  });

  const joining: Storage = {
    store: "map",
    combine: (earlier, later) => ({ ...earlier, value: `${earlier.value}${later.value}` }),
  };

  it("combines the values of a key, earlier ones first, at the place of the first", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.string({ maxLength: 2 }))), (list) => {
        const store = openStore(joining);
        for (const [line, [key, text]] of list.entries()) store.add(key, text, { input: 0, line });
        const keys = [...new Set(list.map(([key]) => key))];
        expect(store.size).toBe(keys.length);
        expect(listed(store.groups(1))).toEqual(
          keys.map((key) => {
            const value = list.flatMap(([other, text]) => (other === key ? [text] : [])).join("");
            const count = list.filter(([other]) => other === key).length;
            const at = { input: 0, line: list.findIndex(([other]) => other === key) };
            return [key, [{ value, at, count }]];
          }),
        );
      }),
    );
  });

  it("tells what it keeps of a key, and nothing of one it does not have", () => {
    const store = openStore(joining);
    for (const [line, key] of ["a", "b", "a"].entries()) store.add(key, key, { input: 0, line });
    expect(store.of?.("a")).toEqual([{ value: "aa", at: { input: 0, line: 0 }, count: 2 }]);
    expect(store.of?.("c")).toEqual([]);
  });

  it("counts what is in the lists and objects that it keeps", () => {
    const bytesOf = (value: unknown): number => {
      const store = openStore({ store: "map" });
      store.add("a", value, { input: 0, line: 0 });
      return store.bytes;
    };
    const modules = Array.from({ length: 1000 }, (_, index) => ({ name: `module ${index}`, mode: "READ" }));
    expect(bytesOf(modules) - bytesOf(1)).toBeGreaterThan(JSON.stringify(modules).length);
    let nested: unknown = "x".repeat(1000);
    for (let depth = 0; depth < 50_000; depth++) nested = [nested];
    expect(bytesOf(nested) - bytesOf("")).toBeGreaterThan(50_000 + 1000);
  });

  it("calls combine as the source's own method", () => {
    const source = { store: "map", separator: "-" } as const;
    const store = openStore({
      ...source,
      combine(this: typeof source, earlier: Observation<unknown>, later: Observation<unknown>) {
        return { ...earlier, value: `${earlier.value}${this.separator}${later.value}` };
      },
    } as Storage);
    for (const value of ["x", "y", "z"]) store.add("a", value, { input: 0, line: 0 });
    expect(listed(store.groups(1))[0]?.[1][0]?.value).toBe("x-y-z");
  });
});

describe("the store of values", () => {
  it.each([2, 3, 2 ** 32, 2 ** 32 + 1])("takes a count of %d for a value that came again", (count) => {
    const store = openStore({ store: "values" });
    const collector = collectorFor("any", { store: "values" });
    collector.add({ key: "a", value: "x" }, 0, count);
    const batch = collector.batch();
    if (batch !== undefined) store.take(batch, 0, 0);
    expect(listed(store.groups(1))).toEqual([["a", [{ value: "x", at: { input: 0, line: 0 }, count: 2 }]]]);
  });

  it("counts a value twice if it recurs with another attachment, and keeps so many of each key", () => {
    const rows = fc.tuple(
      fc.constantFrom(
        "a",
        "6b3c3e8e-2f5c-4f0e-9a34-0a4b8f1f0f11",
        "6b3c3e8e-2f5c-4f0e-9a34-0a4b8f1f0f11 x",
        "Ж",
      ),
      fc.oneof(fc.nat(30), fc.nat(30).map(String)),
      fc.constantFrom(undefined, 0, 1, 2),
      fc.constantFrom(undefined, 5),
    );
    const lists = fc.array(rows, { maxLength: 300, size: "max" });
    fc.assert(
      fc.property(lists, fc.constantFrom(1, 3, 20, undefined), (list, keepsAtMost) => {
        const store = openStore({ store: "values", ...(keepsAtMost !== undefined && { keepsAtMost }) });
        const wanted = new Map<string, Map<unknown, Observation<unknown>>>();
        for (const [line, [key, value, attachment, seconds]] of list.entries()) {
          const at = { input: line % 2, line };
          const instant = seconds === undefined ? undefined : { seconds, fraction: 0.5 };
          store.add(key, value, at, instant, attachment);
          const group = wanted.get(key) ?? new Map<unknown, Observation<unknown>>();
          wanted.set(key, group);
          const first = group.get(value);
          if (first !== undefined && first.attachment !== attachment)
            group.set(value, { ...first, count: 2 });
          if (first !== undefined || group.size >= (keepsAtMost ?? Number.POSITIVE_INFINITY)) continue;
          const more = { ...(instant && { instant }), ...(attachment !== undefined && { attachment }) };
          group.set(value, { value, at, ...more });
        }
        const groups = [...wanted].map(([key, group]) => [key, [...group.values()]]);
        expect(listed(store.groups(1))).toEqual(groups);
        expect(store.size).toBe(wanted.size);
        for (const [key, group] of wanted) expect(store.of?.(key)).toEqual([...group.values()]);
        expect(store.of?.("another")).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  });

  it("keeps the first observation of each value of a key", () => {
    const kinds = fc.oneof(fc.nat(60), fc.nat(60).map(String));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("a", "b"), kinds), { maxLength: 300, size: "max" }),
        (list) => {
          const store = openStore({ store: "values" });
          const wanted = new Map<string, Map<unknown, Observation<unknown>>>();
          for (const [line, [key, value]] of list.entries()) {
            const at = { input: 0, line };
            store.add(key, value, at);
            const group = wanted.get(key) ?? new Map();
            wanted.set(key, group);
            if (!group.has(value)) group.set(value, { value, at });
          }
          expect(listed(store.groups(1))).toEqual(
            [...wanted].map(([key, group]) => [key, [...group.values()]]),
          );
        },
      ),
    );
  });
});

describe("the column store", () => {
  it("holds more rows than a page, of one key and of many", () => {
    const store = openStore({ store: "columns" });
    const count = 30_000;
    for (let line = 0; line < count; line++) {
      store.add("one", line, { input: 0, line });
      store.add(`k${line}`, line, { input: 1, line }, { seconds: line, fraction: 0.5 });
    }
    const groups = new Map(listed(store.groups(1)));
    expect(groups.size).toBe(count + 1);
    expect(groups.get("one")?.map(({ value }) => value)).toEqual([...Array(count).keys()]);
    for (let line = 0; line < count; line++) {
      const [observation] = groups.get(`k${line}`) ?? [];
      expectSame(observation?.value, line);
      expectSame(observation?.at.line, line);
      expectSame(observation?.instant?.seconds, line);
    }
  });

  it.each([1.5, Number.NaN, 2 ** 53, "1", null, [1, 2], []])(
    "refuses what it could not give back: %j",
    (value) => {
      const store = openStore({ store: "columns" });
      expect(() => store.add("a", value, { input: 0, line: 0 })).toThrow(TypeError);
    },
  );
});

describe.each(["map", "values", "columns", "uuids"] as const)("long keys in the %s store", (kind) => {
  it("stay apart, from each other and from what they are shortened to", () => {
    const add = (store: OpenStore, list: readonly string[]): string[] => {
      for (const [line, key] of list.entries()) store.add(key, 1, { input: 0, line });
      return listed(store.groups(1)).map(([key]) => key);
    };
    const long = ["x".repeat(1_000_000), `${"x".repeat(999_999)}y`, "x".repeat(128), "x".repeat(129)];
    const kept = add(openStore({ store: kind }), long);
    expect(new Set(kept).size).toBe(long.length);
    expect(Math.max(...kept.map((key) => key.length))).toBeLessThan(1000);
    expect(add(openStore({ store: kind }), [...long, ...kept]).length).toBe(new Set([...long, ...kept]).size);
  });

  it("stay apart where only halves of surrogate pairs differ, as short ones do", () => {
    const halves = ["\ud800", "\ud801", "\ufffd"];
    const store = openStore({ store: kind });
    for (const key of [...halves, ...halves.map((half) => "x".repeat(500) + half)])
      store.add(key, 1, { input: 0, line: 0 });
    expect(store.size).toBe(6);
  });
});
