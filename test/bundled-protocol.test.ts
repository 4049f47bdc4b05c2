import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Defect } from "../src/model/defect.js";
import { isJsonObject, type JsonObject } from "../src/model/subject.js";
import type { Protocol } from "../src/protocol/protocol.js";
import { compileSchemas } from "../src/protocol/schemas/compile-schemas.js";
import { SCHEMA_FILES, type SchemaName } from "../src/protocol/schemas/schemas.js";
import { recognise } from "../src/recognise/recognise.js";
import { bundledSchemas, loadProtocol } from "../src/run/protocol/load-protocol.js";
import { readSchemas } from "../src/run/protocol/protocol-files.js";
import { ROOT, ruleFixtures } from "./support/fixtures.js";
import { runs } from "./support/runs.js";

const files = { schemas: join(ROOT, "schemas"), invariants: [join(ROOT, "invariants")] };
const bundled = await loadProtocol({});
const compiled = await loadProtocol(files);

const records = ruleFixtures()
  .filter(({ path }) => path.endsWith(".ndjson"))
  .flatMap(({ path }) => readFileSync(path, "utf8").split("\n"))
  .filter((line) => line.length < 2000)
  .flatMap(parsed);

function parsed(line: string): JsonObject[] {
  try {
    const value: unknown = JSON.parse(line);
    return isJsonObject(value) ? [value] : [];
  } catch {
    return [];
  }
}

const defects = ({ defectsOf }: Protocol, value: JsonObject): readonly Defect[] =>
  defectsOf(recognise(value));

/** Values that some keyword of some schema objects to, and some that none does. */
const anyValue = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    0.5,
    Number.POSITIVE_INFINITY,
    "",
    " ",
    "a",
    [],
    [""],
    {},
    "2025-01-01T00:00:00Z",
  ),
  fc.constantFrom(
    "a@b.example",
    "a@b",
    "https://a.example/b",
    "https://",
    "550e8400-e29b-41d4-a716-446655440000",
  ),
  fc.string({ unit: "binary" }),
  fc.jsonValue(),
);

/** A record with one member, anywhere in it, taken away or given another value. */
function mutated(record: JsonObject, at: number, value: unknown): JsonObject {
  const copy = structuredClone(record);
  const places: [Record<string, unknown>, string][] = [];
  const visit = (object: JsonObject): void => {
    for (const [name, member] of Object.entries(object)) {
      places.push([object as Record<string, unknown>, name]);
      if (isJsonObject(member)) visit(member);
    }
  };
  visit(copy);
  const [object, name] = places[at % places.length] ?? [{}, ""];
  if (value === undefined) delete object[name];
  else object[name] = value;
  return copy;
}

describe("the protocol as it was bundled", () => {
  it("has the digest of its files", () => {
    expect(bundled.digest).toBe(compiled.digest);
    expect(bundled.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it("has the invariants of its files", () => {
    expect(bundled.protocol.invariants.ids).toEqual(compiled.protocol.invariants.ids);
    const plain = ({ invariants }: Protocol) => invariants.notEvaluated.map(({ path: _, ...rest }) => rest);
    expect(plain(bundled.protocol)).toEqual(plain(compiled.protocol));
    expect([...bundled.protocol.incomplete]).toEqual([...compiled.protocol.incomplete]);
  });

  it("finds the defects of every fixture that its files find", () => {
    expect(records.length).toBeGreaterThan(500);
    let found = 0;
    for (const record of records) {
      const expected = defects(compiled.protocol, record);
      expect(defects(bundled.protocol, record)).toEqual(expected);
      found += expected.length;
    }
    expect(found).toBeGreaterThan(100);
  });

  it("finds the same defects of records that are changed anywhere", () => {
    let found = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...records),
        fc.nat(100),
        fc.option(anyValue, { nil: undefined }),
        (record, at, value) => {
          const other = mutated(record, at, value);
          const expected = defects(compiled.protocol, other);
          expect(defects(bundled.protocol, other)).toEqual(expected);
          found += expected.length;
        },
      ),
      { numRuns: runs(3000) },
    );
    expect(found).toBeGreaterThan(runs(1000));
  });
});

describe("each bundled schema", async () => {
  const ours = bundledSchemas();
  const ajvs = compileSchemas(await readSchemas());

  it.each(Object.keys(SCHEMA_FILES) as SchemaName[])(
    "%s objects to what ajv objects to, of any record",
    (name) => {
      let objected = 0;
      for (const record of records) {
        const expected = ajvs[name].complaints(record);
        expect(ours[name].complaints(record)).toEqual(expected);
        objected += Math.min(1, expected.length);
      }
      expect(objected).toBeGreaterThan(0);
      expect(objected).toBeLessThan(records.length);
    },
  );
});
