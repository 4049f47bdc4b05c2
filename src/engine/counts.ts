import { RECORD_KINDS, type RecordKind } from "../model/subject.js";

/** A count of 0 for each kind of record. */
export function noCounts(): Record<RecordKind, number> {
  return Object.fromEntries(RECORD_KINDS.map((kind) => [kind, 0])) as Record<RecordKind, number>;
}
