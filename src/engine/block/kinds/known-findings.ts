import { type Defect, isOfMember } from "../../../model/defect.js";
import type { Examined } from "../../../model/rule.js";
import type { Found } from "../found.js";
import { hasKind } from "./kind.js";

/** The findings of at most so many likenesses are known; other broken events are examined one by one. */
const MAX_KNOWN = 1 << 12;

/**
 * Responsible for: what is found in broken events that are alike: the same in each.
 * May not: examine an event.
 */
export class KnownFindings {
  readonly #found = new Map<number, readonly Found[]>();

  /** What is found in an event; undefined if it has to be examined. */
  of({ record, subject }: Examined): readonly Found[] | undefined {
    return record.likeness === 0 || !hasKind(subject) ? undefined : this.#found.get(record.likeness);
  }

  /**
   * @param defects what schemas and invariants reject
   * @param found all that rules found
   */
  add({ record, subject, integration }: Examined, defects: readonly Defect[], found: readonly Found[]): void {
    if (record.likeness === 0 || !hasKind(subject) || integration?.fault !== undefined) return;
    // What rules find by themselves, they may word by anything in the event.
    if (found.length === 0 || found.length !== defects.length || !defects.every(isOfMember)) return;
    // Own values may differ, and so may what is wrong with them.
    const own = new Set(record.ownValues?.().map(({ name }) => name));
    if (defects.some(({ field }) => own.has(field))) return;
    if (this.#found.size < MAX_KNOWN) this.#found.set(record.likeness, found);
  }
}
