import type { Group } from "../../model/group.js";
import type { GraphTotals, Judging, LogDraft, LogRule, Position } from "../../model/rule.js";
import type { Entry, ObservationStore } from "../keep/store.js";
import { NOWHERE } from "../ledger.js";
import { earlier, type KeysJudged, Sums } from "./keys-judged.js";

/** A rule with the functions through which it reports. */
export interface Party {
  readonly rule: LogRule;
  readonly judging: Omit<Judging, "sum" | "listGraph" | "emit"> & {
    /** @param turn which finding of its key, or of the conclusion, it is; from 0 */
    emit(draft: LogDraft, turn: number): void;
    /** @param first where the graph comes up first in the log */
    listGraph(totals: GraphTotals, first: Position): void;
  };
}

/** What a rule made of a group. */
export type Taken =
  /** It tested its clauses so often, and said nothing that it must say again of a group like this. */
  { readonly checks: number } | "skipped" | "reported";

/** True if the rule judges key by key; false if it only concludes from all keys. */
export function isAsked({ judge, checks }: LogRule): boolean {
  return judge !== undefined || checks !== undefined;
}

/** Judges the groups of one rule and counts its tests. */
export class KeyJudge {
  /** The rule skips groups with fewer observations. */
  readonly atLeast: number;
  /** Smaller groups are counted but not judged. */
  readonly #judgedFrom: number;
  readonly #rule: LogRule;
  readonly #isCombined: boolean;
  readonly #store: ObservationStore;
  readonly #judging: Judging;
  readonly #sums = new Sums();
  /** Findings of the current key. */
  #emitted = 0;
  /** True if a result for the current key must not be reused for another key. */
  #hasReported = false;
  /** Findings at the level of their clauses. */
  #violations = 0;
  #checks = 0;
  /** The first key that was judged and has no finding. */
  #clean: { readonly number: number; readonly at: Position } | undefined;
  /** The observations of the current key, in the order of the log. */
  #current: Group<unknown> = [];

  constructor({ rule, judging }: Party, store: ObservationStore) {
    this.#rule = rule;
    this.#isCombined = rule.source.combine !== undefined;
    this.#store = store;
    this.#judgedFrom = rule.atLeast ?? 1;
    const askedFrom = rule.checks === undefined ? this.#judgedFrom : 1;
    this.atLeast = isAsked(rule) ? askedFrom : Number.POSITIVE_INFINITY;
    this.#judging = {
      ...judging,
      emit: (draft) => {
        if (draft.level === undefined) this.#violations++;
        this.#hasReported = true;
        judging.emit(draft, this.#emitted++);
      },
      sum: (name, at) => {
        this.#hasReported = true;
        this.#sums.add(name, 1, at);
      },
      listGraph: (totals) => {
        this.#hasReported = true;
        judging.listGraph(totals, this.#current.at(0)?.at ?? NOWHERE);
      },
    };
  }

  get judgesOrder(): boolean {
    return this.#rule.judgesOrder === true && !this.#isCombined;
  }

  /** @param observations of the key in the order of the log, redeliveries too; `group` is as the rule judges them */
  take(entry: Entry, key: string, observations: Group<unknown>, group: Group<unknown>): Taken {
    const { length } = observations;
    if (length < this.atLeast) return "skipped";
    this.#current = observations;
    this.#emitted = 0;
    this.#hasReported = false;
    const checks = this.#rule.checks?.(key, group) ?? 1;
    if (length >= this.#judgedFrom) this.#rule.judge?.(key, group, this.#judging);
    this.#count(entry, checks, this.#emitted === 0);
    return this.#hasReported ? "reported" : { checks };
  }

  /** Counts a group that has the same result as an earlier one. */
  count(entry: Entry, taken: Taken): void {
    if (typeof taken === "object") this.#count(entry, taken.checks, true);
  }

  #count(entry: Entry, checks: number, isClean: boolean): void {
    this.#checks += checks;
    if (!isClean || checks === 0) return;
    // What is combined need not be in the order of the log.
    if (this.#clean !== undefined && !this.#isCombined) return;
    const { number } = entry;
    const at = earlier(this.#clean?.at, entry.observations.at(0)?.at);
    if (at !== undefined) this.#clean = { number, at };
  }

  get judged(): KeysJudged {
    const clean = this.#firstClean;
    return {
      size: this.#store.size,
      checks: this.#checks,
      violations: this.#violations,
      ...(clean !== undefined && { clean }),
      sums: this.#sums.all,
    };
  }

  /** The first observation of the first key without a finding. Keys that were skipped have none. */
  get #firstClean(): Position | undefined {
    if (!isAsked(this.#rule)) return undefined;
    if (this.atLeast === 1 || this.#isCombined) return this.#clean?.at;
    for (const { number, observations } of this.#store.groups(1))
      if (number === this.#clean?.number || observations.length < this.atLeast) return observations.at(0)?.at;
    return undefined;
  }
}
