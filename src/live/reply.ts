import type { FindingLevel } from "../model/clause.js";
import { counted } from "../model/counted.js";
import type { Occurrence } from "../model/finding.js";
import type { Shown } from "../model/shown.js";
import { RULES } from "../rules/index.js";
import { type Answer, jsonAnswer } from "./http/answer.js";

/** What became of the records of one request. */
export interface Taken {
  /** The lines of the capture that hold them. */
  readonly from: number;
  readonly lines: number;
  readonly findings: readonly Shown<Occurrence>[];
  readonly warnings: readonly string[];
}

/** An answer lists so many findings; the header counts all of them. */
const LISTED = 100;

const FIXES: ReadonlyMap<string, string> = new Map(RULES.map(({ id, fix }) => [id, fix]));

/** Accepted, whatever was found: a checker must not change what it checks. */
export function accepted(taken: Taken): Answer {
  return jsonAnswer(202, { accepted: taken.lines, ...told(taken) }, headersOf(taken));
}

/** The answer of a runtime that rejects invalid events (IS 13.1). They are in the capture all the same. */
export function rejected(taken: Taken): Answer {
  const must = counted(levelsOf(taken).MUST, "MUST finding");
  const problem = {
    title: "Nonconformant events",
    status: 422,
    detail: `${must}: mend what findings say, then send new events; these are in the capture`,
    ...told(taken),
  };
  return jsonAnswer(422, problem, headersOf(taken), "application/problem+json");
}

/** The answer to an export of OpenTelemetry: a message without rejected records is a warning. */
export function exported(taken: Taken, isRejecting: boolean): Answer {
  const { findings, warnings } = taken;
  const must = findings.filter((each) => counts(each) && each.level === "MUST");
  const records = new Set(must.map(({ line, record = 1 }) => `${line} ${record}`)).size;
  const counting = findings.filter(counts);
  const [first] = must.length > 0 ? must : counting;
  const sentences = [
    ...(first === undefined
      ? []
      : [`${counted(counting.length, "finding")}: ${first.clauses.join(", ")}: ${first.message}`]),
    ...warnings,
  ];
  const partialSuccess = {
    ...(isRejecting && records > 0 && { rejectedLogRecords: String(records) }),
    ...(sentences.length > 0 && { errorMessage: sentences.join("; ") }),
  };
  return jsonAnswer(200, { partialSuccess }, headersOf(taken));
}

export function hasMust({ findings }: Taken): boolean {
  return findings.some((each) => counts(each) && each.level === "MUST");
}

function told({ from, lines, findings, warnings }: Taken) {
  const more = findings.length - LISTED;
  return {
    capture: { from, to: from + lines - 1 },
    findings: findings.slice(0, LISTED).map(withAdvice),
    ...(more > 0 && { more }),
    warnings,
  };
}

/** A finding as the author of an emitter needs it: what is wrong, and what to do. */
function withAdvice({ path: _capture, level, clauses, message, hint, ...rest }: Shown<Occurrence>) {
  const fix = FIXES.get(rest.rule);
  return { level, clauses, message, ...(hint && { hint }), ...(fix && { fix }), ...rest };
}

function headersOf(taken: Taken): Answer["headers"] {
  const numbers = Object.entries(levelsOf(taken)).map(([level, count]) => `${level.toLowerCase()}=${count}`);
  return { "MPLP-Findings": numbers.join(", ") };
}

function levelsOf({ findings }: Taken): Record<FindingLevel, number> {
  const levels = { MUST: 0, SHOULD: 0, MAY: 0, NOTE: 0 };
  for (const finding of findings) if (counts(finding)) levels[finding.level]++;
  return levels;
}

function counts({ waived }: Occurrence): boolean {
  return waived !== true;
}
