import { describe, expect, it } from "vitest";
import { check, type Report } from "../src/index.js";
import { conditionsOf } from "../src/report/shared/conditions.js";
import { type GitlabEntry, readGitlab } from "./support/formats/gitlab.js";
import { HOSTILE, hostileReport } from "./support/hostile.js";
import { BROKEN, busyReport, rendered, WAIVED } from "./support/reports.js";

const entriesOf = (report: Report): GitlabEntry[] => readGitlab(rendered(report, "gitlab"));

describe("the gitlab format", async () => {
  const busy = await busyReport();

  it.each(Object.entries(HOSTILE))("is sound and complete with %s in every text", (_, text) => {
    const entries = entriesOf(hostileReport(busy, text));
    const places = busy.findings.reduce((sum, { locations }) => sum + locations.length, 0);
    const said = entries.filter(({ check_name }) => check_name === "condition");
    expect(said.length).toBe(busy.reservations.length + conditionsOf(busy).length);
    expect(entries.length).toBe(places + busy.errors.length + said.length);
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
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
    const report = await check([path, BROKEN]);
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
    const report = await check([BROKEN]);
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
    const report = await check([BROKEN]);
    const [first] = report.findings;
    const [entry] = entriesOf({ ...report, findings: [{ ...first!, count: 4_000_000 }] });
    expect(entry?.description).toContain("3,999,999 more places");
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
    const report = await check([BROKEN]);
    const [first] = report.findings;
    const locations = [{ path, line: 1 }];
    expect(entriesOf({ ...report, findings: [{ ...first!, locations }] })[0]?.location.path).toBe(expected);
  });
});
