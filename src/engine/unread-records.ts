import { MAX_DEPTH } from "../model/parsed-json.js";
import type { RunError } from "../model/report.js";
import type { MalformedReason } from "../model/subject.js";

type Reason = Extract<MalformedReason, "too-long" | "too-deep">;

/** A record above a limit, which was not read. */
export interface UnreadRecord {
  /** Counted from the start of the block, or of the input, that holds it. */
  readonly line: number;
  readonly reason: Reason;
}

export function isLeftOut(malformed: MalformedReason): malformed is Reason {
  return malformed === "too-long" || malformed === "too-deep";
}

/** The number of unread records of an input that are listed one by one. */
const MAX_LISTED = 20;

/**
 * The report's errors about the unread records of an input.
 *
 * @param limit of a record, in bytes
 */
export function unreadErrors(path: string, unread: readonly UnreadRecord[], limit: number): RunError[] {
  const messages: Readonly<Record<Reason, string>> = {
    "too-long": `the record is longer than ${limit} bytes and was not checked`,
    "too-deep": `the record nests more than ${MAX_DEPTH} levels deep and was not checked`,
  };
  return Object.entries(messages).flatMap(([reason, message]) => {
    const lines = unread.filter((record) => record.reason === reason).map(({ line }) => line);
    const listed = lines.slice(0, MAX_LISTED).map((line) => ({ path, line, message }));
    const others = lines.length - listed.length;
    return others === 0 ? listed : [...listed, { path, message: `${others} more records: ${message}` }];
  });
}
