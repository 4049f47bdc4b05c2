import type { RunError } from "../model/report.js";
import type { ParsedRecord } from "../model/subject.js";
import { recognise } from "../recognise/recognise.js";

const ADVICE = "write each record as one JSON object, on a line of its own";

/** Fields that tell events, samples and snapshots, as YAML may have them. */
const TELLING = /^[\s-]*["']?(?:event_id|event_family|sample_id|sample_family|snapshot_id)["']?[ \t]*:/m;

/**
 * Why not every record of a document that is no mapping can be judged: one document is one record. Undefined if it
 * holds nothing else.
 */
export function unreadPartOf(record: ParsedRecord): Omit<RunError, "path"> | undefined {
  const { document, text, value } = record;
  if (document === undefined) return undefined;
  const isEvidence = recognise(value).kind !== "unrecognised" || TELLING.test(text);
  if (!isEvidence) return undefined;
  const lost = document.problems.find(({ leavesOut }) => leavesOut === true);
  if (lost !== undefined) {
    const line = text.slice(0, lost.offset).split("\n").length;
    return { line, message: `not all of the document counts: ${phrased(lost.message)}; ${ADVICE}` };
  }
  if (document.isReadable || document.problems.length > 0) return undefined;
  return { line: 1, message: `the document is not an object, so none of its records was read: ${ADVICE}` };
}

function phrased(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");
}
