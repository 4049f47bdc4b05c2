import { relative } from "node:path";
import {
  type CheckOptions,
  check,
  FORMATS,
  type FormatName,
  fingerprintOf,
  LEVELS,
  type Level,
  type Policy,
  type Report,
  type Waiver,
} from "../../src/index.js";
import { ROOT, ruleFixtures } from "./fixtures.js";
import { some } from "./long.js";

/** A report with what it is of. */
export interface NamedReport {
  readonly name: string;
  readonly report: Report;
}

export const BROKEN = "fixtures/quickstart/broken.ndjson";
export const GOOD = "fixtures/quickstart/events.ndjson";
export const AUDIT = "fixtures/audit/conforming";

export function rendered(report: Report, format: FormatName): string {
  return [...FORMATS[format](report, { color: false })].join("");
}

const WAIVER: Waiver = {
  source: "waiver",
  reason: "known, see the tracker",
  owner: "data team",
  expires: "2027-01-31",
  place: "mplp-check.yaml:4",
};

const policy = (treatmentOf: Policy["treatmentOf"]): Policy => ({
  digest: "decided",
  treatmentOf,
  quotaOf: () => undefined,
  complaintsAbout: () => [],
});

export const WAIVED = policy(() => ({ waiver: WAIVER }));
const reportedAs = (level: Level): Policy => policy(() => ({ level }));
const PARTLY_WAIVED = policy(({ rule }) => {
  if (rule === "event-id-v4") return { waiver: WAIVER };
  return rule === "stage-status-known" ? { level: "MAY" } : {};
});

