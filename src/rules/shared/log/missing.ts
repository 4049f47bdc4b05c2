import type { Judging, LogDraft } from "../../../model/rule.js";
import type { ClauseId } from "../../../protocol/clauses/clauses.js";

type Saying = Pick<Judging<ClauseId>, "isComplete" | "gap" | "emit" | "leaveOpen">;

/**
 * Says that something a clause asks for is missing: in a complete log that breaks it, else it stays open. It stays
 * open too where not all could be read.
 */
export function sayMissing(clause: ClauseId, draft: LogDraft<ClauseId>, judging: Saying): void {
  if (judging.isComplete || judging.gap !== undefined) sayLost(clause, draft, judging);
  else judging.leaveOpen(clause, `${draft.message}; with --complete that is a violation`);
}

/**
 * Reports that something is missing which every such log must have, complete or not. If a part could not be read, the
 * clause stays open: the missing event may be there.
 */
export function sayLost(clause: ClauseId, draft: LogDraft<ClauseId>, { gap, emit, leaveOpen }: Saying): void {
  if (gap === undefined) emit(draft);
  else leaveOpen(clause, `${draft.message}; it may be in what could not be read or judged: ${gap}`);
}
