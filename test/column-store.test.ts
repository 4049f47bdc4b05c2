import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeyTable } from "../src/engine/memory/key-table.js";
import { numberAt, wordAt } from "../src/engine/memory/number-at.js";
import { listed } from "./support/groups.js";
import { placeIn } from "./support/keys.js";
import { runs } from "./support/runs.js";
import { openStore } from "./support/stores.js";

const keys = fc.oneof(
  fc.uuid(),
  fc.uuid().map((uuid) => uuid.toUpperCase()),
  fc.tuple(fc.uuid(), fc.string({ unit: "binary", maxLength: 12 })).map(([uuid, rest]) => `${uuid} ${rest}`),
  fc
    .tuple(fc.array(fc.uuid(), { maxLength: 4 }), fc.constantFrom("", "\n36", " x", "Ж", "é"))
    .map(([uuids, rest]) => uuids.join("") + rest),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom("", " ", "00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-00000000000g"),
);

describe("KeyTable", () => {
  it("tells keys apart as a Map does, and gives them back in their order", () => {
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 300 }), (list) => {
        const table = new KeyTable();
        const oracle = new Map<string, number>();
        for (const key of list) {
          const place = placeIn(table, key);
          expect(oracle.get(key) ?? place).toBe(place);
          oracle.set(key, place);
        }
        expect(table.size).toBe(oracle.size);
        expect([...table.places()]).toEqual([...oracle.values()]);
        for (const [key, place] of oracle) expect(table.key(place)).toBe(key);
      }),
    );
  });

  it("keeps fifty thousand keys of every length apart", () => {
    const table = new KeyTable();
    const list = Array.from({ length: 50_000 }, (_, index) => `${"k".repeat(index % 300)}${index}`);
    const places = list.map((key) => placeIn(table, key));
    expect([...table.places()]).toEqual(places);
    expect(list.findIndex((key, index) => placeIn(table, key) !== places[index])).toBe(-1);
    expect(table.key(places[37_777] ?? -1)).toBe(list[37_777]);
  });
});

describe("ColumnStore", () => {
  it("gives back what was put in, by key and in order", () => {
    const entries = fc.record({
      key: fc.constantFrom(
        "a",
        "b",
        "c",
        "6b3c3e8e-2f5c-4f0e-9a34-0a4b8f1f0f11",
        "6b3c3e8e-2f5c-4f0e-9a34-0a4b8f1f0f11 x",
      ),
      value: fc.nat(0xffffffff),
      instant: fc.option(
        fc.record({ seconds: fc.maxSafeInteger(), fraction: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
        {
          nil: undefined,
        },
      ),
    });
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 200 }), (list) => {
        const store = openStore({ store: "columns" });
        const oracle = new Map<string, unknown[]>();
        for (const [line, { key, value, instant }] of list.entries()) {
          const at = { input: line % 3, line };
          store.add(key, value, at, instant);
          const observation = instant === undefined ? { value, at } : { value, at, instant };
          oracle.set(key, [...(oracle.get(key) ?? []), observation]);
        }
        expect(listed(store.groups(1))).toEqual([...oracle]);
        expect(listed(store.groups(2))).toEqual([...oracle].filter(([, own]) => own.length >= 2));
      }),
    );
  });

  it("gives back lists of as many numbers as it was made for", () => {
    const numbers = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(-0, -1, 2 ** 52 - 1));
    const lists = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc.tuple(
          fc.constant(width),
          fc.array(
            fc.tuple(
              fc.constantFrom("a", "b", "c"),
              fc.array(numbers, { minLength: width, maxLength: width }),
            ),
            { maxLength: 60 },
          ),
        ),
      );
    fc.assert(
      fc.property(lists, ([width, list]) => {
        const store = openStore({ store: "columns", width: width });
        const oracle = new Map<string, unknown[]>();
        for (const [line, [key, value]] of list.entries()) {
          const at = { input: 0, line };
          store.add(key, value, at);
          oracle.set(key, [...(oracle.get(key) ?? []), { value, at }]);
        }
        expect(listed(store.groups(1))).toEqual([...oracle]);
      }),
    );
  });

  it.each([1, [1, 2], [1, 2, 3, 4], [1, 2, 0.5], [1, 2, "3"], [1, 2, 2 ** 53], [1, 2, null], {}])(
    "of three numbers refuses %j",
    (value) => {
      const store = openStore({ store: "columns", width: 3 });
      expect(() => store.add("a", value, { input: 0, line: 0 })).toThrow(TypeError);
      expect(store.size).toBe(0);
    },
  );

  it("counts what its observations take, and little more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 60_000 }), (width, count) => {
        const store = openStore({ store: "columns", width: width });
        const value = width === 1 ? 7 : Array.from({ length: width }, () => 7);
        let bytes = store.bytes;
        for (let line = 0; line < count; line++) {
          store.add("a", value, { input: 0, line }, { seconds: line, fraction: 0 });
          if (line % 1000 > 0) continue;
          expect(store.bytes).toBeGreaterThanOrEqual(bytes);
          bytes = store.bytes;
        }
        const own = count * (28 + 8 * width);
        expect(store.bytes).toBeGreaterThanOrEqual(own);
        expect(store.bytes).toBeLessThan(own + 4_000_000);
      }),
      { numRuns: runs(10) },
    );
  });
});

describe("an index that cannot be", () => {
  it("is an error, and no row 0", () => {
    expect(() => wordAt(new Uint32Array(2), 2)).toThrow(RangeError);
    expect(() => numberAt(new Float64Array(2), -1)).toThrow(RangeError);
    const table = new KeyTable();
    expect(() => table.key(0)).toThrow(RangeError);
    placeIn(table, "a");
    expect(() => table.key(1 << 20)).toThrow(RangeError);
  });
});