/** Runs that end in every way there is. */
const RUNS: readonly (readonly [string, readonly string[], CheckOptions])[] = [
  ["broken", [BROKEN], {}],
  ["broken, claimed", [BROKEN], { claims: ["runtime", "integration"] }],
  ["broken, waived", [BROKEN], { policy: WAIVED }],
  ["broken, partly waived", [BROKEN], { policy: PARTLY_WAIVED }],
  ["broken, waived and claimed", [BROKEN, AUDIT], { policy: WAIVED, claims: ["runtime"] }],
  ["broken, lowered", [BROKEN], { policy: reportedAs("SHOULD") }],
  ["broken, lowered and claimed", [BROKEN, AUDIT], { policy: reportedAs("SHOULD"), claims: ["runtime"] }],
  ["broken, one location a finding", [BROKEN, BROKEN], { maxFindings: 1 }],
  ["good", [GOOD], {}],
  ["good, claimed", [GOOD], { claims: ["runtime"] }],
  ["conforming", [AUDIT], { claims: ["runtime", "integration"] }],
  [
    "conforming but for what is waived",
    ["fixtures/inputs/one-flaw.ndjson", AUDIT],
    { policy: WAIVED, claims: ["runtime"] },
  ],
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
export async function endings(): Promise<readonly NamedReport[]> {
  const reports: NamedReport[] = [];
  for (const [name, paths, options] of RUNS) reports.push({ name, report: await check(paths, options) });
  return reports;
}

/** The report of the run that ends in this way. */
export async function ending(name: string): Promise<Report> {
  const [, paths, options] = RUNS.find(([known]) => known === name)!;
  return check(paths, options);
}

/** So many rules share a report: most of what a report costs is its clauses, whatever it is of. */
const RULES_A_REPORT = 12;

/** Reports of fixtures: those of some rules together, apart by validity and by what the run is told. */
export async function fixtureReports(): Promise<readonly NamedReport[]> {
  const sets = new Map<string, { paths: string[]; options: CheckOptions }>();
  const fixtures = ruleFixtures();
  const rules = [...new Set(fixtures.map(({ rule }) => rule))];
  for (const { rule, validity, path, options } of fixtures) {
    const part = Math.floor(rules.indexOf(rule) / RULES_A_REPORT);
    const name = `${validity} from ${rules[part * RULES_A_REPORT]} on ${JSON.stringify(options)}`;
    const { paths } = sets.get(name) ?? { paths: [] };
    sets.set(name, { options, paths: [...paths, relative(ROOT, path)] });
  }
  for (const folder of ["spec-examples", "documents", "quickstart", "audit"])
    sets.set(folder, { paths: [`fixtures/${folder}`], options: {} });
  const reports: NamedReport[] = [];
  for (const [name, { paths, options }] of some("reports of rule fixtures", [...sets]))
    reports.push({ name, report: await check(paths, options) });
  return reports;
}

const BUSY = [
  AUDIT,
  BROKEN,
  "fixtures/rules/event-id-unique/invalid/[a-e]*.ndjson",
  "fixtures/rules/no-secrets/invalid/[a-b]*.ndjson",
  "fixtures/rules/tool-lifecycle/invalid/b*.ndjson",
  "fixtures/no-such-file",
];

/** A report in which everything occurs that a report can say. */
export async function busyReport(): Promise<Report> {
  const report = await check(BUSY, {
    claims: ["runtime", "integration"],
    maxFindings: 5,
    context: 1,
  });
  const waiver = { ...WAIVER, reason: "Known since March;\nthe next release of the adapter has it right." };
  const findings = report.findings.map((finding, index) => {
    if (index % 4 === 1) return { ...finding, waiver };
    return index % 4 === 2 ? { ...finding, ownLevel: "NOTE" as const, count: 1_234_567 } : finding;
  });
  const clauses = report.clauses.map((clause, index) =>
    index % 9 === 1 ? { ...clause, status: "waived" as const, waived: 12 } : clause,
  );
  const packs = [
    {
      path: "packs/a",
      digest: "not verified" as const,
      otherVersion: "0.9.0",
      checksums: { listed: 40, verified: 39 },
      files: { read: 2, checksumOnly: 38, notChecked: 2 },
      checksumOnly: ["artifacts/plan.json"],
      notChecked: ["notes.md", "b/c.bin"],
      withoutChecksum: ["log.ndjson"],
    },
    {
      path: "packs/b",
      checksums: { listed: 0, verified: 0 },
      files: { read: 0, checksumOnly: 0, notChecked: 0 },
      checksumOnly: [],
      notChecked: [],
      withoutChecksum: [],
    },
  ];
  const coverage = structuredClone(report.summary.coverage) as Record<Level, Record<string, number>>;
  for (const [index, { level, status }] of clauses.entries()) {
    const before = report.clauses[index]?.status ?? status;
    coverage[level][before] = (coverage[level][before] ?? 0) - 1;
    coverage[level][status] = (coverage[level][status] ?? 0) + 1;
  }
  const summary = { ...report.summary, coverage } as Report["summary"];
  const label = { title: "Acme, release 4", date: "2026-11-29" };
  return { ...report, ...label, interrupted: true, clauses, findings, packs, summary };
}

/** A report of so many findings of each level that nothing has room for all; each can be told by its number. */
export function hugeReport(report: Report, findings: number, count = 1_000_000): Report {
  const [finding] = report.findings;
  return {
    ...report,
    findings: LEVELS.flatMap((level) =>
      Array.from({ length: findings }, (_, number) => ({
        ...finding!,
        level,
        count,
        message: `what is wrong with ${level} number ${number} in all`,
      })),
    ),
  };
}

/** A report of so many findings with so many places each, made of those of another, without whole events. */
export function largeReport(
  { context: _context, ...report }: Report,
  findings: number,
  places: number,
): Report {
  const made = Array.from({ length: findings }, (_, index) => {
    const finding = report.findings[index % report.findings.length]!;
    const [location] = finding.locations;
    const locations = Array.from({ length: places }, (_, line) => ({ ...location!, line: line + 1 }));
    const fingerprint = fingerprintOf({ ...finding, shape: String(index) });
    return { ...finding, fingerprint, count: 54_321, locations, related: [] };
  });
  return { ...report, findings: made } as Report;
}
