import { counted, thousands } from "./counted.js";
import type { Report } from "./report.js";
import { unjudgedIn, unjudgedReason } from "./reservations.js";
import { nothingChecked, undemonstrated } from "./verdict.js";

/** The verdict in one sentence, for people: what it rests on, or what it lacks. */
export function verdictSentence(report: Report): string {
  const { verdict, summary, clauses, claims } = report;
  const events = summary.events > 0 ? counted(summary.events, "event") : counted(summary.evidence, "record");
  const musts = clauses.filter(({ level }) => level === "MUST");
  if (verdict === "nonconformant") {
    const violated = musts.filter(({ status }) => status === "violated").length;
    return `${counted(violated, "MUST clause")} violated, by ${counted(summary.byLevel.MUST, "defect")} in ${events}.`;
  }
  if (report.interrupted === true && verdict === "inconclusive")
    return `interrupted after ${events}: no violations so far, and the rest was not checked.`;
  if (verdict === "inconclusive") return inconclusiveSentence(report);
  const without = summary.waived === undefined ? "" : ` (${thousands(summary.waived)} waived)`;
  if (verdict === "conformant" || verdict === "conformant-with-waivers") {
    const needed = musts.filter(({ status }) => status === "waived").length;
    const but = needed === 0 ? "" : `, but for ${counted(needed, "waived clause")}`;
    const need = claims.length === 1 ? "needs" : "need";
    return `every MUST clause that ${claims.join(" and ")} ${need} is satisfied or attested${but}${without}.`;
  }
  const satisfied = musts.filter(({ status }) => status === "satisfied").length;
  const should = summary.byLevel.SHOULD;
  const rest = should === 0 ? "" : `; ${counted(should, "SHOULD finding")}`;
  return `${counted(satisfied, "MUST clause")} put to the test by ${events} and kept${rest}${without}.`;
}

function inconclusiveSentence(report: Report): string {
  const why = nothingChecked(report);
  if (why !== undefined) return `nothing was checked: ${why}.`;
  const { claims, reservations } = report;
  if (claims.length === 0) return `${unjudgedReason(unjudgedIn(report.inputs))}.`;
  const claim = `${claims.length === 1 ? "claim" : "claims"} ${claims.join(" and ")}`;
  const missing = undemonstrated(report).length;
  const [first = "", ...others] = reservations;
  if (missing === 0) return `the ${claim} stays open: ${first}${andMore(others.length)}.`;
  const open = reservations.length === 0 ? "" : `; ${first}${andMore(others.length)}`;
  return `${counted(missing, "MUST clause")} of the ${claim} not demonstrated by this evidence${open}.`;
}

function andMore(count: number): string {
  return count === 0 ? "" : `, and ${counted(count, "more reason")}`;
}
