import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, describe, expect, it } from "vitest";
import {
  type Comparison,
  check,
  compareReports,
  DIFF_FORMAT_NAMES,
  DIFF_FORMATS,
  type DiffFormatName,
  type Report,
  worsened,
} from "../src/index.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { nodesOf, parseMarkdown, wordsOf } from "./support/formats/markdown.js";
import {
  attackedReport,
  COLOUR,
  commandsIn,
  HOSTILE,
  harmfulLines,
  hostileReport,
} from "./support/hostile.js";
import { some } from "./support/long.js";
import { AUDIT, BROKEN, busyReport, GOOD, rendered, WAIVED } from "./support/reports.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-diff-"));
const path = (file: string): string => join(ROOT, file);
const [good, broken, twice, waived] = await Promise.all([
  check([path(GOOD)]),
  check([path(BROKEN)]),
  check([path(BROKEN), copyOf(path(BROKEN))]),
  check([path(BROKEN)], { policy: WAIVED }),
]);
const busy = await busyReport();

afterAll(() => rmSync(folder, { recursive: true }));

/** The same events in another file. */
function copyOf(file: string): string {
  const copy = join(folder, "copy.ndjson");
  writeFileSync(copy, readFileSync(file));
  return copy;
}

const written = (name: string, report: Report | string): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof report === "string" ? report : rendered(report, "json"));
  return file;
};
const shown = (comparison: Comparison, format: DiffFormatName, color = false): string =>
  [...DIFF_FORMATS[format](comparison, { color, width: 80 })].join("");
