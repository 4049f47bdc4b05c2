import { counted, thousands } from "./counted.js";
import type { Report } from "./report.js";
import { unjudgedIn, unjudgedReason } from "./reservations.js";
import { type ExitCode, exitCodeOf, nothingChecked, undemonstrated } from "./verdict.js";

/**
 * The verdict in one sentence, for people: what it rests on, or what it lacks. Where the exit code is not 0, it names
 * the code with its reason.
 */
export function verdictSentence(report: Report): string {
  const code = exitCodeOf(report);
  return code === 0
    ? `${groundsOf(report)}.`
    : `${groundsOf(report)}${reasonFor(code, report)} (exit ${code}).`;
}

/** What makes the exit code, where the rest of the sentence does not say it. */
function reasonFor(code: ExitCode, { errors, verdict, summary, failOn }: Report): string {
  if (code === 2) return `; ${counted(new Set(errors.map(({ path }) => path)).size, "input")} not checked`;
  if (code !== 1 || verdict === "nonconformant") return "";
  const failing = failOn === "may" ? summary.byLevel.SHOULD + summary.byLevel.MAY : summary.byLevel.SHOULD;
  return `; ${counted(failing, "place")} at or above the level that fails the run`;
}

function groundsOf(report: Report): string {
  const { verdict, summary, clauses } = report;
  const events = summary.events > 0 ? counted(summary.events, "event") : counted(summary.evidence, "record");
  const musts = clauses.filter(({ level }) => level === "MUST");
  if (verdict === "nonconformant") return `${violationsIn(report)} in ${events}`;
  if (report.interrupted === true && verdict === "inconclusive")
    return `interrupted after ${events}: no violations so far, and the rest was not checked`;
  if (verdict === "inconclusive") return inconclusiveSentence(report);
  const without = summary.waived === undefined ? "" : ` (${thousands(summary.waived)} waived)`;
  const { SHOULD: should } = summary.byLevel;
  const rest = should === 0 ? "" : `; ${counted(should, "SHOULD finding")}`;
  if (verdict === "conformant" || verdict === "conformant-with-waivers")
    return `${everyClause(report)}${rest}${without}`;
  if (report.errors.length > 0) return `no violations found in what was read${rest}${without}`;
  const satisfied = musts.filter(({ status }) => status === "satisfied").length;
  return `${counted(satisfied, "MUST clause")} put to the test by ${events} and kept${rest}${without}`;
}

function violationsIn({ clauses, findings, summary }: Report): string {
  const violated = clauses.filter(({ level, status }) => level === "MUST" && status === "violated");
  const defects = findings.filter(({ level, waiver }) => level === "MUST" && waiver === undefined);
  const places = counted(summary.byLevel.MUST, "place");
  return `${counted(violated.length, "MUST clause")} violated, by ${counted(defects.length, "defect")} at ${places}`;
}

function everyClause({ clauses, claims }: Report): string {
  const waived = clauses.filter(({ level, status }) => level === "MUST" && status === "waived").length;
  const except = waived === 0 ? "" : `, except ${counted(waived, "waived clause")}`;
  const need = claims.length === 1 ? "needs" : "need";
  return `every MUST clause that ${claims.join(" and ")} ${need} is satisfied or attested${except}`;
}

function inconclusiveSentence(report: Report): string {
  const why = nothingChecked(report);
  if (why !== undefined) return `nothing was checked: ${why}`;
  const { claims, reservations } = report;
  if (claims.length === 0) return `${unjudgedReason(unjudgedIn(report.inputs))}`;
  const claim = `${claims.length === 1 ? "claim" : "claims"} ${claims.join(" and ")}`;
  const missing = undemonstrated(report).length;
  const [first = "", ...others] = reservations;
  const stays = claims.length === 1 ? "stays" : "stay";
  if (missing === 0) return `the ${claim} ${stays} open: ${first}${andMore(others.length)}`;
  const open = reservations.length === 0 ? "" : `; ${first}${andMore(others.length)}`;
  return `${counted(missing, "MUST clause")} of the ${claim} not demonstrated by this evidence${open}`;
}

function andMore(count: number): string {
  return count === 0 ? "" : `, and ${counted(count, "more reason")}`;
}
