import type { Report } from "./report.js";
import { undemonstrated } from "./verdict.js";

/** The verdict in one sentence, for people: what it rests on, or what it lacks. */
export function verdictSentence(report: Report): string {
  const { verdict, summary, clauses, claims } = report;
  const events = summary.events > 0 ? plural(summary.events, "event") : plural(summary.evidence, "record");
  const musts = clauses.filter(({ level }) => level === "MUST");
  if (verdict === "nonconformant") {
    const violated = musts.filter(({ status }) => status === "violated").length;
    return `${plural(violated, "MUST clause")} violated, by ${plural(summary.byLevel.MUST, "defect")} in ${events}.`;
  }
  if (report.interrupted === true && verdict === "inconclusive")
    return `interrupted after ${events}: no violations so far, and the rest was not checked.`;
  if (verdict === "inconclusive") return inconclusiveSentence(report);
  const without = summary.waived === undefined ? "" : ` (${summary.waived} waived)`;
  if (verdict === "conformant" || verdict === "conformant-with-waivers") {
    const needed = musts.filter(({ status }) => status === "waived").length;
    const but = needed === 0 ? "" : `, but for ${plural(needed, "waived clause")}`;
    return `every MUST clause that ${claims.join(" and ")} needs is satisfied or attested${but}${without}.`;
  }
  const satisfied = musts.filter(({ status }) => status === "satisfied").length;
  const should = summary.byLevel.SHOULD;
  const rest = should === 0 ? "" : `; ${plural(should, "SHOULD finding")}`;
  return `${plural(satisfied, "MUST clause")} put to the test by ${events} and kept${rest}${without}.`;
}

function inconclusiveSentence(report: Report): string {
  if (report.summary.evidence === 0)
    return "nothing was checked: no record was recognised as anything MPLP speaks of.";
  const missing = undemonstrated(report).length;
  return `${plural(missing, "MUST clause")} of the claim ${report.claims.join(" and ")} not demonstrated by this evidence.`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