const changesOf = ({ findings }: Comparison) => [...new Set(findings.map(({ change }) => change))];
const numbersOf = ({ findings }: Comparison) => findings.map(({ before, after }) => [before, after]);
const counting = (report: Report) => report.findings.filter(({ waiver }) => waiver === undefined);

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe("a comparison", () => {
  it("tells what is new, and what is gone", () => {
    const worse = compareReports(good, broken);
    expect(worse.verdict).toEqual({ before: "no-violations-found", after: "nonconformant" });
    expect(changesOf(worse)).toEqual(["new"]);
    expect(worse.findings.map(({ fingerprint }) => fingerprint).sort()).toEqual(
      broken.findings.map(({ fingerprint }) => fingerprint).sort(),
    );
    const better = compareReports(broken, good);
    expect(changesOf(better)).toEqual(["gone"]);
    expect(better.findings.map(({ place }) => place.path)).toEqual(better.findings.map(() => path(BROKEN)));
    expect(numbersOf(better)).toEqual(better.findings.map(() => [1, 0]));
  });

  it("tells what is more, and what is fewer", () => {
    const known = new Set(broken.findings.map(({ fingerprint }) => fingerprint));
    const of = ({ findings }: Comparison) => findings.filter(({ fingerprint }) => known.has(fingerprint));
    const more = of(compareReports(broken, twice));
    expect(more.map(({ change, before, after }) => [change, before, after])).toEqual(
      broken.findings.map(() => ["more", 1, 2]),
    );
    const fewer = of(compareReports(twice, broken));
    expect(fewer.map(({ change, before, after }) => [change, before, after])).toEqual(
      broken.findings.map(() => ["fewer", 2, 1]),
    );
  });

  it("tells every clause whose status is another one, and no other", () => {
    const { clauses } = compareReports(good, broken);
    const expected = broken.clauses.flatMap(({ id, status }) => {
      const before = good.clauses.find((clause) => clause.id === id)?.status;
      return before === status ? [] : [[id, before, status]];
    });
    expect(expected.length).toBeGreaterThan(3);
    expect(clauses.map(({ id, before, after }) => [id, before, after])).toEqual(expected);
  });

  it("tells of a clause that one report does not list", () => {
    const [{ id, status }] = good.clauses as [Report["clauses"][number]];
    const without = { ...good, clauses: good.clauses.slice(1) };
    expect(compareReports(without, good).clauses).toMatchObject([{ id, before: undefined, after: status }]);
    expect(compareReports(good, without).clauses).toMatchObject([{ id, before: status, after: undefined }]);
  });

  it("counts no waived finding, and says how many there are", () => {
    const comparison = compareReports(broken, waived);
    expect(changesOf(comparison)).toEqual(["gone"]);
    for (const finding of comparison.findings) expect(finding.waived).toEqual({ before: 0, after: 1 });
    expect(shown(comparison, "text")).toContain("0 places, before: 1; waived: 1, before: 0");
    expect(changesOf(compareReports(waived, broken))).toEqual(["new"]);
    expect(compareReports(waived, good).findings).toEqual([]);
  });

  it("adds up what is in part waived", () => {
    const [finding, ...others] = broken.findings as [Report["findings"][number]];
    const [own] = waived.findings;
    const partly = {
      ...broken,
      findings: [finding, { ...own, ...finding, waiver: own!.waiver! }, ...others],
    };
    expect(compareReports(broken, partly).findings).toEqual([]);
  });

  it("tells a changed level as a finding that is gone and one that is new", () => {
    const findings = broken.findings.map((finding) => ({ ...finding, level: "SHOULD" as const }));
    const milder = { ...broken, findings };
    const comparison = compareReports(broken, milder);
    expect(changesOf(comparison)).toEqual(["new", "gone"]);
    expect(worsened(comparison)).toEqual([]);
    expect(worsened(comparison, "should")).toHaveLength(findings.length);
  });

  it.each([
    ["good", good],
    ["broken", broken],
    ["waived", waived],
    ["busy", busy],
  ])("finds nothing between a report and itself: %s", (_name, report) => {
    expect(compareReports(report, report)).toMatchObject({ findings: [], clauses: [] });
  });

  it("does not depend on the order of findings and of their places", () => {
    const turned = (report: Report): Report => ({ ...report, findings: report.findings.toReversed() });
    expect(compareReports(turned(busy), busy).findings).toEqual([]);
    for (const [before, after] of [
      [good, busy],
      [busy, good],
      [twice, broken],
    ] as const)
      expect(compareReports(turned(before), turned(after))).toEqual(compareReports(before, after));
  });

  it("knows a finding again on another line, in another file, and in a report of --redact", async () => {
    const moved = join(folder, "moved.ndjson");
    writeFileSync(moved, readFileSync(path(BROKEN), "utf8").replaceAll("\n", "\n\n"));
    const redacted = await check([moved], { redact: true });
    expect(redacted.findings.map(({ locations }) => locations[0]!.path)).not.toContain(path(BROKEN));
    expect(compareReports(broken, redacted)).toMatchObject({ findings: [], clauses: [], cautions: [] });
  });

  it("says why a difference may come from the runs", async () => {
    expect(compareReports(good, broken).cautions).toEqual([]);
    const claimed = await check([path(GOOD)], { claims: ["runtime"] });
    expect(compareReports(good, claimed).cautions).toEqual(["the two runs went by different claims"]);
    const nothing = await check([path("package.json")]);
    const stopped = await check([path(GOOD)], { signal: AbortSignal.abort() });
    const unread = await check([path(GOOD), path("fixtures/no-such-file.ndjson")]);
    expect(compareReports(broken, nothing).cautions.join()).toContain("the later run: no record can be");
    expect(compareReports(broken, stopped).cautions.join()).toContain("the later run: interrupted");
    expect(compareReports(unread, broken).cautions.join()).toContain("the earlier run: 1 error");
    const other = { ...good, tool: { ...good.tool, version: "0.9.0" } };
    expect(compareReports(other, good).cautions.join()).toContain("different versions of mplp-check");
    for (const format of DIFF_FORMAT_NAMES)
      expect(shown(compareReports(broken, stopped), format)).toContain("the later run");
  });
});

