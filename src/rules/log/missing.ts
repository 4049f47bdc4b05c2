import type { Judging, LogDraft } from "../../model/rule.js";
import type { ClauseId } from "../../spec/clauses.js";

/** Says that something a clause asks for is missing: in a complete log that breaks it, else it stays open. */
export function sayMissing(
  clause: ClauseId,
  draft: LogDraft<ClauseId>,
  { isComplete, emit, leaveOpen }: Judging<ClauseId>,
): void {
  if (isComplete) emit(draft);
  else leaveOpen(clause, `${draft.message}; with --complete that is a violation`);
}

/** Says that something is missing that any log with this much in it must have. */
export function sayLost(_clause: ClauseId, draft: LogDraft<ClauseId>, judging: Judging<ClauseId>): void {
  judging.emit(draft);
}
