import { describe, expect, it } from "vitest";
import { check, type Report } from "../src/index.js";
import { readJunit, type TestCase } from "./support/formats/junit.js";
import { HOSTILE, hostileReport } from "./support/hostile.js";
import { AUDIT, BROKEN, busyReport, ending, GOOD, rendered, WAIVED } from "./support/reports.js";

const caseOf = (report: Report, start: string): TestCase =>
  readJunit(rendered(report, "junit")).cases.find(({ name }) => name.startsWith(start))!;

describe("the junit format", async () => {
  const busy = await busyReport();

  it.each(Object.entries(HOSTILE))("is valid, and as long as ever, with %s in every text", (_, text) => {
    const { cases } = readJunit(rendered(hostileReport(busy, text), "junit"));
    expect(cases.length).toBe(busy.clauses.length + 3);
    for (const one of cases) expect(one.text).not.toMatch(/\[\[\w+\|/);
  });

  it("brings markup through as text", async () => {
    const report = hostileReport(await check([BROKEN]), HOSTILE["sections of XML"]);
    expect(caseOf(report, "PS-4.1-2").text).toContain(HOSTILE["sections of XML"]);
    expect(caseOf(report, "PS-4.1-2").headline).toContain(HOSTILE["sections of XML"]);
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

  it("leads to the file and line of the first finding, and of what was not checked", async () => {
    const { file, line } = caseOf(await check([BROKEN]), "PS-4.1-2");
    expect({ file, line }).toEqual({ file: BROKEN, line: "7" });
    const { cases } = readJunit(rendered(await ending("an unreadable input"), "junit"));
    const unread = cases.find(({ name }) => name === "all input was checked");
    expect(unread).toMatchObject({ file: "fixtures/no-such-file.ndjson", line: "" });
  });

  it("never loses a count", async () => {
    const report = await check([BROKEN]);
    const [first, ...rest] = report.findings;
    const location = first!.locations[0]!;
    const many = { ...first!, count: 4_000_000, locations: Array.from({ length: 50 }, () => location) };
    const { text } = caseOf({ ...report, findings: [many, ...rest] }, "PS-4.1-2");
    expect(text).toContain("(at 4,000,000 places)");
    expect(text.split(`${BROKEN}:7`).length - 1).toBe(20);
    expect(text).toContain("and 3,999,980 more places");
  });

  it("skips what a SHOULD finding breaks, and says so", async () => {
    const report = await check(["fixtures/rules/stage-stability/invalid"]);
    const { classname, result, text } = caseOf(report, "PS-6.1-2");
    expect({ classname, result }).toEqual({ classname: "mplp-check.SHOULD", result: "skipped" });
    expect(text).toContain("violated");
    expect(text).toContain("SHOULD ");
  });

  it("skips what the configuration has lowered, and says so", async () => {
    for (const name of ["broken, lowered", "broken, lowered and claimed"]) {
      const { result, text } = caseOf(await ending(name), "PS-4.1-2");
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
    expect(caseOf(await check([GOOD]), "RG-7.1-4").result).toBe("skipped");
    const { result, headline } = caseOf(await check([GOOD], { claims: ["runtime"] }), "RG-7.1-4");
    expect(result).toBe("failure");
    expect(headline).toContain("not demonstrated: ");
  });

  it("passes a clause with findings below its level, and shows them", async () => {
    const report = await check(["fixtures/rules/source-module-known/invalid"]);
    const [finding] = report.findings.filter(({ level }) => level === "NOTE");
    const { result, text } = caseOf(report, `${finding!.clauses[0]} `);
    expect(result).toBe("system-out");
    expect(text).toContain(`NOTE ${finding!.message}`);
  });

  it("has an error for what was not checked", async () => {
    const report = await check([BROKEN, "fixtures/no-such-file.ndjson"]);
    const { result, text } = caseOf(report, "all input was checked");
    expect(result).toBe("error");
    expect(text).toContain("fixtures/no-such-file.ndjson: ");
  });

  it("is held to a schema that finds faults", () => {
    expect(() => readJunit('<testsuites><testsuite name="x"/></testsuites>')).toThrow();
    expect(() => readJunit("<testsuites/>")).not.toThrow();
  });
});
