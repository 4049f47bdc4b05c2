import { describe, expect, it } from "vitest";
import { type PositionedDocument, readDocument } from "../src/documents/document.js";
import { readMarkdown } from "../src/mapping/page/markdown.js";
import { mappingOf } from "../src/mapping/read-mapping.js";

/** A table of modules with their areas and access, as rows of cells. */
function table(...rows: readonly (readonly string[])[]): string {
  const header = rows[0]?.length === 2 ? ["Module", "Access"] : HEADER;
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

const HEADER = ["Module", "PSG areas", "Access"];
const page = (...parts: readonly string[]): PositionedDocument =>
  readDocument(parts.join("\n"), "page.md", readMarkdown);

function accessIn(document: PositionedDocument) {
  const { mapping, problems } = mappingOf(document.value);
  const [plan] = mapping.modules;
  return {
    mode: plan?.access?.mode,
    isUnclear: plan?.hasUnclearAccess === true,
    lines: problems.map(({ pointer }) => document.placeOf(pointer).line),
  };
}

describe("a page with several statements of one module's access", () => {
  it.each<[string, readonly string[], readonly number[]]>([
    [
      "two tables",
      [table(["Plan", "psg.plans", "READ-WRITE"]), table(["Plan", "psg.plans", "READ"])],
      [3, 7],
    ],
    ["two tables without areas", [table(["Plan", "RW"]), table(["Plan", "NONE"])], [3, 7]],
    [
      "an overview and a table of areas",
      [table(["Plan", "READ"]), table(["Plan", "psg.plans", "READ"], ["Plan", "psg.context", "WRITE"])],
      [3, 7],
    ],
    [
      "a section and a table",
      ["## Plan Module\n\n- **Access**: READ\n\n## All\n", table(["Plan", "psg.plans", "RW"])],
      [3, 9],
    ],
  ])("is told of a contradiction between %s, with both places", (_what, parts, lines) => {
    expect(accessIn(page(...parts))).toMatchObject({ isUnclear: true, lines });
  });

  it.each<[string, readonly string[], string]>([
    [
      "rows about different areas",
      [table(["Plan", "psg.plans", "READ-WRITE"], ["Plan", "psg.context", "READ"])],
      "READ-WRITE",
    ],
    [
      "tables about different areas",
      [table(["Plan", "psg.plans", "RW"]), table(["Plan", "psg.context", "READ"])],
      "READ-WRITE",
    ],
    [
      "a table for reading and one for writing",
      [table(["Plan", "psg.plans", "READ"]), table(["Plan", "psg.plans", "WRITE"])],
      "READ-WRITE",
    ],
    [
      "an overview and the areas one by one",
      [table(["Plan", "RW"]), table(["Plan", "psg.plans", "RW"], ["Plan", "psg.context", "READ"])],
      "READ-WRITE",
    ],
    ["tables that agree", [table(["Plan", "READ"]), table(["Plan", "read-only"])], "READ"],
  ])("may have %s", (_what, parts, mode) => {
    expect(accessIn(page(...parts))).toEqual({ mode, isUnclear: false, lines: [] });
  });

  it("is read in a moment, however many there are", () => {
    const tables = Array.from({ length: 5000 }, (_, index) => table(["Plan", `psg.area_${index}`, "READ"]));
    expect(accessIn(page(...tables, table(["Plan", "READ"])))).toMatchObject({ isUnclear: false });
  });
});

describe("a module with access NONE", () => {
  it("may have no areas, and the mapping says so", () => {
    const { problems } = mappingOf({ modules: { plan: { access: "NONE", areas: ["psg.plans"] } } });
    expect(problems).toMatchObject([{ pointer: "/modules/plan/access" }]);
  });

  it.each([
    { access: "NONE" },
    { access: "NONE", areas: [] },
    { access: "not implemented", areas: ["psg.plans"] },
  ])("%j is no contradiction", (plan) => {
    expect(mappingOf({ modules: { plan } }).problems).toEqual([]);
  });
});
