import { RECORD_KINDS, type RecordKind } from "../model/subject.js";

/** How many records of each kind there are: none yet. */
export function noCounts(): Record<RecordKind, number> {
  return Object.fromEntries(RECORD_KINDS.map((kind) => [kind, 0])) as Record<RecordKind, number>;
}
