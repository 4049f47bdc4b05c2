import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import { type PositionedDocument, readDocument } from "../src/documents/document.js";
import { MAX_CHARACTERS } from "../src/documents/places.js";
import { readMarkdown } from "../src/mapping/page/markdown.js";
import { looksLikeMapping, mappingOf } from "../src/mapping/read-mapping.js";
import type { MappedModule, Mapping } from "../src/model/mapping.js";
import { L2_MODULES } from "../src/protocol/fields/modules.js";
import { ROOT } from "./support/fixtures.js";
import { some } from "./support/long.js";
import { runs } from "./support/runs.js";

const FOLDER = join(ROOT, "fixtures/documents");
const read = (text: string, name = ""): PositionedDocument => readDocument(text, name, readMarkdown);

/** What a document amounts to, each part with its line and column, in the form of the expectations. */
function summaryOf(document: PositionedDocument): unknown {
  const { mapping, problems } = mappingOf(document.value);
  const at = (pointer: string): string => {
    const { line, column } = document.placeOf(pointer);
    return `${line}:${column}`;
  };
  const summary = ({ access, areas, events, learning, ...module }: MappedModule): unknown => ({
    at: at(module.pointer),
    ...(module.standing !== "module" && { standing: module.standing }),
    ...(!module.isImplemented && { isImplemented: false }),
    ...(access && { access: `${access.mode} ${at(access.pointer)}` }),
    ...(areas.length > 0 && {
      areas: areas.map(({ name, ownership, pointer }) =>
        [name, ownership, at(pointer)].filter(Boolean).join(" "),
      ),
    }),
    ...(events.length > 0 && {
      events: events.map(({ family, level, pointer }) =>
        [family, level, at(pointer)].filter(Boolean).join(" "),
      ),
    }),
    ...(learning.length > 0 && {
      learning: learning.map(({ family, pointer }) => `${family} ${at(pointer)}`),
    }),
    ...(module.reason && { reason: module.reason }),
    ...(module.notes && { notes: module.notes }),
  });
  const named = (modules: readonly MappedModule[]): unknown =>
    Object.fromEntries(modules.map((module) => [module.name, summary(module)]));
  const { mplp, runtime, attestations } = mapping;
  return {
    format: document.format,
    isMapping: looksLikeMapping(document.value),
    ...(mplp && { mplp }),
    ...(runtime && { runtime: { ...runtime, pointer: at(runtime.pointer) } }),
    modules: named(mapping.modules),
    ...(mapping.components.length > 0 && { components: named(mapping.components) }),
    ...(attestations.length > 0 && {
      attestations: attestations.map(({ pointer, ...attestation }) => ({ ...attestation, at: at(pointer) })),
    }),
    ...(document.problems.length > 0 && {
      text: document.problems.map(({ line, column, message }) => `${line}:${column} ${message}`),
    }),
    ...(problems.length > 0 && {
      content: problems.map(({ pointer, message, hint = "" }) => `${at(pointer)} ${message} ${hint}`.trim()),
    }),
  };
}

const fixtures = readdirSync(FOLDER).filter((name) => !name.endsWith(".expected.json"));
const textOf = (name: string): string => readFileSync(join(FOLDER, name), "utf8");
const expectedOf = (name: string): unknown => JSON.parse(textOf(`${name}.expected.json`));

describe("each document of fixtures/documents", () => {
  it.each(fixtures)("%s is read as expected, every part in its place", (name) => {
    expect(summaryOf(read(textOf(name), name))).toEqual(expectedOf(name));
  });

  it.each(fixtures)(
    "%s is read alike with CRLF, a byte order mark, and blanks at the ends of lines",
    (name) => {
      const expected = expectedOf(name);
      const text = textOf(name);
      expect(summaryOf(read(text.replaceAll("\n", "\r\n"), name))).toEqual(expected);
      expect(summaryOf(read(`\ufeff${text}`, name))).toEqual(expected);
      if (name.endsWith(".md"))
        expect(summaryOf(read(text.replaceAll("\n", "  \n"), name))).toEqual(expected);
    },
  );

  it.each(fixtures)("%s is known for what it is without its name", (name) => {
    const text = textOf(name);
    expect(read(text).format).toBe(read(text, `/some/where/${name.toUpperCase()}`).format);
    for (const ending of ["gz", "zst"])
      expect(read(text, `${name}.${ending}`).format).toBe(read(text, name).format);
  });

  it("has a page of 150 lines and more", () => {
    expect(textOf("specification.md").split("\n").length).toBeGreaterThan(150);
  });
});

