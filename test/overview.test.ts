import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { check, type Finding, FORMATS, LEVELS, type Report, type Surface } from "../src/index.js";
import { verdictSentence } from "../src/model/verdict-sentence.js";
import { columnsOf } from "../src/report/text/pen.js";
import { ROOT } from "./support/fixtures.js";
import { AUDIT, BROKEN, busyReport, ending, GOOD, rendered } from "./support/reports.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-overview-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const log = join(folder, "events.ndjson");
const generator = ["bench/generate.mjs", "--events", "3000", "--defects", "60"];
writeFileSync(log, execFileSync(process.execPath, generator, { cwd: ROOT, maxBuffer: 1e8 }));
const many = await check([log]);
const few = await check([BROKEN]);
const one = await check(["fixtures/inputs/one-flaw.ndjson"]);
const busy = await busyReport();

const text = (report: Report, surface: Partial<Surface> = {}, format: "text" | "summary" = "text"): string =>
  [...FORMATS[format](report, { color: false, ...surface })].join("");

const linesOf = (report: Report, surface?: Partial<Surface>): string[] =>
  text(report, surface).trimEnd().split("\n");

const verdictOf = (report: Report): string => `${report.verdict}: ${verdictSentence(report)}`;

/** The rules of a report as its overview must rank them. */
function ranked({ findings }: Report): { level: string; places: number }[] {
  const totals = new Map<string, { level: Finding["level"]; places: number }>();
  for (const { rule, level, count } of findings) {
    const key = `${rule} ${level}`;
    totals.set(key, { level, places: (totals.get(key)?.places ?? 0) + count });
  }
  return [...totals.values()].sort(
    (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || b.places - a.places,
  );
}

const ROW = /^[✗!?i] (MUST|SHOULD|MAY|NOTE) +([\d,]+) {2}\S/;
const rowsOf = (lines: readonly string[]) =>
  lines.flatMap((line) => {
    const [, level = "", places = ""] = ROW.exec(line) ?? [];
    return level === "" ? [] : [{ level, places: Number(places.replaceAll(",", "")) }];
  });

describe("the report of a log with many findings", () => {
  it.each([60, 80, 120])(
    "says in the first forty of %i columns what is wrong and where to begin",
    (width) => {
      const screen = linesOf(many, { width }).slice(0, 40);
      const words = screen.map((line) => line.trim()).join(" ");
      expect(words.startsWith(verdictOf(many))).toBe(true);
      const rows = rowsOf(screen);
      expect(rows.length).toBeGreaterThan(5);
      expect(rows).toEqual(ranked(many).slice(0, rows.length));
      expect(words).toMatch(/begin with +\S+events\.ndjson:\d+:\d+, mplp-check explain [a-z0-9-]+/);
      const rest = ranked(many).slice(rows.length);
      const places = rest.reduce((sum, total) => sum + total.places, 0);
      expect(words).toContain(`${rest.length} more rules at ${places} places`);
    },
  );

  it("has the first place of each rule in a summary, and the verdict first and last", () => {
    const summary = text(many, { width: 500 }, "summary").trimEnd().split("\n");
    expect([summary[0], summary.at(-1)]).toEqual([verdictOf(many), verdictOf(many)]);
    expect(rowsOf(summary)).toEqual(ranked(many));
    for (const { rule, level } of many.findings) {
      const at = summary.findIndex(
        (line, index) => line.includes(` ${level} `) && summary[index + 1]?.trim().split(/,/)[0] === rule,
      );
      const own = many.findings.filter((each) => each.rule === rule && each.level === level);
      const first = Math.min(...own.map(({ locations }) => locations[0]!.line));
      expect(summary[at + 1]).toMatch(new RegExp(`first at \\S+events\\.ndjson:${first}:`));
    }
  });

  it.each([40, 60, 80, 120])("keeps to %i columns but for words that cannot be broken", (width) => {
    for (const report of [many, few, busy])
      for (const format of ["text", "summary"] as const)
        for (const line of text(report, { width }, format).split("\n")) {
          const longest = Math.max(...line.trim().split(" ").map(columnsOf));
          expect(columnsOf(line) <= width || longest > width - 20 ? "" : line).toBe("");
        }
  });
});

describe("the verdict", () => {
  it("is the first and the last line, whole, where nobody says how wide lines are", () => {
    for (const report of [many, few, one]) {
      const lines = linesOf(report);
      expect([lines[0], lines.at(-1)]).toEqual([verdictOf(report), verdictOf(report)]);
    }
  });

  it("is said once where nothing was found", async () => {
    const lines = linesOf(await check([GOOD]));
    expect(lines.filter((line) => line.startsWith("no-violations-found: "))).toHaveLength(1);
    expect(lines.at(-1)).toMatch(/^no-violations-found: /);
  });

  it("is all there is where that is wanted", () => {
    for (const format of ["text", "summary", "compact"] as const)
      expect([...FORMATS[format](many, { color: false, quiet: true })].join("")).toBe(`${verdictOf(many)}\n`);
  });

  it("names what was not checked", async () => {
    const report = await ending("an unreadable input");
    expect(linesOf(report).at(-1)).toMatch(
      /no violations found in what was read.*; 1 input not checked \(exit 2\)\.$/,
    );
  });
});

describe("a finding", () => {
  it("begins with what is wrong, and the clause stands below", () => {
    const lines = linesOf(few, { width: 120 });
    const at = lines.indexOf("✗ MUST   event_id is a UUID, but not of version 4");
    expect(lines[at + 1]).toMatch(/^ {2}clause PS-4\.1-2: event_id is a UUID v4 \(/);
    expect(lines[at + 2]).toBe(`  ${BROKEN}:7:13  /event_id`);
  });

  it("has no overview before it where all fits on a screen", () => {
    expect(linesOf(one).filter((line) => line.startsWith("begin with"))).toEqual([]);
  });

  it("takes one line where it is waived or a note", () => {
    const aside = busy.findings.filter(({ level, waiver }) => level === "NOTE" || waiver !== undefined);
    const lines = linesOf(busy, { width: 10_000 });
    const told = lines.filter((line) => /^(?:i NOTE|~ waived)/.test(line) && !ROW.test(line));
    expect(told).toHaveLength(aside.length);
    for (const line of told) expect(line).toMatch(/\]$/);
  });

  it("has an excerpt that says which record lacks a member", async () => {
    const path = join(folder, "lacking.ndjson");
    const event = {
      timestamp: "2026-01-05T08:00:00Z",
      event_type: "node_added",
      event_family: "graph_update",
      graph_id: "c28753f8-221c-4e00-8f99-31ee3af27f80",
      update_kind: "node_add",
      node_delta: 1,
      edge_delta: 0,
      payload: {},
    };
    writeFileSync(path, `${JSON.stringify(event)}\n`);
    const finding = (await check([path])).findings.find(({ message }) => message === "event_id is missing");
    expect(finding?.locations[0]?.excerpt).toEqual({
      line: 1,
      text: `{… "event_type":"node_added", "event_family":"graph_update", "graph_id":"${event.graph_id}" …`,
      start: 0,
      length: 1,
    });
    const redacted = (await check([path], { redact: true })).findings[0]?.locations[0]?.excerpt?.text;
    expect(redacted).toContain('"event_type":"[10 characters]"');
    expect(redacted).not.toContain("node_added");
  });

  it("has an excerpt of a member that is an object with what stands in it", async () => {
    const path = join(folder, "object.ndjson");
    writeFileSync(path, `{"event_id":{"$oid":"5f2b8c1e"},"event_type":"a","event_family":"intent"}\n`);
    const { findings } = await check([path]);
    const wrong = findings.find(({ message }) => message === "event_id is not a string");
    expect(wrong?.locations[0]?.excerpt?.text).toBe('{"event_id":{"$oid":"5f2b8c1e"},"even…');
  });

  it("shows no secret among what names a record", async () => {
    const path = join(folder, "secret.ndjson");
    const token = `ghp_${"a1B2c3D4e5".repeat(4).slice(0, 36)}`;
    writeFileSync(
      path,
      `{"event_type":"${token}","event_family":"intent","session_id":"${token}","timestamp":"2026-01-05T08:00:00Z"}\n`,
    );
    const report = await check([path]);
    const lacking = report.findings.find(({ message }) => message === "event_id is missing");
    expect(lacking?.locations[0]?.excerpt?.text).toContain('"event_type":');
    expect(JSON.stringify(report)).not.toContain(token.slice(4, 20));
  });
});

describe("what is not shown", () => {
  it("is counted and named", () => {
    const lines = linesOf(few, { maxReported: 2, width: 10_000 });
    expect(lines.filter((line) => /^[✗!?i] [A-Z]+ +[^ \d]/.test(line))).toHaveLength(2);
    const others = few.findings.length - 2;
    const notShown = lines.find((line) => line.startsWith("not shown"));
    expect(notShown).toContain(`${others} findings at `);
    const [, , ...rest] = few.findings;
    for (const { rule } of rest) expect(notShown).toContain(`${rule} (`);
  });

  it("is what is milder than the level that is wanted; the counts stay", () => {
    const shown = linesOf(many, { show: "MUST", width: 10_000 });
    const heads = shown.filter((line) => /^[✗!?i] [A-Z]+ +[^ \d]/.test(line));
    const musts = many.findings.filter(({ level }) => level === "MUST");
    expect(heads).toHaveLength(musts.length);
    expect(shown.find((line) => line.startsWith("not shown"))).toContain(
      `${many.findings.length - musts.length} findings at `,
    );
    expect(shown.filter((line) => line.startsWith("found "))[0]).toContain("SHOULD");
  });
});

describe("links", () => {
  const PAGE = "https://github.com/mplp-check/mplp-check/blob/main/docs/rules/event-id-v4.md";

  it("lead from a rule to its page on terminals that know them", () => {
    const linked = text(few, { color: true, links: true });
    expect(linked).toContain(`\u001b]8;;${PAGE}\u001b\\event-id-v4\u001b]8;;\u001b\\`);
    expect(text(few, { color: true })).not.toContain("\u001b]8");
  });

  it("lead to it from HTML and SARIF", () => {
    const html = rendered(few, "html");
    expect(html).toContain(`<a href="${PAGE}"><code>event-id-v4</code></a>`);
    const sarif = JSON.parse(rendered(few, "sarif")) as {
      runs: [{ tool: { driver: { rules: { id: string; helpUri?: string }[] } } }];
    };
    const rule = sarif.runs[0].tool.driver.rules.find(({ id }) => id === "event-id-v4");
    expect(rule?.helpUri).toBe(PAGE);
  });

  it("are made of ids of rules only", () => {
    const rule = "x\u001b\\](https://evil.example)";
    const findings = few.findings.map((finding) => ({ ...finding, rule }));
    const report = { ...few, findings, rules: few.rules.map((each) => ({ ...each, id: rule })) };
    expect(text(report, { links: true })).not.toContain("\u001b");
    for (const format of ["html", "sarif"] as const)
      expect(rendered(report, format)).not.toContain("docs/rules/x");
  });
});

it("says the same of an audit without findings", async () => {
  const report = await check([AUDIT], { claims: ["runtime"] });
  expect(linesOf(report).at(-1)).toBe(verdictOf(report));
});
