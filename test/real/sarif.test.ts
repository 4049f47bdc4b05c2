import { describe, expect, it } from "vitest";
import { check, type Finding, type Report } from "../../src/index.js";
import { hasMultitool, multitoolFindings, readSarif, type SarifLog } from "../support/formats/sarif.js";
import { HOSTILE, hostileReport } from "../support/hostile.js";
import { isRun, some } from "../support/long.js";
import { BROKEN, endings, rendered } from "../support/reports.js";

const GITHUB_RESULTS = 25_000;

const logOf = (report: Report, format: "sarif" | "sarif-coverage" = "sarif"): SarifLog =>
  readSarif(rendered(report, format));

function inShort(report: Report): Report {
  const findings = report.findings.slice(0, 4);
  const cited = new Set(findings.flatMap(({ clauses }) => clauses));
  const isWanted = ({ id, attestation }: Report["clauses"][number], index: number): boolean =>
    index < 3 || cited.has(id) || attestation !== undefined;
  return { ...report, findings, clauses: report.clauses.filter(isWanted) };
}

const manyPlaces = (finding: Finding, places: number, count: number): Finding => ({
  ...finding,
  count,
  locations: Array.from({ length: places }, (_, index) => ({ path: "log.ndjson", line: index + 1 })),
  related: [],
});

describe.skipIf(!hasMultitool)("Microsoft's validator", async () => {
  /** It takes its time; a few clauses and findings have every kind of text. */
  const reports = (await endings()).map(({ name, report }) => ({ name, report: inShort(report) }));
  const { report: worded } = reports.find(({ name }) => name === "broken, waived and claimed")!;
  /** The formats word texts alike: each has every other text. */
  const hostile = (turn: number): Report[] =>
    some(
      "logs for Microsoft's validator",
      Object.values(HOSTILE).filter((_, index) => index % 2 === turn),
    ).map((text) => hostileReport(worded, text));
  const paths = ["/var/log/a b.ndjson", "C:\\logs\\x", "../../x", "\\\\server\\share\\x", "-"];
  const elsewhere = paths.map((path) => ({
    ...worded,
    findings: worded.findings.map((finding) => ({ ...finding, locations: [{ path, line: 1 }] })),
  }));
  const others = some("logs for Microsoft's validator", [
    ...reports.map(({ report }) => report),
    ...elsewhere,
  ]);
  /** The package has no home page yet. */
  const known = /^SARIF2005: .* does not provide 'informationUri'/;

  it("finds the sarif format fit for GitHub", () => {
    const logs = [...others, ...hostile(0)].map((report) => rendered(report, "sarif"));
    const found = multitoolFindings(logs, "Sarif;Ghas");
    expect(found.filter((one) => !known.test(one))).toEqual([]);
    expect(found.length).toBe(logs.length);
  });

  it("finds the sarif-coverage format to keep the standard", () => {
    const logs = [...others, ...hostile(1)].map((report) => rendered(report, "sarif-coverage"));
    expect(multitoolFindings(logs, "Sarif").filter((one) => !known.test(one))).toEqual([]);
  });

  it.runIf(isRun("faults for Microsoft's validator"))("finds faults", async () => {
    const broken = rendered(await check([BROKEN]), "sarif").replaceAll('"ruleIndex": 0', '"ruleIndex": 999');
    expect(multitoolFindings([broken], "Sarif").some((one) => one.startsWith("SARIF1009"))).toBe(true);
  });
});

describe("a sarif log over GitHub's limits", () => {
  it("keeps to 25,000 results, with every finding and every count", async () => {
    const report = await check([BROKEN]);
    const findings = report.findings.map((finding, index) =>
      manyPlaces({ ...finding, fingerprint: `f${index}` }, index === 0 ? 40_000 : 10, 50_000),
    );
    const { results, invocations } = logOf({ ...report, findings }).runs[0];
    expect(results.length).toBe(GITHUB_RESULTS);
    const occurrences = results.reduce((sum, { occurrenceCount = 1 }) => sum + occurrenceCount, 0);
    expect(occurrences).toBe(50_000 * findings.length);
    for (const { rule } of findings) expect(results.some(({ ruleId }) => ruleId === rule)).toBe(true);
    const notes = invocations[0].toolExecutionNotifications.map(({ message }) => message.text);
    expect(notes[0]).toContain(
      `${50_000 - (GITHUB_RESULTS - 10 * (findings.length - 1))} of 50000 occurrences`,
    );
  });

  it("sums up the findings for which there is no room", async () => {
    const report = await check([BROKEN]);
    const [first] = report.findings;
    const findings = Array.from({ length: GITHUB_RESULTS + 7 }, (_, index) =>
      manyPlaces({ ...first!, fingerprint: `f${index}` }, 1, 1),
    );
    const { results, invocations } = logOf({ ...report, findings }).runs[0];
    expect(results.length).toBe(GITHUB_RESULTS);
    const notes = invocations[0].toolExecutionNotifications.map(({ message }) => message.text);
    expect(notes).toContain("7 findings with 7 occurrences.");
  });
});
