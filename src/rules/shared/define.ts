import type { EventRule, FileRule, LogRule, RecordRule, RunRule } from "../../model/rule.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";

/** The rule types of this project: their citations are checked against the clause catalogue. */
export type MplpEventRule = EventRule<ClauseId>;
export type MplpRecordRule = RecordRule<ClauseId>;
export type MplpFileRule = FileRule<ClauseId>;
export type MplpLogRule<Value> = LogRule<ClauseId, Value>;
export type MplpRunRule = RunRule<ClauseId>;

/** A rule about what a source keeps of the whole log. */
export function logRule<Value>(rule: Omit<MplpLogRule<Value>, "evidence">): MplpLogRule<Value> {
  return { evidence: "log", ...rule };
}
