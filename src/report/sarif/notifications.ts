import type { Notification } from "sarif";
import type { Report, RunError } from "../../model/report.js";
import { undemonstrated } from "../../model/verdict.js";
import { verdictSentence } from "../../model/verdict-sentence.js";
import { conditionsOf } from "../shared/conditions.js";
import type { ListedFinding } from "../shared/listed.js";
import { artifactLocation } from "./locations.js";
import { message } from "./messages.js";

/** Kinds of notifications, with their levels. */
const LEVELS = {
  "not-checked": "error",
  interrupted: "error",
  "not-demonstrated": "warning",
  "claim-open": "warning",
  condition: "note",
  "not-listed": "note",
} as const;

function notification(id: keyof typeof LEVELS, text: string): Notification {
  return { descriptor: { id }, level: LEVELS[id], message: message(text) };
}

/**
 * Facts that results cannot express: parts that were not checked, clauses that were not shown, places that were not
 * listed.
 */
export function notificationsOf(report: Report, listed: readonly ListedFinding[]): Notification[] {
  return [
    ...report.errors.map(notChecked),
    ...(report.interrupted === true ? [notification("interrupted", verdictSentence(report))] : []),
    ...undemonstrated(report).map(({ id, title, reason }) =>
      notification("not-demonstrated", `${id}, ${title}: ${reason ?? "nothing shows it"}.`),
    ),
    ...report.reservations.map((reason) => notification("claim-open", `${reason}.`)),
    ...conditionsOf(report).map(({ label, text }) => notification("condition", `${label}: ${text}.`)),
    ...notListed(report, listed),
  ];
}

function notChecked({ path, line, message: what }: RunError): Notification {
  const physicalLocation = {
    artifactLocation: artifactLocation(path),
    ...(line !== undefined && { region: { startLine: line } }),
  };
  return {
    ...notification("not-checked", what),
    ...(path !== "" && { locations: [{ physicalLocation }] }),
  };
}

function notListed({ findings }: Report, listed: readonly ListedFinding[]): Notification[] {
  const cut = listed.filter(({ unlisted }) => unlisted > 0);
  const some = cut.map(({ finding, unlisted }) =>
    notification(
      "not-listed",
      `${finding.rule}: ${unlisted} of ${finding.count} occurrences of "${finding.message}".`,
    ),
  );
  const seen = new Set(listed.map(({ finding }) => finding));
  const rest = findings.filter((finding) => !seen.has(finding));
  if (rest.length === 0) return some;
  const occurrences = rest.reduce((sum, { count }) => sum + count, 0);
  return [...some, notification("not-listed", `${rest.length} findings with ${occurrences} occurrences.`)];
}
