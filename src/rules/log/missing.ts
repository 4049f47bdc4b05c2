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

/** Says that an event between two others is missing, which breaks a clause in any log. */
export function sayLost(_clause: ClauseId, draft: LogDraft<ClauseId>, { emit }: Judging<ClauseId>): void {
  emit(draft);
}
