import { counted } from "../model/counted.js";
import type { Occurrence } from "../model/finding.js";
import type { Shown } from "../model/shown.js";
import { RULES } from "../rules/index.js";
import type { FoundTally } from "./found-tally.js";
import { type Answer, jsonAnswer } from "./http/answer.js";

/** What became of the records of one request. */
export interface Taken {
  /** The lines of the capture that hold them. */
  readonly from: number;
  readonly lines: number;
  readonly found: FoundTally;
  readonly warnings: readonly string[];
}

const FIXES: ReadonlyMap<string, string> = new Map(RULES.map(({ id, fix }) => [id, fix]));

/** Accepted, whatever was found: a checker must not change what it checks. */
export function accepted(taken: Taken): Answer {
  return jsonAnswer(202, { accepted: taken.lines, ...told(taken) }, headersOf(taken));
}

/** The answer of a runtime that rejects invalid events (IS 13.1). They are in the capture all the same. */
export function rejected(taken: Taken): Answer {
  const must = counted(taken.found.levels.MUST, "MUST finding");
  const problem = {
    title: "Nonconformant events",
    status: 422,
    detail: `${must}: correct what the findings show, then send new events; the capture keeps these`,
    ...told(taken),
  };
  return jsonAnswer(422, problem, headersOf(taken), "application/problem+json");
}

/** The answer to an export of OpenTelemetry: a message without rejected records is a warning. */
export function exported(taken: Taken, isRejecting: boolean): Answer {
  const { found, warnings } = taken;
  const sentences = [...findingsInWords(found), ...warnings];
  const partialSuccess = {
    ...(isRejecting && found.brokenRecords > 0 && { rejectedLogRecords: String(found.brokenRecords) }),
    ...(sentences.length > 0 && { errorMessage: sentences.join("; ") }),
  };
  return jsonAnswer(200, { partialSuccess }, headersOf(taken));
}

function findingsInWords({ worst, levels }: FoundTally): readonly string[] {
  if (worst === undefined) return [];
  const count = Object.values(levels).reduce((sum, each) => sum + each, 0);
  return [`${counted(count, "finding")}: ${worst.clauses.join(", ")}: ${worst.message}`];
}

function told({ from, lines, found, warnings }: Taken) {
  const { listed, more } = found;
  return {
    ...(lines > 0 && { capture: { from, to: from + lines - 1 } }),
    findings: listed.map(withAdvice),
    ...(more > 0 && { more }),
    warnings,
  };
}

/** A finding as the author of an emitter needs it: what is wrong, and what to do. */
function withAdvice({ path: _capture, level, clauses, message, hint, ...rest }: Shown<Occurrence>) {
  const fix = FIXES.get(rest.rule);
  return { level, clauses, message, ...(hint && { hint }), ...(fix && { fix }), ...rest };
}

function headersOf({ found }: Taken): Answer["headers"] {
  const numbers = Object.entries(found.levels).map(([level, count]) => `${level.toLowerCase()}=${count}`);
  return { "MPLP-Findings": numbers.join(", ") };
}
