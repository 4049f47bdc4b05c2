import { relative } from "node:path";
import { type CheckOptions, check, type Level, type Policy, type Report } from "../../src/index.js";
import { ROOT, ruleFixtures } from "./fixtures.js";

/** A report with what it is of. */
export interface NamedReport {
  readonly name: string;
  readonly report: Report;
}

const BROKEN = "fixtures/quickstart/broken.ndjson";
const GOOD = "fixtures/quickstart/events.ndjson";
const AUDIT = "fixtures/audit/conforming";

export const WAIVED: Policy = {
  digest: "waived",
  complaintsAbout: () => [],
  treatmentOf: () => ({
    waiver: {
      source: "waiver",
      reason: "known, see the tracker",
      owner: "data team",
      expires: "2027-01-31",
      place: "mplp-check.yaml:4",
    },
  }),
};

const reportedAs = (level: Level): Policy => ({
  digest: level,
  treatmentOf: () => ({ level }),
  complaintsAbout: () => [],
});

/** Runs that end in every way there is. */
const RUNS: readonly (readonly [string, readonly string[], CheckOptions])[] = [
  ["broken", [BROKEN], {}],
  ["broken, claimed", [BROKEN], { claims: ["runtime", "integration"] }],
  ["broken, waived", [BROKEN], { policy: WAIVED }],
  ["broken, waived and claimed", [BROKEN, AUDIT], { policy: WAIVED, claims: ["runtime"] }],
  ["broken, lowered", [BROKEN], { policy: reportedAs("SHOULD") }],
  ["broken, lowered and claimed", [BROKEN, AUDIT], { policy: reportedAs("SHOULD"), claims: ["runtime"] }],
  ["broken, one location a finding", [BROKEN, BROKEN], { maxFindings: 1 }],
  ["good", [GOOD], {}],
  ["good, claimed", [GOOD], { claims: ["runtime"] }],
  ["good, raised", [AUDIT, "fixtures/rules/no-secrets"], { policy: reportedAs("MUST") }],
  ["conforming", [AUDIT], { claims: ["runtime"] }],
  ["nothing", [], {}],
  ["nothing, claimed", [], { claims: ["runtime"] }],
  ["no evidence", ["package.json"], {}],
  ["an unreadable input", [GOOD, "fixtures/no-such-file.ndjson"], {}],
  ["interrupted", [GOOD], { signal: AbortSignal.abort() }],
  ["interrupted, claimed", [BROKEN], { signal: AbortSignal.abort(), claims: ["runtime"] }],
  ["records that are too large", [BROKEN], { maxRecordBytes: 300 }],
  ["given up", [GOOD], { maxState: 1 }],
];

/** A report of each of them. */
export async function endings(): Promise<NamedReport[]> {
  const reports: NamedReport[] = [];
  for (const [name, paths, options] of RUNS) reports.push({ name, report: await check(paths, options) });
  return reports;
}

/** Those of them that have text of each kind: findings, waivers, attestations, errors. */
export function wordy(reports: readonly NamedReport[]): readonly NamedReport[] {
  const names = ["broken, claimed", "broken, waived", "conforming", "an unreadable input"];
  return reports.filter(({ name }) => names.includes(name));
}

/** Reports of all fixtures: those of a rule together, valid and invalid ones apart. */
export async function fixtureReports(): Promise<NamedReport[]> {
  const sets = new Map<string, string[]>();
  for (const { rule, validity, path } of ruleFixtures()) {
    const name = `${rule}/${validity}`;
    sets.set(name, [...(sets.get(name) ?? []), relative(ROOT, path)]);
  }
  for (const folder of ["fixtures/spec-examples", "fixtures/documents"]) sets.set(folder, [folder]);
  const reports: NamedReport[] = [];
  for (const [name, paths] of sets) reports.push({ name, report: await check(paths) });
  return reports;
}
