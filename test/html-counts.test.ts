import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { describe, expect, it } from "vitest";
import { check, LEVELS, type Report } from "../src/index.js";
import { AUDIT, BROKEN, busyReport, GOOD, largeReport, rendered } from "./support/reports.js";

type Element = DefaultTreeAdapterTypes.Element;

/** A page as a tree, with what counts need to be read off it. */
class Tree {
  readonly elements: readonly Element[];

  constructor(root: DefaultTreeAdapterTypes.Node) {
    this.elements = [...elementsIn(root)];
  }

  of(id: string): Tree {
    const found = this.elements.find((element) => attribute(element, "id") === id);
    return found === undefined ? new Tree(parse("")) : new Tree(found);
  }

  withClass(name: string): readonly Element[] {
    return this.elements.filter((element) => attribute(element, "class")?.split(" ").includes(name));
  }

  named(name: string): readonly Element[] {
    return this.elements.filter(({ tagName }) => tagName === name);
  }
}

function* elementsIn(node: DefaultTreeAdapterTypes.Node): Iterable<Element> {
  if (!("childNodes" in node)) return;
  for (const child of node.childNodes) {
    if ("tagName" in child) yield child;
    yield* elementsIn(child);
  }
}

const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((attr) => attr.name === name)?.value;

const wordsOf = (node: DefaultTreeAdapterTypes.Node): string => {
  if ("value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(wordsOf).join("") : "";
};

const numbersIn = (text: string): number[] =>
  (text.match(/\d[\d,]*/g) ?? []).map((digits) => Number(digits.replaceAll(",", "")));

const busy = await busyReport();
const many = await check(
  ["timestamp-rfc3339", "event-core-fields", "json-object-per-record"].map(
    (rule) => `fixtures/rules/${rule}/invalid`,
  ),
);
const reports: readonly (readonly [string, Report])[] = [
  ["busy", busy],
  ["broken", await check([BROKEN])],
  ["good", await check([GOOD])],
  ["folders with files that are not read", await check([AUDIT, "docs"], { claims: ["runtime"] })],
  ["many", many],
  ["a thousand", largeReport(busy, 1000, 2)],
];

describe("the counts of a page agree", () => {
  it.each(reports)("of the report %s", (_name, report) => {
    const page = new Tree(parse(rendered(report, "html")));
    const contents = Object.fromEntries(
      page.named("nav").flatMap((nav) =>
        new Tree(nav).named("a").map((link) => {
          const [count] = new Tree(link).withClass("count").map(wordsOf);
          return [attribute(link, "href"), count === undefined ? undefined : numbersIn(count)[0]];
        }),
      ),
    );
    const findings = page.of("findings");
    const waived = page.of("waived");
    expect(findings.withClass("finding").length).toBe(contents["#findings"]);
    expect(waived.withClass("finding").length).toBe(contents["#waived"] ?? 0);
    expect(findings.withClass("finding").length + waived.withClass("finding").length).toBe(
      report.findings.length,
    );
    expect(
      page
        .of("inputs")
        .named("tr")
        .filter((row) => new Tree(row).withClass("digest").length > 0).length,
    ).toBe(contents["#inputs"]);
    const unread = page.of("not-read");
    expect(contents["#not-read"] ?? 0).toBe(report.summary.notRead);
    if (report.notRead.length === report.summary.notRead)
      expect(unread.named("li").length).toBe(report.summary.notRead);
    expect(countsOfClauses(page)).toBe(contents["#clauses"]);
    expect(groupsOf(findings)).toEqual(groupsIn(report, findings));
    // What the head says: the findings that count, by level, and their places.
    const [head = ""] = page
      .named("dl")
      .flatMap((list) => new Tree(list).named("div").map(wordsOf))
      .filter((text) => text.startsWith("Findings"));
    for (const level of ["MUST", "SHOULD"] as const) {
      const own = report.findings.filter(
        (finding) => finding.level === level && finding.waiver === undefined,
      );
      const rows = findings.withClass("finding").filter((row) => attribute(row, "data-level") === level);
      expect(rows.length).toBe(own.length);
      const places = own.reduce((sum, { count }) => sum + count, 0);
      if (own.length > 0)
        expect(numbersIn(new RegExp(`${level} [\\d,]+ at [\\d,]+`).exec(head)?.[0] ?? "")).toEqual([
          own.length,
          places,
        ]);
    }
  });
});

/** Each cell of the coverage table has as many clauses as rows of its level and status; gives how many there are. */
function countsOfClauses(page: Tree): number {
  const rows = page
    .of("clauses")
    .named("tr")
    .filter((row) => attribute(row, "id") !== undefined);
  let sum = 0;
  for (const link of page.of("coverage").named("a")) {
    const { level, status } = Object.fromEntries(new URLSearchParams(attribute(link, "data-filter")));
    const own = rows.filter(
      (row) => attribute(row, "data-level") === level && attribute(row, "data-status") === status,
    );
    expect(numbersIn(wordsOf(link))).toEqual([own.length]);
    sum += own.length;
  }
  const totals = page
    .of("coverage")
    .named("tfoot")
    .flatMap((foot) => numbersIn(wordsOf(foot)));
  expect(sum).toBe(rows.length);
  expect(totals.length).toBeGreaterThan(0);
  return rows.length;
}

/** What each group says of itself, and what is in it. */
function groupsOf(section: Tree): readonly (readonly number[])[] {
  return section.withClass("group").flatMap((group) => {
    const inside = new Tree(group);
    const rows = inside.withClass("finding").length;
    return inside.withClass("tally").map((tally) => [...numbersIn(wordsOf(tally)), rows]);
  });
}

function groupsIn({ findings }: Report, section: Tree): readonly (readonly number[])[] {
  if (section.withClass("group").length === 0) return [];
  const groups = new Map<string, number[]>();
  for (const { level, rule, count, waiver } of findings) {
    if (waiver !== undefined) continue;
    const [defects = 0, places = 0] = groups.get(`${level} ${rule}`) ?? [];
    groups.set(`${level} ${rule}`, [defects + 1, places + count, defects + 1]);
  }
  expect([...groups.keys()].every((key) => LEVELS.some((level) => key.startsWith(level)))).toBe(true);
  return [...groups.values()];
}
