import type { Group } from "../../model/group.js";
import type { Judging, Kept, LogRule, NonEmpty, Position } from "../../model/rule.js";
import type { Source } from "../../model/source.js";
import type { Entry, ObservationStore } from "../keep/store.js";
import { inCausalOrder } from "./causal-order.js";
import { deliveredOnce } from "./deliveries.js";

/** The result of judging one rule, except its findings. */
export interface Judged {
  /** How often the rule tested its clauses. */
  readonly checked: number;
  /** The first observation of the first key without a finding. */
  readonly witness: Position | undefined;
}

/** A rule with the functions through which it reports. */
export interface Party {
  readonly rule: LogRule;
  readonly judging: Omit<Judging, "show">;
}

/**
 * Judges rules that name the same source. Each group is put in order once, for all of these rules. Yields after each
 * group: there may be millions.
 *
 * @param hasInput false if nothing was read; the rules then do not report anything as missing
 * @returns the results, in the order of the rules
 */
export function* judgeRules(
  parties: NonEmpty<Party>,
  store: ObservationStore,
  hasInput: boolean,
): Generator<undefined, readonly Judged[]> {
  const { source } = parties[0].rule;
  const kept = keptIn(store, source);
  const judges = parties.map(({ rule, judging }) => new Judge(rule, store, kept, judging));
  const judgedOrder = judgedOrderOf(source);
  const groups = store.groups(Math.min(...judges.map(({ atLeast }) => atLeast)), source.read);
  for (const [key, observations] of groups) {
    const group = judgedOrder(observations);
    for (const judge of judges) judge.take(key, observations.length, group);
    yield;
  }
  return judges.map((judge) => judge.conclude(hasInput));
}

/** Judges the groups of one rule and counts its tests. */
class Judge {
  /** The rule skips groups with fewer observations. */
  readonly atLeast: number;
  /** Smaller groups are counted but not judged. */
  readonly #judgedFrom: number;
  readonly #rule: LogRule;
  /** True if the rule judges key by key; false if it only concludes from all keys. */
  readonly #isAsked: boolean;
  readonly #store: ObservationStore;
  readonly #kept: Kept<unknown>;
  readonly #judging: Judging;
  /** Keys and candidates come in the same order, so that the next candidate is the first key without a finding. */
  readonly #candidates: Iterator<Entry>;
  #candidate: IteratorResult<Entry>;
  #emitted = 0;
  /** Findings at the level of their clauses. */
  #violations = 0;
  #checks = 0;
  #shown: Position | undefined;

  constructor(
    rule: LogRule,
    store: ObservationStore,
    kept: Kept<unknown>,
    { emit, ...judging }: Omit<Judging, "show">,
  ) {
    this.#rule = rule;
    this.#store = store;
    this.#kept = kept;
    this.#isAsked = rule.judge !== undefined || rule.checks !== undefined;
    this.#judgedFrom = rule.atLeast ?? 1;
    const askedFrom = rule.checks === undefined ? this.#judgedFrom : 1;
    this.atLeast = this.#isAsked ? askedFrom : Number.POSITIVE_INFINITY;
    this.#candidates = store.groups(1)[Symbol.iterator]();
    this.#candidate = this.#candidates.next();
    this.#judging = {
      ...judging,
      emit: (draft) => {
        this.#emitted++;
        if (draft.level === undefined) this.#violations++;
        emit(draft);
      },
      show: (count, at) => {
        this.#checks += count;
        this.#shown ??= at;
      },
    };
  }

  /** @param length of the group before redeliveries were dropped */
  take(key: string, length: number, group: Group<unknown>): void {
    if (length < this.atLeast) return;
    const before = this.#emitted;
    const checks = this.#rule.checks?.(key, group, this.#kept) ?? 1;
    if (length >= this.#judgedFrom) this.#rule.judge?.(key, group, this.#judging);
    this.#checks += checks;
    const isClean = this.#emitted === before && checks > 0;
    if (!isClean && this.#candidate.value?.[0] === key) this.#candidate = this.#candidates.next();
  }

  conclude(hasInput: boolean): Judged {
    const inKeys = this.#emitted;
    if (hasInput) this.#rule.conclude?.(this.#kept, this.#judging);
    const isKept = this.#isAsked && this.#emitted === inKeys;
    const isEveryKey = this.#isAsked && this.#rule.checks === undefined;
    const checked = isEveryKey ? this.#keysCompared() : this.#checks;
    const clean = isKept && checked > 0 ? this.#candidate.value?.[1].at(0)?.at : undefined;
    return { checked, witness: this.#shown ?? clean };
  }

  #keysCompared(): number {
    const { leastKeys = 1 } = this.#rule;
    return this.#store.size >= leastKeys || this.#violations > 0 ? this.#store.size : 0;
  }
}

/** Drops redeliveries before it sorts: an event without a time keeps the place of its first delivery. */
function judgedOrderOf(source: Source): (observations: Group<unknown>) => Group<unknown> {
  const deliveryOf = source.deliveryOf?.bind(source);
  const { order } = source;
  return (observations) => {
    if (observations.length < 2) return observations;
    const once = deliveryOf === undefined ? observations : deliveredOnce(observations, deliveryOf);
    return order === "causal" ? inCausalOrder(once) : once;
  };
}

function keptIn(store: ObservationStore, { read }: Source): Kept<unknown> {
  return {
    size: store.size,
    of: (key) => {
      if (store.of === undefined) throw new Error("a rule that concludes needs a map");
      return store.of(key, read);
    },
    groups: () => store.groups(1, read),
  };
}
