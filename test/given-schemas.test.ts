import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../src/model/subject.js";
import { linearPattern } from "../src/protocol/schemas/linear-pattern.js";
import { recognise } from "../src/recognise/recognise.js";
import { loadProtocol } from "../src/run/protocol/load-protocol.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { runs } from "./support/runs.js";
import { CLEAN } from "./support/workspace.js";

const FILE = "events/mplp-event-core.schema.json";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-schemas-"));
  for (const name of ["events", "integration", "learning"])
    cpSync(join(ROOT, "schemas", name), join(folder, name), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Puts a text in place of the schema of all events, or adds to that schema. */
function given(more: JsonObject | string): void {
  const core = JSON.parse(readFileSync(join(ROOT, "schemas", FILE), "utf8")) as { properties: object };
  const merged = typeof more === "string" ? more : JSON.stringify({ ...core, ...more });
  writeFileSync(join(folder, FILE), merged);
}

/** What is wrong with the schemas. */
async function refusal(more: JsonObject | string): Promise<string> {
  given(more);
  return loadProtocol({ schemas: folder }).then(
    () => "",
    (error: Error) => error.message.replace(`${folder}/`, ""),
  );
}

it("given schemas may begin with a byte order mark", async () => {
  given(`\ufeff${readFileSync(join(ROOT, "schemas", FILE), "utf8")}`);
  expect((await loadProtocol({ schemas: folder })).source).toBe("bundled");
});

const noted = (note: JsonObject): JsonObject => ({ properties: { note } });

describe("patterns of given schemas", () => {
  it.each(["^(a+)+$", "^(a|a)*$", "^(?:a|aa)+$"])(
    "%s takes time in proportion to the text",
    async (pattern) => {
      given(noted({ type: "string", pattern }));
      const { protocol } = await loadProtocol({ schemas: folder });
      const defects = (note: string) =>
        protocol.defectsOf(recognise({ event_family: "import_process", note })).map(({ field }) => field);
      expect(defects("a".repeat(100_000))).not.toContain("note");
      expect(defects(`${"a".repeat(100_000)}!`)).toContain("note");
    },
    20_000,
  );

  it("are refused where they need backtracking, with the file and what to do", async () => {
    expect(await refusal(noted({ pattern: "^(?=a)b" }))).toMatch(
      /^events\/mplp-event-core\.schema\.json: the pattern "\^\(\?=a\)b" cannot be used: .*without lookahead/,
    );
    expect(await refusal(noted({ patternProperties: { "(a)\\1": true } }))).toContain("(a)\\\\1");
    expect(await refusal(noted({ pattern: "a{2000}" }))).toContain("1000 times");
  });

  it("may be anything in a schema that no check needs", async () => {
    given({});
    const other = join(folder, "events/other.schema.json");
    writeFileSync(other, JSON.stringify({ pattern: "(?=a)b", allOf: [{ $ref: "#" }] }));
    await expect(loadProtocol({ schemas: folder })).resolves.toBeDefined();
    expect(await refusal({ not: { $ref: "other.schema.json" } })).toMatch(/^\S*core\S* \$ref|other/);
    rmSync(other);
  });

  const atom = fc.constantFrom(
    ..."ab0 _-\u00a0\u2028é".split(""),
    ...[".", "\\s", "\\S", "\\d", "\\D", "\\w", "\\W", "\\b", "\\u0061", "\\u{62}", "\\x61", "\\cJ", "\\n"],
    ...["[^]", "[a\\s]", "[^\\s]", "[\\S]", "[^\\Sb]", "[[a]", "[\\b]", "[a-c\\d]", "\\uD83D\\uDE00"],
    ...["\\p{L}", "\\P{L}", "\\p{Script=Latin}", "\\/", "\\.", "\\\\", "^", "$", "(?:a|b)", "(?<n>a)"],
  );
  const part = fc.tuple(atom, fc.constantFrom("", "", "*", "+?", "{2}")).map((both) => both.join(""));
  const pattern = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(""));
  const text = fc.string({
    unit: fc.constantFrom(..."ab0 _-[\\/.\n\r\b\u00a0\u2028éß", "😀", "c"),
    maxLength: 5,
  });

  it("mean what they mean in JavaScript", () => {
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 5 }), (source, texts) => {
        let expected: RegExp;
        try {
          expected = new RegExp(source, "u");
        } catch {
          return;
        }
        const own = linearPattern(source);
        for (const each of texts) expect([each, own.test(each)]).toEqual([each, expected.test(each)]);
      }),
      { numRuns: runs(2000) },
    );
  });
});

describe("references of given schemas", () => {
  it.each<[string, JsonObject, RegExp]>([
    ["to itself", { allOf: [{ $ref: "#" }] }, /without end/],
    [
      "in a circle",
      { definitions: { a: { $ref: "#/definitions/b" }, b: { $ref: "#/definitions/a" } } },
      /without end/,
    ],
    ["from a condition", { if: { not: { $ref: "#" } } }, /without end/],
    ["over files", { anyOf: [{ $ref: "mplp-graph-update-event.schema.json" }] }, /without end/],
    [
      "past the schemas of a file",
      { $ref: "#/x/y", x: { y: { allOf: [{ $ref: "#/x/y" }] } } },
      /without end/,
    ],
    [
      "to a network",
      { properties: { a: { $ref: "http://a.example/b.json" } } },
      /"http:\/\/a\.example\/b\.json" leads to no/,
    ],
    ["to nothing", { properties: { a: { $ref: "#/definitions/a" } } }, /leads to no schema/],
    ["of a later draft", { properties: { a: { $dynamicRef: "#a" } } }, /\$dynamicRef is not known/],
  ])("are refused where they lead %s", async (_, more, message) => {
    expect(await refusal(more)).toMatch(message);
    expect(await refusal(more)).toMatch(/^(?:events\/)?mplp-[\w-]+\.schema\.json: |^events\//);
  });

  it("may go round through members", async () => {
    const tree = { type: "object", properties: { inner: { $ref: "#/definitions/tree" } } };
    expect(
      await refusal({ definitions: { tree }, properties: { tree: { $ref: "#/definitions/tree" } } }),
    ).toBe("");
    expect(await refusal({ properties: { meta: { $ref: "http://json-schema.org/draft-07/schema#" } } })).toBe(
      "",
    );
  });

  it("are refused where schemas nest without end too", async () => {
    const deep = `{"x":${'{"not":'.repeat(5000)}{}${"}".repeat(5001)}`;
    expect(await refusal(deep)).toBe(`${FILE}: values nest more than 512 levels deep`);
  });
});

it("says so on the command line and ends with 2", async () => {
  given({ allOf: [{ $ref: "#" }] });
  const { status, stderr, stdout } = await mplpCheck([CLEAN, "--schemas", folder]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toBe(
    `mplp-check: ${join(folder, FILE)}: a $ref leads back to its own schema for the same value, without end: remove it, or put it under a member\n`,
  );
});
