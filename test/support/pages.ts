import { join } from "node:path";
import { check, FORMATS, type Report, type Waiver } from "../../src/index.js";
import { ROOT } from "./fixtures.js";
import { hostileReport } from "./hostile.js";

const fixture = (name: string): string => join(ROOT, "fixtures", name);
const CLAIMS = ["runtime", "integration"] as const;

export function pageOf(report: Report): string {
  return [...FORMATS.html(report)].join("");
}

/** Reports in which everything occurs that a page can show. */
export async function sampleReports() {
  const broken = await check([fixture("quickstart/broken.ndjson")]);
  const paths = [
    "audit/conforming",
    "quickstart/broken.ndjson",
    "rules/event-id-unique/invalid/[a-e]*.ndjson",
    "rules/no-secrets/invalid/[a-b]*.ndjson",
    "rules/tool-lifecycle/invalid/b*.ndjson",
    "no-such-file",
  ];
  const busy = busyReport(await check(paths.map(fixture), { claims: CLAIMS, maxFindings: 5 }));
  return {
    clean: await check([fixture("quickstart/events.ndjson")]),
    broken,
    audit: await check([fixture("audit/conforming")], { claims: CLAIMS, complete: true }),
    nothing: await check([]),
    busy,
    hostile: hostileReport(busy),
  } satisfies Record<string, Report>;
}

const WAIVER: Waiver = {
  source: "baseline",
  reason: "Known since March;\nthe next release of the adapter has it right.",
  owner: "platform team",
  expires: "2026-12-31",
};

/** A report with what no fixture brings along: waivers, other levels, evidence folders, the end of a run. */
function busyReport(report: Report): Report {
  const findings = report.findings.map((finding, index) => {
    if (index % 4 === 1) return { ...finding, waiver: WAIVER };
    return index % 4 === 2 ? { ...finding, ownLevel: "NOTE" as const, count: 1_234_567 } : finding;
  });
  const clauses = report.clauses.map((clause, index) =>
    index % 9 === 1 ? { ...clause, status: "waived" as const, waived: 12 } : clause,
  );
  const packs = [
    {
      path: "packs/a",
      checksums: { listed: 40, verified: 39 },
      notChecked: ["notes.md", "b/c.bin"],
      withoutChecksum: ["log.ndjson"],
    },
    { path: "packs/b", checksums: { listed: 0, verified: 0 }, notChecked: [], withoutChecksum: [] },
  ];
  return { ...report, interrupted: true, clauses, findings, packs };
}

/** A report of so many findings with so many places each. */
export function largeReport(report: Report, findings: number, places: number): Report {
  const made = Array.from({ length: findings }, (_, index) => {
    const finding = report.findings[index % report.findings.length]!;
    const [location] = finding.locations;
    const locations = Array.from({ length: places }, (_, line) => ({ ...location!, line: line + 1 }));
    return { ...finding, count: 54_321, locations, related: [] };
  });
  return { ...report, findings: made };
}
