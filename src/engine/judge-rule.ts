import type { Group } from "../model/group.js";
import type { Judging, Kept, LogRule, Position } from "../model/rule.js";
import { inCausalOrder } from "./causal-order.js";
import { deliveredOnce } from "./deliveries.js";
import type { ObservationStore } from "./observation-store.js";

/** What judging one rule amounts to, besides its findings. */
export interface Judged {
  /** How often the rule's clauses were put to the test. */
  readonly checked: number;
  /** The first observation of the first key about which there was nothing to say. */
  readonly witness: Position | undefined;
}

/**
 * Judges what a log rule has kept.
 *
 * @param hasInput whether anything was read at all; otherwise nothing can be said to be missing
 */
export function judgeRule(
  rule: LogRule,
  store: ObservationStore,
  hasInput: boolean,
  { emit, ...judging }: Omit<Judging, "show">,
): Judged {
  let emitted = 0;
  let checks = 0;
  let shown: Position | undefined;
  const counting: Judging = {
    ...judging,
    emit: (draft) => {
      emitted++;
      emit(draft);
    },
    show: (count, at) => {
      checks += count;
      shown ??= at;
    },
  };
  const kept = keptIn(store);
  // Keys and candidates come in the same order: a candidate that is passed over has been found clean.
  const candidates = store.groups(1)[Symbol.iterator]();
  let candidate = candidates.next();
  for (const [key, observations] of store.groups(rule.checks === undefined ? rule.atLeast : 1)) {
    const before = emitted;
    const group = judgedOrder(rule, observations);
    const ownChecks = rule.checks?.(key, group, kept) ?? 1;
    if (observations.length >= rule.atLeast) rule.judge?.(key, group, counting);
    checks += ownChecks;
    const isClean = emitted === before && ownChecks > 0;
    if (!isClean && candidate.value?.[0] === key) candidate = candidates.next();
  }
  const inKeys = emitted;
  if (hasInput) rule.conclude?.(kept, counting);
  const isKept = emitted === inKeys;
  return {
    checked: rule.checks === undefined ? store.size : checks,
    witness: shown ?? (isKept ? candidate.value?.[1].at(0)?.at : undefined),
  };
}

/** Redeliveries go before the order is made: an event without a time stands where it was first delivered. */
function judgedOrder(rule: LogRule, observations: Group<unknown>): Group<unknown> {
  const { deliveryOf, order } = rule;
  const once =
    deliveryOf === undefined || observations.length < 2
      ? observations
      : deliveredOnce(observations, (value) => deliveryOf.call(rule, value));
  return order === "causal" ? inCausalOrder(once) : once;
}

function keptIn(store: ObservationStore): Kept<unknown> {
  return {
    size: store.size,
    of: (key) => {
      if (store.of === undefined) throw new Error("a rule that concludes needs a map");
      return store.of(key);
    },
    *keys() {
      for (const [key] of store.groups(1)) yield key;
    },
  };
}