describe("formats of a comparison", async () => {
  const audited = await check([path(AUDIT)], { claims: ["runtime", "integration"] });
  const pairs = Object.entries({
    worse: [good, broken],
    better: [broken, good],
    more: [broken, twice],
    fewer: [twice, broken],
    waived: [broken, waived],
    other: [audited, busy],
    same: [busy, busy],
  } as const);
  const schema = JSON.parse(readFileSync(path("schemas/diff.schema.json"), "utf8")) as object;
  const validate = new Ajv().compile(schema);

  it.each(pairs)("agree: %s", (_name, [before, after]) => {
    const comparison = compareReports(before, after);
    const json = JSON.parse(shown(comparison, "json")) as Comparison;
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    expect(json).toMatchObject(JSON.parse(JSON.stringify(comparison)) as object);
    const text = shown(comparison, "text");
    const tree = parseMarkdown(shown(comparison, "markdown"));
    const headings = tree.children.filter(({ type }) => type === "heading").map(wordsOf);
    const listed = [...nodesOf(tree)].filter(({ type }) => type === "listItem");
    const { findings, clauses, cautions } = json;
    for (const kind of ["new", "more", "fewer", "gone"] as const) {
      const count = findings.filter(({ change }) => change === kind).length;
      expect(text.match(new RegExp(`^[+-] ${kind} `, "gm")) ?? []).toHaveLength(count);
      const heading = headings.find((words) => words.toLowerCase().startsWith(`${kind}: `)) ?? ": 0 ";
      expect(heading).toContain(`: ${count} `);
    }
    expect(listed).toHaveLength(findings.length + clauses.length + cautions.length);
    expect(text.match(/^(?:MUST|SHOULD|MAY) .*/gm) ?? []).toHaveLength(clauses.length);
    const [sentence = ""] = text.split("\n");
    expect(text.trimEnd().split("\n").at(-1)).toBe(sentence);
    expect(sentence.startsWith(json.verdict.after)).toBe(true);
    expect(tree.children.map(wordsOf)).toContain(`${sentence}.`);
  });

  it("show no text of a sender that the reports do not hold", () => {
    const held = new Set(textsIn(JSON.parse(rendered(busy, "json"))));
    const { findings } = compareReports(good, busy);
    expect(findings.some(({ rule }) => rule === "no-secrets")).toBe(true);
    const foreign = findings.flatMap(({ change: _, ...finding }) => textsIn(finding));
    expect(foreign.filter((text) => !held.has(text))).toEqual([]);
  });

  it("hold no more than a comment takes", () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({
      ...broken.findings[0]!,
      message: `defect ${index} of a long list`,
    }));
    const markdown = shown(compareReports(good, { ...broken, findings: many }), "markdown");
    expect(Buffer.byteLength(markdown)).toBeLessThan(65_536);
    expect(markdown).toMatch(/Left out.*new findings/);
  });

  const hostile: [string, Comparison][] = some("hostile texts", Object.entries(HOSTILE)).flatMap(
    ([name, text]) => {
      const report = hostileReport(busy, text);
      return [
        [`${name}, before`, compareReports(report, broken)],
        [`${name}, after`, compareReports(broken, report)],
      ];
    },
  );
  const all: [string, Comparison][] = [
    ["all, before", compareReports(attackedReport(busy), busy)],
    ["all, after", compareReports(good, attackedReport(busy))],
  ];

  it.each([...hostile, ...all])("hold no command, and nothing that acts, with %s", (_name, comparison) => {
    for (const format of DIFF_FORMAT_NAMES) {
      const output = shown(comparison, format);
      expect(commandsIn(output), format).toEqual([]);
      expect(harmfulLines(output), format).toEqual([]);
    }
    expect(harmfulLines(shown(comparison, "text", true).replaceAll(COLOUR, ""))).toEqual([]);
    const own = new Set(["root", "heading", "paragraph", "text", "strong", "inlineCode", "list", "listItem"]);
    const foreign = [...nodesOf(parseMarkdown(shown(comparison, "markdown")))].filter(
      ({ type }) => !own.has(type),
    );
    expect(foreign).toEqual([]);
  });
});

