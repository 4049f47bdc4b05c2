import type { Judging, Kept, LogRule, Observation, Position } from "../model/rule.js";
import { inCausalOrder } from "./causal-order.js";
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
  { emit, ...judging }: Judging,
): Judged {
  let emitted = 0;
  const counting: Judging = {
    ...judging,
    emit: (draft) => {
      emitted++;
      emit(draft);
    },
  };
  const candidates = checkedGroups(rule, store);
  let candidate = candidates.next();
  for (const [key, observations] of rule.judge === undefined ? [] : store.groups(rule.atLeast)) {
    const before = emitted;
    rule.judge?.(key, inOrder(rule, deliveredOnce(rule, observations)), counting);
    if (emitted > before && candidate.value?.key === key) candidate = candidates.next();
  }
  const inKeys = emitted;
  if (hasInput) rule.conclude?.(keptIn(store), counting);
  const isKept = emitted === inKeys;
  return { checked: checksIn(rule, store), witness: isKept ? candidate.value?.at : undefined };
}

type Observations = readonly Observation<unknown>[];

/** Redeliveries go before the order is made: an event without a time stands where it was first delivered. */
function deliveredOnce(rule: LogRule, observations: Observations): Observations {
  if (rule.deliveryOf === undefined || observations.length < 2) return observations;
  const seen = new Set<unknown>();
  return observations.filter(({ value }) => seen.size < seen.add(rule.deliveryOf?.(value)).size);
}

function inOrder(rule: LogRule, observations: Observations): Observations {
  return rule.order === "causal" ? inCausalOrder(observations) : observations;
}

/** The keys that put the rule to the test, in log order, each with its first place. */
function* checkedGroups(
  rule: LogRule,
  store: ObservationStore,
): Generator<{ key: string; at: Position }, undefined> {
  for (const [key, observations] of store.groups(1)) {
    const [first] = observations;
    if (first !== undefined && checksOf(rule, store, key, observations) > 0) yield { key, at: first.at };
  }
}

function checksIn(rule: LogRule, store: ObservationStore): number {
  if (rule.checks === undefined) return store.size;
  let sum = 0;
  for (const [key, observations] of store.groups(1)) sum += checksOf(rule, store, key, observations);
  return sum;
}

function checksOf(rule: LogRule, store: ObservationStore, key: string, observations: Observations): number {
  return rule.checks?.(key, observations, keptIn(store)) ?? 1;
}

function keptIn(store: ObservationStore): Kept<unknown> {
  return { size: store.size, of: (key) => keptOf(store, key), keys: () => keysOf(store) };
}

function* keysOf(store: ObservationStore): Generator<string> {
  for (const [key] of store.groups(1)) yield key;
}

function keptOf(store: ObservationStore, key: string): readonly Observation<unknown>[] {
  if (store.of === undefined) throw new Error("a rule that concludes needs a map");
  return store.of(key);
}