const MAPPING = "mplp: 1.0.0\nmodules:\n  plan: {access: READ}\n";
const yaml = (text: string): PositionedDocument => read(text, "mapping.yaml");
const page = (text: string): PositionedDocument => read(text, "mapping.md");
const BOMB = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
  .concat(
    [..."bcdefghij"].map(
      (name, at) => `${name}: &${name} [${Array(10).fill(`*${"abcdefghij"[at]}`).join(", ")}]`,
    ),
  )
  .join("\n");

describe("what the YAML parser objects to is said in words of our own", () => {
  const TAB = "A tab stands in the indentation.";
  const INDENTATION = "The indentation does not fit the lines above.";
  const OPEN = "A quote or bracket is opened and not closed.";
  const COMMA = "A comma is missing, or one too many.";
  const COLON = "A member name has no colon and blank after it.";
  const CHARACTER = "There is a character here that YAML does not allow.";
  const ESCAPE = "This escape sequence is not known.";
  const TAG = "This tag is not supported.";
  const SEPARATOR = "The document ends before here, and more text follows.";

  // The parser's messages are not part of its interface: a row fails where a new version words one of them anew.
  it.each([
    ["a:\n\t- 1", TAB],
    ["[".repeat(1000), "Values are nested more than 100 levels deep."],
    ["a: b: c", INDENTATION],
    ["a:\n  b: 1\n c: 2", INDENTATION],
    ["- - a\n - b", INDENTATION],
    ["a: [1, 2\nb: 3", INDENTATION],
    ["a: |-0\n x", INDENTATION],
    ['a: "b', OPEN],
    ["a: 'b", OPEN],
    ["a: [1", OPEN],
    ["{a: 1 b: 2}", COMMA],
    ["[a, , b]", COMMA],
    ["key: value\nkey2", COLON],
    ["a: \u0001", CHARACTER],
    ["a: \0", CHARACTER],
    ['a: "\u0001"', CHARACTER],
    ['a: "\\q"', ESCAPE],
    ['a: "\\xZZ"', ESCAPE],
    ["a: !zz!b c", TAG],
    ["@a", SEPARATOR],
  ])("%j", (text, message) => {
    const { problems, value } = read(text, "a.yaml");
    expect(value).toBeUndefined();
    expect(problems[0]?.message).toBe(`This is not valid YAML. ${message}`);
  });
});

describe("a table", () => {
  const named = (cell: string): readonly string[] => {
    const text = `| Module | PSG areas |\n|---|---|\n| ${cell} | psg.plans |\n`;
    const { value } = readDocument(text, "a.md", readMarkdown);
    return mappingOf(value).mapping.modules.map(({ name, standing }) => `${standing} ${name}`);
  };

  it.each([
    "2. Plan",
    "2.1 Plan Module",
    "Plan (L2)",
    "Plan — what is to be done",
    "Module: Plan",
    "Plan[^1]",
    "Plan¹",
  ])("names a module beside a number or a remark: %s", (cell) => {
    expect(named(cell)).toEqual(["module plan"]);
  });

  it.each(["~~Plan~~", "<del>Plan</del>", "~~Plan~~ Confirm"])(
    "names no module that is struck out: %s",
    (cell) => {
      expect(named(cell)).not.toContain("module plan");
    },
  );

  it("means the access that is not struck out", () => {
    const text =
      "| Module | PSG areas | Access |\n|---|---|---|\n| Plan | psg.plans | ~~READ-WRITE~~ READ |\n";
    const { value } = readDocument(text, "a.md", readMarkdown);
    expect(mappingOf(value).mapping.modules).toMatchObject([{ name: "plan", access: { mode: "READ" } }]);
  });

  it.each(["Plan (not used)", "Planning", "acme:plan"])("names another module as it stands: %s", (cell) => {
    expect(named(cell)).not.toEqual(["module plan"]);
  });
});

