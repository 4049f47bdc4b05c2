import { describe, expect, it } from "vitest";
import { exitCodeOf, FORMATS, type Report } from "../src/index.js";
import { readBadge } from "./support/formats/badge.js";
import { readCompact, readSummary } from "./support/formats/compact.js";
import { factsOfEarl, readEarl } from "./support/formats/earl.js";
import { type Facts, factsOf } from "./support/formats/facts.js";
import { readGithub } from "./support/formats/github.js";
import { readGitlab } from "./support/formats/gitlab.js";
import { readHtml } from "./support/formats/html.js";
import { readIntoto } from "./support/formats/intoto.js";
import { type JunitSuite, readJunit } from "./support/formats/junit.js";
import { readMarkdown } from "./support/formats/markdown.js";
import { factsOfSarif, readSarif } from "./support/formats/sarif.js";
import { readText } from "./support/formats/text.js";
import { some } from "./support/long.js";
import { endings, fixtureReports, rendered } from "./support/reports.js";

const fixtures = await fixtureReports();
const ends = await endings();

/** As much of the facts as a format has. */
function only<Read extends Partial<Facts>>(facts: Facts, { ...read }: Read): Partial<Facts> {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => name in read));
}

describe("every format says the same", () => {
  it.each(some("reports in every format", [...ends, ...fixtures]))("of $name", async ({ report }) => {
    const facts = factsOf(report);
    const text = readText(rendered(report, "text"));
    expect(text).toEqual(only(facts, text));
    expect(factsOf(JSON.parse(rendered(report, "json")) as Report)).toEqual(facts);
    expect(readHtml(rendered(report, "html"))).toEqual(facts);
    agreesInShort(report, facts);
    agreesInSarif(report, facts);
    agreesInJunit(report);
    agreesInGitlab(report, facts);
    agreesInGithub(report, facts);
    agreesInMarkdown(report, facts);
    await agreesInEarl(report, facts);
    agreesInIntoto(report, facts);
    agreesInBadge(report, facts);
  });

  it("of runs that end in every way, with every status and every level", () => {
    const reports = [...ends, ...fixtures].map(({ report }) => report);
    const found = <T>(list: (report: Report) => readonly T[]): Set<T> => new Set(reports.flatMap(list));
    expect(found((report) => [exitCodeOf(report, "must")])).toEqual(new Set([0, 1, 2, 3]));
    expect(found(({ verdict }) => [verdict]).size).toBe(6);
    expect(found(({ clauses }) => clauses.map(({ status }) => status)).size).toBe(7);
    expect(found(({ findings }) => findings.map(({ level }) => level)).size).toBe(4);
  });
});

function agreesInShort(report: Report, facts: Facts): void {
  const { listed, ...compact } = readCompact(rendered(report, "compact"));
  expect(compact).toEqual(only(facts, compact));
  expect(listed).toBe(facts.tally.MUST + facts.tally.SHOULD + facts.tally.MAY + facts.tally.NOTE);
  // Lines of a summary are as wide as the screen.
  const summary = readSummary([...FORMATS.summary(report, { color: false, width: 10_000 })].join(""));
  expect(summary).toEqual(only(facts, summary));
}

function agreesInSarif(report: Report, facts: Facts): void {
  const log = readSarif(rendered(report, "sarif"));
  const coverage = readSarif(rendered(report, "sarif-coverage"));
  const read = factsOfSarif(log);
  expect(read).toEqual(only(facts, read));
  expect(factsOfSarif(coverage)).toEqual(read);
  const [{ results, invocations }] = log.runs;
  expect(invocations[0].executionSuccessful).toBe(report.errors.length === 0 && report.interrupted !== true);
  expect(results.every(({ kind }) => kind === "fail")).toBe(true);
  const kept = coverage.runs[0].results.filter(({ kind }) => kind !== "fail");
  expect(kept.every(({ level }) => level === "none")).toBe(true);
  expect(kept.map(({ ruleId, kind }) => `${ruleId} ${kind}`)).toEqual(
    report.clauses.flatMap(({ id, status }) => {
      const kind = SARIF_KINDS[status];
      return kind === undefined ? [] : [`${id} ${kind}`];
    }),
  );
}

