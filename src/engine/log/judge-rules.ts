import type { Chart } from "../../model/chart.js";
import type { Group } from "../../model/group.js";
import type { GraphTotals, Judging, Kept, LogDraft, LogRule, Position } from "../../model/rule.js";
import type { Source } from "../../model/source.js";
import type { Entry, ObservationStore } from "../keep/store.js";
import { inCausalOrder } from "./causal-order.js";
import { deliveredOnce } from "./deliveries.js";
import { earlier, type KeysJudged, Sums } from "./keys-judged.js";

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

/** A chart with its sum so far. */
export interface Drawing {
  readonly chart: Chart;
  readonly sum: unknown;
}

/**
 * Judges the keys of a source for some rules, and sums them up for charts. Each group is put in order once. Yields after
 * each group: there may be millions.
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
  for (const [key, observations] of store.groups(atLeast, source.read)) {
    const group = judgedOrder(observations);
    for (const judge of judges) judge.take(key, observations, group);
    for (const { chart, sum } of drawings) chart.take(sum, key, group, observations.at(0)?.at ?? NOWHERE);
    yield;
  }
  return judges.map((judge) => judge.judged);
}

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

/** True if the rule judges key by key; false if it only concludes from all keys. */
function isAsked({ judge, checks }: LogRule): boolean {
  return judge !== undefined || checks !== undefined;
}

function isEveryKey(rule: LogRule): boolean {
  return isAsked(rule) && rule.checks === undefined;
}

function keysCompared({ leastKeys = 1 }: LogRule, size: number, violations: number): number {
  return size >= leastKeys || violations > 0 ? size : 0;
}

/** Judges the groups of one rule and counts its tests. */
class KeyJudge {
  /** The rule skips groups with fewer observations. */
  readonly atLeast: number;
  /** Smaller groups are counted but not judged. */
  readonly #judgedFrom: number;
  readonly #rule: LogRule;
  readonly #store: ObservationStore;
  readonly #judging: Judging;
  readonly #sums = new Sums();
  /** Keys and candidates come in the same order, so that the next candidate is the first key without a finding. */
  readonly #candidates: Iterator<Entry>;
  #candidate: IteratorResult<Entry>;
  /** Findings of the current key. */
  #emitted = 0;
  /** Findings at the level of their clauses. */
  #violations = 0;
  #checks = 0;
  /** Of combined observations, the first one of a key without a finding. */
  #clean: Position | undefined;
  /** The observations of the current key, in the order of the log. */
  #current: Group<unknown> = [];

  constructor({ rule, judging }: Party, store: ObservationStore) {
    this.#rule = rule;
    this.#store = store;
    this.#judgedFrom = rule.atLeast ?? 1;
    const askedFrom = rule.checks === undefined ? this.#judgedFrom : 1;
    this.atLeast = isAsked(rule) ? askedFrom : Number.POSITIVE_INFINITY;
    this.#candidates = store.groups(1)[Symbol.iterator]();
    this.#candidate = this.#candidates.next();
    this.#judging = {
      ...judging,
      emit: (draft) => {
        if (draft.level === undefined) this.#violations++;
        judging.emit(draft, this.#emitted++);
      },
      sum: (name, at) => this.#sums.add(name, { count: 1, first: at }),
      listGraph: (totals) => judging.listGraph(totals, this.#current.at(0)?.at ?? NOWHERE),
    };
  }

  /** @param observations of the key in the order of the log, redeliveries too; `group` is as the rule judges them */
  take(key: string, observations: Group<unknown>, group: Group<unknown>): void {
    const { length } = observations;
    if (length < this.atLeast) return;
    this.#current = observations;
    this.#emitted = 0;
    const checks = this.#rule.checks?.(key, group) ?? 1;
    if (length >= this.#judgedFrom) this.#rule.judge?.(key, group, this.#judging);
    this.#checks += checks;
    const isClean = this.#emitted === 0 && checks > 0;
    if (isClean && this.#isCombined) this.#clean = earlier(this.#clean, observations.at(0)?.at);
    if (!isClean && this.#candidate.value?.[0] === key) this.#candidate = this.#candidates.next();
  }

  /** What is combined need not be in the order of the log. */
  get #isCombined(): boolean {
    return this.#rule.source.combine !== undefined;
  }

  get judged(): KeysJudged {
    const first = this.#isCombined ? this.#clean : this.#candidate.value?.[1].at(0)?.at;
    const clean = isAsked(this.#rule) ? first : undefined;
    return {
      size: this.#store.size,
      checks: this.#checks,
      violations: this.#violations,
      ...(clean !== undefined && { clean }),
      sums: this.#sums.all,
    };
  }
}

const NOWHERE: Position = { input: 0, line: 0 };

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

/** What a store keeps, as rules that conclude see it. */
export function keptIn(store: ObservationStore, { read }: Source, sums: KeysJudged["sums"]): Kept<unknown> {
  return {
    size: store.size,
    sums,
    of: (key) => {
      if (store.of === undefined) throw new Error("a rule that concludes needs a map");
      return store.of(key, read);
    },
    groups: () => store.groups(1, read),
  };
}