describe("hostile and broken texts", () => {
  it("takes no longer for a cell of signs than for one of words", () => {
    const page = (cell: string) => `| Module | PSG Areas |\n|---|---|\n| ${cell} | psg.plans |\n`;
    const timed = (cell: string): number => {
      const start = process.cpuUsage();
      readDocument(page(cell), "a.md", readMarkdown);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    timed("warm");
    // In quadratic time the signs take a hundred times as long as ten times fewer of them.
    const [few, many] = [timed(`a${"!".repeat(20_000)}a`), timed(`a${"!".repeat(200_000)}a`)];
    expect(many).toBeLessThan(40 * Math.max(few, 5000));
  });

  it.each([
    ["nothing", "a.yaml", " \n ", "1:1 The document is empty."],
    ["nothing", "a.json", "", "1:1 The document is empty."],
    ["only comments", "a.yaml", "# nothing\n", "1:1 The document is empty."],
    [
      "a tab",
      "a.yaml",
      "modules:\n\tplan: {}",
      "2:1 This is not valid YAML. A tab stands in the indentation.",
    ],
    [
      "an open quote",
      "a.yaml",
      'modules: "plan',
      "1:15 This is not valid YAML. A quote or bracket is opened",
    ],
    [
      "a NUL",
      "a.yaml",
      "a: \0",
      "1:4 This is not valid YAML. There is a character here that YAML does not allow.",
    ],
    ["an escape", "a.yaml", 'a: "\\q"', "1:6 This is not valid YAML. This escape sequence is not known."],
    ["a tag of no handle", "a.yaml", "a: !zz!b c", "1:9 This is not valid YAML. This tag is not supported."],
    ["a function", "a.yaml", "a: !!js/function 'x'", "1:4 This tag is not supported."],
    ["a set", "a.yaml", "a: !!set {b, c}", "1:4 This tag is not supported."],
    ["a billion laughs", "a.yaml", BOMB, "5:36 The document has more than 100000 values."],
    ["an alias of itself", "a.yaml", "a: &a {b: *a}", "1:11 This alias refers to a value that contains it."],
    ["an alias of nothing", "a.yaml", "a: *b", "1:4 This alias has no anchor before it."],
    ["a merge key", "a.yaml", "a: &a {b: 1}\nc: {<<: *a}", "2:5 Merge keys (<<) are not supported."],
    [
      "a list as a name",
      "a.yaml",
      "? [a]\n: b",
      "1:3 A member name must be text, not a list, an object or an alias.",
    ],
    ["a number as a name", "a.yaml", "a: 1\n2: b", "2:1 A member name must be text."],
    ["a repeated name", "a.yaml", "a: 1\nb: 2\na: 3", "3:4 This member name comes twice in its object"],
    ["a second document", "a.yaml", "a: 1\n---\nb: 2", "3:1 A second YAML document begins before here."],
    ["a huge number", "a.yaml", "a: 1e999", "1:4 This number cannot be kept exactly."],
    ["an inexact number", "a.yaml", "a: 12345678901234567890", "1:4 This number cannot be kept exactly."],
    ["no number", "a.yaml", "a: .nan", "1:4 This number cannot be kept exactly."],
    [
      "nesting",
      "a.yaml",
      "[".repeat(1000),
      "1:100 This is not valid YAML. Values are nested more than 100 levels deep.",
    ],
    ["nesting", "a.json", "[".repeat(500), "1:501 This is not valid JSON: a value was expected here."],
    [
      "nesting",
      "a.json",
      "[".repeat(9999) + "]".repeat(9999),
      "1:513 Values are nested more than 512 levels deep here.",
    ],
    [
      "nesting",
      "a.md",
      `# Plan\n${"> ".repeat(50)}a`,
      "2:1 Lists and quotes are nested too deep to be read here.",
    ],
    [
      "two values",
      "a.json",
      "{}\n{}",
      "2:1 This is not valid JSON: the end of the document was expected here.",
    ],
    ["16 MB", "a.yaml", "a: b\n".repeat(3_300_000), "1:1 The document has more than 524288 characters."],
    ["16 MB", "a.json", " ".repeat(16_000_000), "1:1 The document has more than 524288 characters."],
    ["16 MB", "a.md", "|a|b|\n".repeat(2_700_000), "1:1 The document has more than 524288 characters."],
  ])("%s in %s is a problem with its place", (_, name, text, expected) => {
    const { problems } = read(text, name);
    const found = problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  it("leave dates, versions and words of other YAML versions as text", () => {
    const { value, problems } = yaml("a: 2024-01-01\nb: 1.2.3\nc: yes\nd: 1:30\ne: ~\nf: !!str 5\ng: 0x10\n");
    expect(value).toEqual({ a: "2024-01-01", b: "1.2.3", c: "yes", d: "1:30", e: null, f: "5", g: 16 });
    expect(problems).toEqual([]);
  });

  it("cannot reach the prototypes of objects", () => {
    const text = '{"modules": {"__proto__": {"access": "READ"}, "constructor": {}, "toString": 1}}';
    for (const document of [read(text, "a.json"), read(text, "a.yaml")]) {
      expect(Object.keys((document.value as { modules: object }).modules)).toEqual([
        "__proto__",
        "constructor",
        "toString",
      ]);
      expect(mappingOf(document.value).mapping.modules.map(({ standing }) => standing)).toEqual(
        Array(3).fill("unknown"),
      );
      expect(document.placeOf("/modules/__proto__/access").column).toBe(38);
    }
    const table = page("| Module | Access |\n|---|---|\n| __proto__ | READ |\n| constructor | READ |\n");
    expect(mappingOf(table.value).mapping.modules).toHaveLength(2);
    expect(({} as { access?: unknown }).access).toBeUndefined();
  });

  const LARGE = MAX_CHARACTERS - 100;
  const TABLE = "| Module | PSG Areas |\n|---|---|\n| Plan | ";
  const hostile: readonly (readonly [string, string | undefined, string])[] = [
    ["quotes in quotes", "a.md", `${">".repeat(300)}a\n`.repeat(LARGE / 302)],
    ["lists in lists", "a.md", `${"1. ".repeat(15)}\n`.repeat(LARGE / 46)],
    [
      "lists by indentation",
      "a.md",
      Array.from({ length: 5000 }, (_, at) => `${" ".repeat(at % 190)}- a`).join("\n"),
    ],
    ["one cell of many areas", "a.md", `${TABLE}${"a,".repeat(LARGE / 2 - 50)} |`],
    [
      "one row of many cells",
      "a.md",
      `| Module${"| PSG".repeat(9999)}|\n${"|-".repeat(10_000)}|\n${"|`psg.x`".repeat(10_000)}`,
    ],
    ["many rows", "a.md", `${TABLE}a |\n${"| Plan | b |\n".repeat(LARGE / 13 - 5)}`],
    ["many sections", "a.md", "## Plan\n\nAreas: `a`\n\n".repeat(LARGE / 22)],
    [
      "ticks of all lengths",
      "a.md",
      `# Plan\n\n${Array.from({ length: 1000 }, (_, at) => `${"`".repeat(at + 1)}a`).join("")}`,
    ],
    ["marks", "a.md", `# Plan\n\nAreas: ${"*_[(<".repeat(LARGE / 5 - 10)}`],
    ["blanks", "a.md", `# Plan\n\nAreas: a${" ".repeat(LARGE - 50)}b`],
    ["tabs of no format", undefined, "\t".repeat(LARGE)],
    ["dashes of no format", undefined, "-".repeat(LARGE)],
    ["letters of no format", undefined, "a".repeat(LARGE)],
    ["aliases", "a.yaml", `a: &a x\nb:\n${"- *a\n".repeat(LARGE / 5 - 10)}`],
    ["empty lists", "a.yaml", `[${"[],".repeat(LARGE / 3 - 10)}]`],
    ["members", "a.yaml", Array.from({ length: LARGE / 10 }, (_, at) => `k${at}: a`).join("\n")],
    ["documents", "a.yaml", "---\n".repeat(LARGE / 4)],
    ["repeated names", "a.json", `{${'"a":1,'.repeat(LARGE / 6 - 10)}"a":1}`],
  ];
  it.each(some("hostile mappings", hostile))("%s are read, or refused, in good time", (_, name, text) => {
    expect(text.length).toBeLessThan(MAX_CHARACTERS);
    const document = read(text, name);
    mappingOf(document.value);
    document.placeOf("/modules/plan/areas/7/area");
  });

  it("whatever they are, give problems and places inside of the text", () => {
    const corpus = fixtures.map((name) => [name, textOf(name)] as const);
    const junk = fc.constantFrom(
      "`",
      "|",
      "*",
      "\n",
      "- ",
      "# ",
      "psg.",
      ": ",
      "{",
      "]",
      "&a ",
      "*a",
      '"',
      "\t",
      "(",
      "\ud800",
      "<br>",
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...corpus),
        fc.array(fc.tuple(fc.nat(5000), fc.nat(5), junk), { maxLength: 6 }),
        ([name, original], edits) => {
          let text = original;
          for (const [place, removed, inserted] of edits) {
            const at = place % (text.length + 1);
            text = text.slice(0, at) + inserted + text.slice(at + removed);
          }
          const document = read(text, name);
          const { problems, mapping } = mappingOf(document.value);
          const lines = text.split("\n");
          const places = [...problems, ...mapping.modules].map(({ pointer }) => document.placeOf(pointer));
          for (const { line, column } of [...document.problems, ...places]) {
            expect(line).toBeGreaterThan(0);
            expect(line).toBeLessThanOrEqual(lines.length);
            expect(column).toBeGreaterThan(0);
            expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
          }
        },
      ),
      { numRuns: runs(500) },
    );
  });
});

describe("places", () => {
  it("of missing values are those of the objects that lack them", () => {
    const document = yaml(MAPPING);
    expect(document.placeOf("/modules/plan/areas/0/area")).toMatchObject({ line: 3, column: 9 });
    expect(document.placeOf("/modules/core")).toMatchObject({ line: 2, column: 1 });
    expect(document.placeOf("/attestations")).toMatchObject({ line: 1, column: 1 });
    expect(read('{"modules": {"plan": {}}}', "a.json").placeOf("/modules/plan/access")).toMatchObject({
      column: 22,
    });
  });

  it("count columns in UTF-16 code units", () => {
    expect(yaml('"😀": {b: c}').placeOf("/😀/b")).toMatchObject({ line: 1, column: 11 });
    expect(
      page("# 😀 Plan\n\n- 😀 `psg.plans`\n\nAreas: 😀 `psg.steps`\n").placeOf("/modules/Plan/areas/0"),
    ).toMatchObject({
      line: 5,
      column: 12,
    });
  });

  it.each(["a.json", "a.yaml"])("are found in good time, however many are asked for: %s", (name) => {
    const modules = Object.fromEntries(
      Array.from({ length: 9000 }, (_, at) => [`acme/m${at}`, { acess: "READ" }]),
    );
    const document = read(JSON.stringify({ mplp: "1.0.0", modules }), name);
    const { problems } = mappingOf(document.value);
    expect(problems).toHaveLength(9000);
    for (const { pointer } of problems) {
      const { span } = document.placeOf(pointer);
      expect(document.text.slice(span.start, span.end)).toBe('"READ"');
    }
    const missing = document.placeOf("/modules/acme~1m8999/areas/0/area").column;
    expect(missing).toBe(document.placeOf("/modules/acme~1m8999").column);
  });

  it("of what stands in an anchor are there, and that of the alias where it is", () => {
    const document = yaml("a: &a\n  b: 1\nc: *a\n");
    expect(document.placeOf("/c")).toMatchObject({ line: 3, column: 4 });
    expect(document.placeOf("/c/b")).toMatchObject({ line: 2, column: 6 });
  });

  it("of a repeated name are those of the value that counts", () => {
    const document = yaml("a: {b: 1}\na: 2\n");
    expect(document.value).toEqual({ a: 2 });
    expect(document.placeOf("/a/b")).toMatchObject({ line: 2, column: 4 });
  });
});

/** A mapping in its canonical form, as somebody may write it. */
interface Written {
  readonly modules: Readonly<Record<string, WrittenModule>>;
}
interface WrittenModule {
  readonly access: string;
  readonly areas: readonly { readonly area: string; readonly ownership?: string }[];
}

const ACCESS: Readonly<Record<string, readonly string[]>> = {
  READ: ["READ", "R", "read-only", "Read only"],
  WRITE: ["WRITE", "W", "append-only", "WRITE (append-only)"],
  "READ-WRITE": ["READ-WRITE", "READ_WRITE", "RW", "R/W", "Read/Write", "read, write"],
};
const areaNames = fc.stringMatching(/^[a-z]{3,9}_[a-z]{3,9}$/);
const written: fc.Arbitrary<Written> = fc
  .uniqueArray(fc.constantFrom(...L2_MODULES, "acme/billing", "domain:stock"), { minLength: 1 })
  .chain((names) =>
    fc
      .tuple(
        ...names.map(() =>
          fc.record({
            access: fc.constantFrom(...Object.keys(ACCESS)),
            areas: fc.uniqueArray(
              fc.record(
                {
                  area: areaNames.map((name) => `psg.${name}`),
                  ownership: fc.constantFrom("primary", "shared", "derived"),
                },
                { requiredKeys: ["area"] },
              ),
              { selector: ({ area }) => area, minLength: 1, maxLength: 4 },
            ),
          }),
        ),
      )
      .map((modules) => ({ modules: Object.fromEntries(names.map((name, at) => [name, modules[at]!])) })),
  );

const essence = (mapping: Mapping): unknown =>
  Object.fromEntries(
    mapping.modules.map(({ name, access, areas }) => [
      name,
      [access?.mode, areas.map(({ name: area, ownership }) => [area, ownership])],
    ]),
  );

describe("one mapping in several formats", () => {
  it("is the same in YAML and JSON, pointers included", () => {
    fc.assert(
      fc.property(written, fc.constantFrom(-1, 0, 1, 3), fc.nat(4), (mapping, flowLevel, indent) => {
        const inYaml = yaml(dump(mapping, { flowLevel, indent: indent + 1 }));
        const inJson = read(JSON.stringify(mapping, undefined, indent), "a.json");
        expect(inYaml.problems).toEqual([]);
        expect(mappingOf(inYaml.value)).toEqual(mappingOf(inJson.value));
        for (const { areas } of mappingOf(inYaml.value).mapping.modules) {
          for (const { spelling, pointer } of areas) {
            for (const { text, placeOf } of [inYaml, inJson]) {
              const { span, line } = placeOf(`${pointer}/area`);
              expect(text.slice(span.start, span.end).replaceAll(/["']/g, "")).toBe(spelling);
              expect(text.slice(0, span.start).split("\n")).toHaveLength(line);
            }
          }
        }
      }),
    );
  });

  /** Lines of a page, and on which of them (from 0) each area of each module stands. */
  type Rendered = { lines: string[]; areas: Map<string, number> };
  interface Style {
    readonly spelling: number;
    readonly code: boolean;
    readonly blanks: readonly number[];
    readonly eol: string;
  }
  const style: fc.Arbitrary<Style> = fc.record({
    spelling: fc.nat(20),
    code: fc.boolean(),
    blanks: fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }),
    eol: fc.constantFrom("\n", "\r\n"),
  });
  const accessOf = (mode: string, { spelling }: Style): string => {
    const spellings = ACCESS[mode] ?? [];
    return spellings[spelling % spellings.length] ?? mode;
  };
  const areaOf = (area: string, { code }: Style): string => (code ? `\`${area}\`` : area);

  const table = ({ modules }: Written, how: Style): Rendered => {
    const areas = new Map<string, number>();
    const lines = [...Array(how.blanks[0]).fill(""), "# Mapping", "", ...Array(how.blanks[1]).fill("")];
    lines.push("| Access | L2 Module | Remark | PSG Area(s) |", "|:--|---|:-:|--:|");
    for (const [name, { access, areas: own }] of Object.entries(modules)) {
      const cell = own.map(({ area, ownership }) => areaOf(area, how) + (ownership ? ` (${ownership})` : ""));
      for (const { area } of own) areas.set(`${name} ${area}`, lines.length);
      lines.push(
        `| ${accessOf(access, how)} | ${name} | x | ${cell.join(how.spelling % 2 ? ", " : "<br>")} |`,
      );
    }
    return { lines, areas };
  };

  const rows = ({ modules }: Written, how: Style): Rendered => {
    const areas = new Map<string, number>();
    const lines = [...Array(how.blanks[0]).fill(""), "Module | Area | Ownership | Mode", "--|--|--|--"];
    for (const [name, { access, areas: own }] of Object.entries(modules)) {
      for (const [at, { area, ownership = "" }] of own.entries()) {
        areas.set(`${name} ${area}`, lines.length);
        lines.push(
          `| ${at === 0 ? name : ""} | ${areaOf(area, how)} | ${ownership} | ${accessOf(access, how)} |`,
        );
      }
    }
    return { lines, areas };
  };

  const sections = ({ modules }: Written, how: Style): Rendered => {
    const areas = new Map<string, number>();
    const lines: string[] = [];
    for (const [at, [name, { access, areas: own }]] of Object.entries(modules).entries()) {
      lines.push(
        ...Array(how.blanks[at % 5]).fill(""),
        `### 2.${at} ${name} Module`,
        "",
        "Some words: not many.",
        "",
      );
      const mode = `**Access**: ${accessOf(access, how)}`;
      if (how.spelling % 2 === 0) lines.push(mode, "");
      lines.push("**PSG Areas**:", ...Array(how.blanks[2]).fill(""));
      for (const { area, ownership } of own) {
        areas.set(`${name} ${area}`, lines.length);
        lines.push(`- ${areaOf(area, how)}${ownership ? ` - ${ownership}` : ""}`);
      }
      lines.push("");
      if (how.spelling % 2 === 1) lines.push(mode, "");
    }
    return { lines, areas };
  };

  it.each([
    ["a table", table],
    ["a row for each area", rows],
    ["sections", sections],
  ])("is the same in Markdown as %s, each area on its line", (_, render) => {
    fc.assert(
      fc.property(written, style, (mapping, how) => {
        const { lines, areas } = render(mapping, how);
        const document = page(lines.join(how.eol));
        const found = mappingOf(document.value);
        expect(found.problems).toEqual([]);
        expect(essence(found.mapping)).toEqual(essence(mappingOf(mapping).mapping));
        expect(looksLikeMapping(document.value)).toBe(
          found.mapping.modules.some(({ standing }) => standing === "module"),
        );
        for (const { name, areas: own } of found.mapping.modules) {
          for (const { spelling, pointer } of own) {
            const { line, span } = document.placeOf(pointer);
            expect(line).toBe((areas.get(`${name} ${spelling}`) ?? -1) + 1);
            expect(document.text.slice(span.start, span.end)).toBe(spelling);
          }
        }
      }),
      { numRuns: runs(200) },
    );
  });
});
