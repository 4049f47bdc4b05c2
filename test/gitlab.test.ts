import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { check, FORMATS, type Report } from "../src/index.js";
import { HARMLESS, HOSTILE, hostileReport } from "./support/hostile-report.js";
import { endings, fixtureReports, WAIVED, wordy } from "./support/reports.js";

interface Entry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** What GitLab's documentation asks of an entry, and no more than it knows. */
const text = { type: "string", minLength: 1, pattern: HARMLESS };
const validate = new Ajv({ allErrors: true }).compile({
  type: "array",
  items: {
    type: "object",
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    additionalProperties: false,
    properties: {
      description: text,
      check_name: text,
      fingerprint: { type: "string", pattern: "^[0-9a-f]{32}$" },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        required: ["path", "lines"],
        additionalProperties: false,
        properties: {
          path: { ...text, not: { pattern: "^\\./|\\\\|//" } },
          lines: {
            type: "object",
            required: ["begin"],
            additionalProperties: false,
            properties: { begin: { type: "integer", minimum: 1 } },
          },
        },
      },
    },
  },
});

const rendered = (report: Report): string => [...FORMATS.gitlab(report)].join("");
const entriesOf = (report: Report): Entry[] => JSON.parse(rendered(report)) as Entry[];

function isSound(report: Report): void {
  const entries = entriesOf(report);
  validate(entries);
  expect(validate.errors ?? []).toEqual([]);
  expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
  const places = report.findings.reduce((sum, { locations }) => sum + locations.length, 0);
  expect(entries.length).toBe(places + report.errors.length);
}

describe("the gitlab format", async () => {
  const ends = await endings();

  it("has an entry for each listed place, with a fingerprint of its own, of every fixture", async () => {
    let entries = 0;
    for (const { report } of await fixtureReports()) {
      isSound(report);
      entries += entriesOf(report).length;
    }
    expect(entries).toBeGreaterThan(1000);
  });

  it("is sound however a run ends", () => {
    for (const { report } of ends) isSound(report);
  });

  it.each(Object.entries(HOSTILE))("is sound with %s in every text", (_, hostile) => {
    for (const { report } of wordy(ends)) isSound(hostileReport(report, hostile));
  });

  it("tells MUST from SHOULD, and lowers what is waived", async () => {
    const path = "fixtures/rules/stage-stability/invalid";
    const counts = (report: Report): Record<string, number> =>
      Object.fromEntries(
        ["blocker", "minor", "info"].map((one) => [
          one,
          entriesOf(report).filter(({ severity }) => severity === one).length,
        ]),
      );
    const listedAt = (report: Report, levels: readonly string[]): number =>
      report.findings
        .filter(({ level }) => levels.includes(level))
        .reduce((sum, { locations }) => sum + locations.length, 0);
    const report = await check([path, "fixtures/quickstart/broken.ndjson"]);
    expect(counts(report)).toEqual({
      blocker: listedAt(report, ["MUST"]),
      minor: listedAt(report, ["SHOULD"]),
      info: listedAt(report, ["MAY", "NOTE"]),
    });
    expect(Math.min(...Object.values(counts(report)).slice(0, 2))).toBeGreaterThan(0);
    const waived = await check([path], { policy: WAIVED });
    expect(counts(waived)).toEqual({ blocker: 0, minor: 0, info: entriesOf(waived).length });
    for (const { description } of entriesOf(waived)) expect(description).toContain("known, see the tracker");
  });

  it("keeps the fingerprints of a log that has grown at its top", async () => {
    const report = await check(["fixtures/quickstart/broken.ndjson"]);
    const moved = {
      ...report,
      findings: report.findings.map((finding) => ({
        ...finding,
        locations: finding.locations.map((location) => ({ ...location, line: location.line + 7 })),
      })),
    };
    const fingerprints = (one: Report): string[] => entriesOf(one).map(({ fingerprint }) => fingerprint);
    expect(fingerprints(moved)).toEqual(fingerprints(report));
    expect(entriesOf(moved).map(({ location }) => location.lines.begin)).toEqual(
      entriesOf(report).map(({ location }) => location.lines.begin + 7),
    );
  });

  it("says how many occurrences are not listed", async () => {
    const [path] = ["fixtures/quickstart/broken.ndjson"];
    const report = await check([path]);
    const [first] = report.findings;
    const [entry] = entriesOf({ ...report, findings: [{ ...first!, count: 4_000_000 }] });
    expect(entry?.description).toContain("3999999 more occurrences");
  });

  it.each([
    ["logs/events.ndjson", "logs/events.ndjson"],
    ["./logs//events.ndjson", "logs/events.ndjson"],
    ["logs\\events.ndjson", "logs/events.ndjson"],
    ["../events.ndjson", "../events.ndjson"],
    ["/var/log/events.ndjson", "/var/log/events.ndjson"],
    ["a b#c%d.ndjson", "a b#c%d.ndjson"],
    ["-", "stdin"],
  ])("writes the path %s as %s", async (path, expected) => {
    const report = await check(["fixtures/quickstart/broken.ndjson"]);
    const [first] = report.findings;
    const locations = [{ path, line: 1 }];
    expect(entriesOf({ ...report, findings: [{ ...first!, locations }] })[0]?.location.path).toBe(expected);
  });
});
