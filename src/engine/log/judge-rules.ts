import type { Chart } from "../../model/chart.js";
import type { Kept, LogRule, Position } from "../../model/rule.js";
import type { Source } from "../../model/source.js";
import type { Entry, ObservationStore } from "../keep/store.js";
import { NOWHERE } from "../ledger.js";
import { judgedOrderOf } from "./judged-order.js";
import { isAsked, KeyJudge, type Party } from "./key-judge.js";
import type { KeysJudged } from "./keys-judged.js";
import { KnownCourses } from "./known-courses.js";

/** The result of judging one rule, except its findings. */
interface Judged {
  /** How often the rule tested its clauses. */
  readonly checked: number;
  /** The first observation of the first key without a finding. */
  readonly witness: Position | undefined;
  /** Findings of the conclusion, and of keys and conclusion at the level of their clauses. */
  readonly concluded: number;
  readonly violations: number;
}

/** A chart with its sum so far. */
export interface Drawing {
  readonly chart: Chart;
  readonly sum: unknown;
}

/**
 * Judges the keys of a source for some rules, and sums them up for charts. Each group is put in order once. Yields now
 * and then, not for each group: there may be millions.
 *
 * @returns what the keys have shown, in the order of the rules
 */
export function* judgeKeys(
  source: Source,
  parties: readonly Party[],
  drawings: readonly Drawing[],
  store: ObservationStore,
): Generator<undefined, readonly KeysJudged[]> {
  const judges = parties.map((party) => new KeyJudge(party, store));
  const judgedOrder = judgedOrderOf(source);
  const atLeast = drawings.length > 0 ? 1 : Math.min(...judges.map((judge) => judge.atLeast));
  const courses = drawings.length > 0 ? undefined : KnownCourses.of(source, judges);
  const judge = (entry: Entry): number => {
    const { key, observations } = entry;
    const group = judgedOrder(observations);
    const taken = judges.map((each) => each.take(entry, key, observations, group));
    courses?.add(entry, taken);
    for (const { chart, sum } of drawings) chart.take(sum, key, group, observations.at(0)?.at ?? NOWHERE);
    return group.length;
  };
  if (store.arrange !== undefined) yield* store.arrange();
  let sinceYield = 0;
  for (const entry of store.groups(atLeast, source.read)) {
    sinceYield += courses?.take(entry) === true ? 1 : judge(entry);
    if (sinceYield < YIELD_EVERY) continue;
    sinceYield = 0;
    yield;
  }
  return judges.map((judge) => judge.judged);
}

/** This number of observations takes about a millisecond; groups of known courses take less. */
const YIELD_EVERY = 1 << 8;

/**
 * Concludes from what the keys of a rule have shown.
 *
 * @param hasInput false if nothing was read; the rule then does not report anything as missing
 */
export function conclude(
  { rule, judging }: Party,
  kept: Kept<unknown>,
  keys: KeysJudged,
  hasInput: boolean,
): Judged {
  let [concluded, violations, checks] = [keys.concluded ?? 0, keys.violations, keys.checks];
  let shown: Position | undefined;
  if (hasInput && keys.concluded === undefined)
    rule.conclude?.(kept, {
      ...judging,
      emit: (draft) => {
        if (draft.level === undefined) violations++;
        judging.emit(draft, concluded++);
      },
      show: (count, at) => {
        checks += count;
        shown ??= at;
      },
    });
  const checked = isEveryKey(rule) ? keysCompared(rule, keys.size, violations) : checks;
  const clean = concluded === 0 && checked > 0 ? keys.clean : undefined;
  return { checked, witness: shown ?? clean, concluded, violations };
}

function isEveryKey(rule: LogRule): boolean {
  return isAsked(rule) && rule.checks === undefined;
}

function keysCompared({ leastKeys = 1 }: LogRule, size: number, violations: number): number {
  return size >= leastKeys || violations > 0 ? size : 0;
}

/** What a store keeps, as rules that conclude see it. */
export function keptIn(store: ObservationStore, { read }: Source, sums: KeysJudged["sums"]): Kept<unknown> {
  return {
    size: store.size,
    sums,
    of: (key) => {
      if (store.of === undefined) throw new Error("a rule that concludes needs a map, or values");
      return store.of(key, read);
    },
    *groups() {
      for (const { key, observations } of store.groups(1, read)) yield [key, observations];
    },
  };
}
