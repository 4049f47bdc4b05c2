import { counted, thousands } from "./counted.js";
import type { Report, RunError } from "./report.js";
import { isAllowedEmpty, passedOverIn } from "./reservations.js";
import { tallyInWords, tallyOf } from "./tally.js";
import { type ExitCode, exitCodeOf, FAILING, nothingChecked, undemonstrated } from "./verdict.js";

/**
 * The verdict in one sentence: its basis, or what it lacks. If the exit code is not 0, it gives the code and the
 * reason.
 */
export function verdictSentence(report: Report): string {
  const code = exitCodeOf(report);
  return code === 0
    ? `${groundsOf(report)}.`
    : `${groundsOf(report)}${reasonFor(code, report)} (exit ${code}).`;
}

/** The reason of the exit code, unless the rest of the sentence says it. */
function reasonFor(code: ExitCode, report: Report): string {
  if (code === 2) return `; ${faultsIn(report.errors)}`;
  if (code !== 1 || report.verdict === "nonconformant") return "";
  const levels = FAILING[report.failOn ?? "must"];
  return `; ${tallyInWords(tallyOf(report.findings, levels))} at or above the level that fails the run`;
}

/** The inputs that were not checked, and the wrong decisions. */
function faultsIn(errors: readonly RunError[]): string {
  const about = (what: RunError["about"]): readonly RunError[] =>
    errors.filter((error) => error.about === what);
  const paths = new Set(about(undefined).map(({ path }) => path));
  const [waivers, entries] = [about("waiver").length, about("baseline").length];
  return [
    ...(paths.size > 0 ? [`${counted(paths.size, "input")} not checked`] : []),
    ...(waivers > 0 ? [`${counted(waivers, "waiver")} to renew or remove`] : []),
    ...(entries > 0
      ? [`${entries === 1 ? "1 stale baseline entry" : `${thousands(entries)} stale baseline entries`}`]
      : []),
  ].join(", ");
}

/** The basis of the verdict, or what it lacks, as a part of a sentence. */
export function groundsOf(report: Report): string {
  const { verdict, summary, clauses } = report;
  const events = summary.events > 0 ? counted(summary.events, "event") : counted(summary.evidence, "record");
  const musts = clauses.filter(({ level }) => level === "MUST");
  if (verdict === "nonconformant") return `${violationsIn(report)} in ${events}`;
  if (report.interrupted === true && verdict === "inconclusive")
    return `interrupted after ${events}: no violations so far, and the rest was not checked`;
  if (verdict === "inconclusive") return inconclusiveSentence(report);
  const without = summary.waived === undefined ? "" : ` (${thousands(summary.waived)} waived)`;
  const should = tallyOf(report.findings, ["SHOULD"]);
  const rest = should.defects === 0 ? "" : `; ${tallyInWords(should, "SHOULD defect")}`;
  if (verdict === "conformant" || verdict === "conformant-with-waivers")
    return `${everyClause(report)}${rest}${without}`;
  if (report.errors.some(({ about }) => about === undefined))
    return `no violations found in what was read${rest}${without}`;
  const satisfied = musts.filter(({ status }) => status === "satisfied").length;
  return `${counted(satisfied, "MUST clause")} put to the test by ${events} and kept${rest}${without}`;
}

function violationsIn({ clauses, findings }: Report): string {
  const violated = clauses.filter(({ level, status }) => level === "MUST" && status === "violated");
  const clauseCount = counted(violated.length, "MUST clause");
  return `${clauseCount} violated, by ${tallyInWords(tallyOf(findings, ["MUST"]))}`;
}

function everyClause({ clauses, claims }: Report): string {
  const waived = clauses.filter(({ level, status }) => level === "MUST" && status === "waived").length;
  const except = waived === 0 ? "" : `, except ${counted(waived, "waived clause")}`;
  const need = claims.length === 1 ? "needs" : "need";
  return `every MUST clause that ${claims.join(" and ")} ${need} is satisfied or attested${except}`;
}

function inconclusiveSentence(report: Report): string {
  const why = nothingChecked(report);
  const consent = isAllowedEmpty(report) ? "; --allow-empty accepts that" : "";
  if (why !== undefined) return `nothing was checked: ${why}${consent}`;
  const { claims, reservations } = report;
  if (claims.length === 0) {
    const [first = "", ...others] = passedOverIn(report.inputs);
    return `${first}${andMore(others.length)}`;
  }
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