describe("mplp-check diff", () => {
  it.each([
    ["something new", "must", 1],
    ["something new", "none", 0],
    ["something gone", "may", 0],
    ["something more", "must", 1],
    ["something fewer", "must", 0],
    ["nothing", "may", 0],
    ["a milder defect", "must", 0],
    ["a milder defect", "should", 1],
    ["a waiver", "may", 0],
    ["a waiver less", "must", 1],
  ] as const)("with %s and --fail-on %s ends with %i", async (what, failOn, expected) => {
    const milder = counting(broken).map((finding) => ({ ...finding, level: "SHOULD" as const }));
    const reports: Record<typeof what, readonly [Report, Report]> = {
      "something new": [good, broken],
      "something gone": [broken, good],
      "something more": [broken, twice],
      "something fewer": [{ ...twice, findings: twice.findings.slice(0, 2) }, good],
      nothing: [broken, broken],
      "a milder defect": [good, { ...broken, findings: milder }],
      "a waiver": [broken, waived],
      "a waiver less": [waived, broken],
    };
    const [before, after] = reports[what];
    const files = [written("old.json", before), written("new.json", after)];
    const { status, stderr } = await mplpCheck(["diff", ...files, "--fail-on", failOn]);
    expect([status, stderr]).toEqual([expected, ""]);
    if (failOn === "must") expect((await mplpCheck(["diff", ...files])).status).toBe(expected);
  });

  it.each([
    ["must", 3],
    ["none", 0],
  ])(
    "ends with 3 where only the later run is inconclusive, with --fail-on %s %i",
    async (failOn, expected) => {
      const open: Report = { ...good, verdict: "inconclusive", findings: [] };
      const files = [written("old.json", broken), written("new.json", open)];
      expect((await mplpCheck(["diff", ...files, "--fail-on", failOn])).status).toBe(expected);
      const unread: Report = { ...good, errors: [{ path: "b.ndjson", message: "no such file" }] };
      const lost = [written("old.json", good), written("new.json", unread)];
      expect((await mplpCheck(["diff", ...lost, "--fail-on", failOn])).status).toBe(expected);
      const both = [written("old.json", open), written("new.json", open)];
      expect((await mplpCheck(["diff", ...both, "--fail-on", failOn])).status).toBe(0);
    },
  );

  it("writes every format to where it is told", async () => {
    const files = [written("old.json", good), written("new.json", broken)];
    const [markdown, json] = [join(folder, "out/changes.md"), join(folder, "out/changes.json")];
    const { stdout } = await mplpCheck(["diff", ...files, "-o", markdown, "-f", "json", "-o", json]);
    const comparison = compareReports(good, broken);
    expect(readFileSync(markdown, "utf8")).toBe(shown(comparison, "markdown"));
    expect(readFileSync(json, "utf8")).toBe(shown(comparison, "json"));
    expect(stdout).toBe("");
    const text = [...DIFF_FORMATS.text(comparison, { color: false })].join("");
    expect((await mplpCheck(["diff", ...files])).stdout).toBe(text);
    const terminal = await mplpCheck(["diff", ...files], { columns: 80 });
    expect(terminal.stdout).toMatch(COLOUR);
    expect((await mplpCheck(["diff", ...files, "--no-color"], { columns: 80 })).stdout).not.toMatch(COLOUR);
  });

  it("reads one report from standard input", async () => {
    const file = written("old.json", good);
    const input = rendered(broken, "json");
    const { status, stdout } = await mplpCheck(["diff", file, "-"], { input });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^nonconformant, before: no-violations-found; /);
    expect((await mplpCheck(["diff", "-", file], { input })).status).toBe(0);
  });

  it.each([
    ["is not there", undefined, "no such file"],
    ["is no JSON", "nonsense \u001b[31m", "this is no report of mplp-check: it is not JSON"],
    ["is no report", "{}", "this is no report of mplp-check"],
    ["has a count that is none", rendered(broken, "json").replace(/"count": 1/, '"count": "1"'), "no report"],
  ])("ends with 2 where either report %s", async (_what, text, message) => {
    const wrong = text === undefined ? join(folder, "nowhere.json") : written("wrong.json", text);
    const right = written("right.json", broken);
    for (const files of [
      [wrong, right],
      [right, wrong],
    ]) {
      const { status, stdout, stderr } = await mplpCheck(["diff", ...files]);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(message);
      expect(harmfulLines(stderr)).toEqual([]);
    }
  });

  it("refuses what cannot be followed, before it writes anything", async () => {
    const [old, later] = [written("old.json", good), written("new.json", broken)];
    const before = readFileSync(old, "utf8");
    for (const [args, message] of [
      [["-", "-"], "only one of the two reports can come from standard input"],
      [[old], "missing required argument 'new'"],
      [[old, later, "-f", "sarif"], "Allowed choices are text, json, markdown"],
      [[old, later, "-o", join(folder, "changes.html")], "a comparison is written as text, json, markdown"],
      [[old, later, "-o", old], "is one of the two reports"],
    ] as const) {
      const { status, stdout, stderr } = await mplpCheck(["diff", ...args]);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(message);
    }
    expect(readFileSync(old, "utf8")).toBe(before);
  });
});