/** What a clause is in the results of sarif-coverage; what breaks the others has results of its own. */
const SARIF_KINDS: Readonly<Record<string, string>> = {
  satisfied: "pass",
  attested: "review",
  inconclusive: "open",
  "not-checkable": "open",
  "not-exercised": "notApplicable",
  "not-applicable": "notApplicable",
};

function agreesInJunit(report: Report): void {
  const suite = readJunit(rendered(report, "junit"));
  const { verdict, counts, cases } = suite;
  const count = (...results: string[]): number =>
    cases.filter(({ result }) => results.includes(result)).length;
  expect(verdict).toBe(report.verdict);
  expect(counts).toEqual({
    tests: report.clauses.length + 3,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  });
  expect(new Set(cases.map(({ classname, name }) => `${classname} ${name}`)).size).toBe(cases.length);
  expect(count("failure", "error") > 0).toBe(exitCodeOf(report, "must") !== 0);
  for (const { id, level, status } of report.clauses) {
    const { classname, result } = clauseIn(suite, id);
    expect(classname).toBe(`mplp-check.${level}`);
    expect([id, status, JUNIT_RESULTS[status]]).toEqual([
      id,
      status,
      expect.arrayContaining([result]) as string[],
    ]);
  }
  for (const { clauses, level, message, count, waiver } of report.findings) {
    const { result, text } = clauseIn(suite, clauses[0] ?? "");
    if (level === "MUST" && waiver === undefined) expect(result).toBe("failure");
    expect(text).toContain(
      `${level} ${message}${count === 1 ? "" : ` (at ${count.toLocaleString("en-US")} places)`}`,
    );
  }
}

function clauseIn({ cases }: JunitSuite, id: string): JunitSuite["cases"][number] {
  return cases.find(({ name }) => name.startsWith(`${id} `))!;
}

/** How a clause of each status may come out; one that a claim needs fails. */
const JUNIT_RESULTS: Readonly<Record<string, readonly string[]>> = {
  satisfied: ["passed", "system-out", "failure"],
  attested: ["system-out"],
  violated: ["failure", "skipped"],
  waived: ["skipped"],
  inconclusive: ["skipped", "failure"],
  "not-checkable": ["skipped", "failure"],
  "not-exercised": ["skipped", "failure"],
  "not-applicable": ["skipped"],
};

function agreesInGitlab(report: Report, facts: Facts): void {
  const entries = readGitlab(rendered(report, "gitlab"));
  const sum = (...severities: string[]): number =>
    entries
      .filter(({ severity, check_name }) => severities.includes(severity) && !OF_THE_RUN.includes(check_name))
      .reduce((total, { description }) => total + 1 + unlisted(description), 0);
  expect(sum("blocker")).toBe(facts.tally.MUST);
  expect(sum("minor")).toBe(facts.tally.SHOULD);
  expect(sum("info")).toBe(facts.tally.MAY + facts.tally.NOTE + facts.tally.waived);
  expect(entries.filter(({ check_name }) => check_name === "not-checked").length).toBe(facts.errors);
  expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
}

/** Entries that are about the run, and about no finding. */
const OF_THE_RUN = ["not-checked", "condition"];

const unlisted = (description: string): number =>
  Number(
    /(One|[\d,]+) more places? (?:is|are) counted/
      .exec(description)?.[1]
      ?.replace("One", "1")
      .replaceAll(",", "") ?? 0,
  );

