import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import { parse } from "parse5";
import { afterAll, describe, expect, it } from "vitest";
import { check, LEVELS, type Report, TREND_FORMATS, trendPoint } from "../src/index.js";
import { mplpCheck } from "./support/cli.js";
import { attackedReport, commandsIn, harmfulLines } from "./support/hostile.js";
import { BROKEN, busyReport, GOOD, rendered } from "./support/reports.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-trend-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = readFileSync(BROKEN, "utf8").split("\n");
const part = join(folder, "part.ndjson");
writeFileSync(part, `${lines.slice(0, 6).join("\n")}\n`);
const reports: Record<string, Report> = {
  "broken.json": { ...(await check([BROKEN])), date: "2026-11-01" },
  "part.json": { ...(await check([part])), title: "Half of it", date: "2026-11-08" },
  "good.json": await check([GOOD]),
};
const files = Object.entries(reports).map(([name, report]) => {
  const file = join(folder, name);
  writeFileSync(file, rendered(report, "json"));
  return file;
});

const run = (...args: readonly string[]) => mplpCheck(["trend", ...args]);

describe("mplp-check trend", () => {
  it("counts findings by level, and new and gone ones from one report to the next", async () => {
    const { status, stdout } = await run(...files);
    expect(status).toBe(0);
    const [sentence, , head, ...rows] = stdout.trimEnd().split("\n");
    expect(sentence).toBe(
      "no-violations-found in the last of 3 reports, nonconformant in the first; 0 findings, at first 5",
    );
    expect(head?.split(/ +/)).toEqual(["verdict", ...LEVELS, "new", "gone", "report"]);
    expect(rows.map((row) => row.split(/ +/).slice(0, 7))).toEqual([
      ["nonconformant", "5", "0", "0", "0", "-", "-"],
      ["nonconformant", "2", "0", "0", "0", "0", "3"],
      ["no-violations-found", "0", "0", "0", "0", "0", "2"],
    ]);
    expect(rows[0]).toContain("2026-11-01 (");
    expect(rows[1]).toContain("Half of it, 2026-11-08 (");
    expect(rows[2]?.endsWith(`  ${files[2]}`)).toBe(true);
  });

  it("says the same as diff, in the page too", async () => {
    const page = join(folder, "trend.html");
    const { status, stdout } = await run(...files, "-o", page, "--title", "Weekly", "--date", "2026-11-29");
    expect([status, stdout]).toEqual([0, ""]);
    const html = readFileSync(page, "utf8");
    expect(html).toContain("<title>Weekly, 2026-11-29: Trend: mplp-check conformance reports</title>");
    for (const [index, file] of files.slice(1).entries()) {
      const diff = await mplpCheck(["diff", files[index] ?? "", file, "--fail-on", "none"]);
      const sentence = diff.stdout.split("\n")[0] ?? "";
      expect(html).toContain(`<p>${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.</p>`);
    }
  });

  it("takes a report from standard input, in the place of its argument", async () => {
    const [first = "", ...others] = files;
    const input = readFileSync(first, "utf8");
    const { status, stdout } = await mplpCheck(["trend", "-", ...others], { input });
    expect(status).toBe(0);
    expect(stdout).toContain("2026-11-01 (-)");
  });

  it("refuses what it cannot show, before it writes anything", async () => {
    const [first = "", second = ""] = files;
    const nonsense = join(folder, "nonsense.json");
    writeFileSync(nonsense, "{}");
    for (const [args, message] of [
      [[first], "a trend needs two reports or more"],
      [["-", "-"], "only one of the reports can come from standard input"],
      [[first, join(folder, "nowhere.json")], "no such file"],
      [[first, nonsense], "this is no report of mplp-check"],
      [[first, second, "-o", second], "a trend is written as text, html; name one with -f"],
      [[first, second, "-f", "text", "-o", `${first}.md`], "does not look like"],
      [[first, second, "--date", "soon"], "It must be a day"],
    ] as const) {
      const { status, stdout, stderr } = await run(...args);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(message);
    }
    expect(readFileSync(second, "utf8")).toBe(rendered(reports["part.json"]!, "json"));
  });
});

describe("the page of a trend", async () => {
  const busy = await busyReport();
  const attacked = attackedReport(busy);
  const pageOf = (all: readonly Report[], title?: string): string => {
    const points = all.map((report, index) => trendPoint(`${index}.json`, report, all[index - 1]));
    return [...TREND_FORMATS.html({ points, ...(title !== undefined && { title }) })].join("");
  };

  it.each([
    ["reports", Object.values(reports)],
    ["reports of every kind", [busy, ...Object.values(reports), busy]],
    ["a hundred reports", Array.from({ length: 100 }, (_, index) => Object.values(reports)[index % 3]!)],
    ["hostile reports", [busy, attacked, busy]],
    ["reports without findings", [reports["good.json"]!, reports["good.json"]!]],
  ])("of %s is valid HTML, and nothing in it acts", async (_name, all) => {
    const page = pageOf(all, "a <b> & \u202e title");
    expect(harmfulLines(page)).toEqual([]);
    expect(commandsIn(page)).toEqual([]);
    expect(page).toContain("script-src 'none'");
    expect(page).not.toMatch(/<script|<img/);
    const validator = new HtmlValidate({
      extends: ["html-validate:standard", "html-validate:a11y"],
      rules: { "no-redundant-role": "off", "prefer-native-element": "off" },
    });
    const { results } = await validator.validateString(page);
    expect(
      results.flatMap(({ messages }) => messages.map(({ message, line }) => `${line}: ${message}`)),
    ).toEqual([]);
    expect(() => parse(page)).not.toThrow();
  });
});

describe("the text of a trend", () => {
  it("holds no command and nothing that acts", async () => {
    const busy = await busyReport();
    const attacked = attackedReport(busy);
    const points = [trendPoint("##[error]a", busy), trendPoint("::error::b", attacked, busy)];
    const text = [...TREND_FORMATS.text({ points }, { color: false })].join("");
    expect(harmfulLines(text)).toEqual([]);
    expect(commandsIn(text)).toEqual([]);
  });
});
