import type { EventRule, FileRule, LogRule, RecordRule, RunRule } from "../../model/rule.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";

/** The rule types of this project: their citations are checked against the clause catalogue. */
export type MplpEventRule = EventRule<ClauseId>;
export type MplpRecordRule = RecordRule<ClauseId>;
export type MplpFileRule = FileRule<ClauseId>;
export type MplpLogRule<Value> = LogRule<ClauseId, Value>;
export type MplpRunRule = RunRule<ClauseId>;