function agreesInGithub(report: Report, facts: Facts): void {
  const annotations = readGithub(rendered(report, "github"));
  const sum = (name: string): number =>
    annotations
      .filter(({ command }) => command === name)
      .map(({ properties }) => /^mplp-check: ([\d,]+) more places?$/.exec(properties.title ?? "")?.[1] ?? "1")
      .reduce((total, count) => total + Number(count.replaceAll(",", "")), 0);
  const isInterrupted = report.interrupted === true;
  const isUndecided = report.verdict === "inconclusive" && !isInterrupted;
  expect(sum("error")).toBe(facts.errors + facts.tally.MUST + Number(isUndecided));
  expect(sum("warning")).toBe(facts.tally.SHOULD + Number(isInterrupted));
  const said = annotations.filter(({ properties }) => properties.title === `mplp-check: ${report.verdict}`);
  const notices = said.filter(({ command }) => command === "notice").length;
  expect(sum("notice")).toBe(facts.tally.MAY + facts.tally.NOTE + notices);
  const open = report.clauses.filter(({ level, status }) => level === "SHOULD" && status === "inconclusive");
  for (const { id } of isInterrupted ? [] : open)
    expect(said.map(({ data }) => data).join("\n")).toContain(id);
  if (!isInterrupted) expect(sum("error") > 0).toBe(exitCodeOf(report, "must") !== 0);
}

function agreesInMarkdown(report: Report, facts: Facts): void {
  const markdown = rendered(report, "markdown");
  expect(Buffer.byteLength(markdown)).toBeLessThan(65_536);
  const read = readMarkdown(markdown);
  // A section of which nothing has room has no heading either.
  const { tally, findings, ...rest } = read;
  expect(rest).toEqual(only(facts, rest));
  if (!markdown.includes("**Left out")) expect({ tally, findings }).toEqual(only(facts, { tally, findings }));
}

async function agreesInEarl(report: Report, facts: Facts): Promise<void> {
  const earl = await readEarl(rendered(report, "earl"));
  const read = factsOfEarl(earl);
  expect(read).toEqual(only(facts, read));
  for (const { status, outcome } of earl.clauses) expect([status, outcome]).toEqual([status, EARL[status]]);
  if (earl.whole.outcome === "passed") expect(report.verdict).toBe("conformant");
  expect(earl.whole.outcome === "failed").toBe(report.verdict === "nonconformant");
}

/** The outcome of each status. */
const EARL: Readonly<Record<string, string>> = {
  satisfied: "passed",
  violated: "failed",
  waived: "cantTell",
  attested: "cantTell",
  inconclusive: "cantTell",
  "not-checkable": "cantTell",
  "not-exercised": "untested",
  "not-applicable": "inapplicable",
};

function agreesInIntoto(report: Report, facts: Facts): void {
  const { subject, predicate } = readIntoto(rendered(report, "intoto"));
  const { result, configuration, passedTests, warnedTests, failedTests } = predicate;
  const { verdict, errors } = configuration[0].annotations;
  expect([verdict, errors.length]).toEqual([facts.verdict, facts.errors]);
  expect(subject.length > 0).toBe(report.inputs.length > 0);
  expect(result === "FAILED").toBe(report.verdict === "nonconformant");
  expect(failedTests.length > 0).toBe(result === "FAILED");
  if (result === "PASSED") expect(exitCodeOf(report)).toBe(0);
  const having = (...statuses: string[]): string[] =>
    report.clauses.filter(({ status }) => statuses.includes(status)).map(({ id }) => id);
  expect(passedTests).toEqual(having("satisfied"));
  expect(new Set([...warnedTests, ...failedTests])).toEqual(new Set(having("violated", "waived")));
}

function agreesInBadge(report: Report, facts: Facts): void {
  const { message, color } = readBadge(rendered(report, "badge"));
  expect(message.replace(", with", " with").split(",")[0]?.replaceAll(" ", "-")).toBe(facts.verdict);
  expect(color === "red").toBe(report.verdict === "nonconformant");
  if (color === "green" || color === "yellow") expect(exitCodeOf(report)).toBe(0);
}
