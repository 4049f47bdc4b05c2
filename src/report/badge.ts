import type { ClauseStatus } from "../model/clause.js";
import { counted } from "../model/counted.js";
import { printable, safeJson } from "../model/printable.js";
import type { Report } from "../model/report.js";
import { exitCodeOf } from "../model/verdict.js";
import { type Standing, standingOf } from "./shared/standing.js";
import { spaced } from "./shared/wording.js";

const COLORS = {
  good: "green",
  waived: "yellow",
  open: "orange",
  bad: "red",
} as const satisfies Record<Standing, string>;

/** The endpoint JSON of shields.io: the verdict's own words, and how much was tested unless a claim is shown. */
export function* renderBadge(report: Report): Iterable<string> {
  const badge = {
    schemaVersion: 1,
    label: printable(`MPLP v${report.protocol.version}`),
    message: messageOf(report),
    color: COLORS[standingOf(report)],
  };
  yield `${safeJson(badge, 2)}\n`;
}

function messageOf(report: Report): string {
  const { verdict, clauses } = report;
  const words = spaced(verdict).replace(" with waivers", ", with waivers");
  const tested = clauses.filter(({ level, status }) => level === "MUST" && TESTED.includes(status)).length;
  return [
    words,
    ...(verdict.startsWith("conformant") ? [] : [`${counted(tested, "MUST clause")} tested`]),
    ...(isIncomplete(report) ? ["not everything checked"] : []),
  ].join(", ");
}

/** The statuses of clauses that the evidence tested and decided. */
const TESTED: readonly ClauseStatus[] = ["satisfied", "violated", "waived"];

function isIncomplete(report: Report): boolean {
  return report.interrupted === true || exitCodeOf(report) === 2;
}
