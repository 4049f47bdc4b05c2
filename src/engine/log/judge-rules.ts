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
  const courses = drawings.length > 0 ? undefined : KnownCourses.of(source, judges);
  let skipped = 0;
  for (const entry of store.groups(atLeast, source.read)) {
    if (courses?.take(entry) === true) {
      if (++skipped % YIELD_EVERY === 0) yield;
      continue;
    }
    const { key, observations } = entry;
    const group = judgedOrder(observations);
    const taken = judges.map((judge) => judge.take(entry, key, observations, group));
    courses?.add(entry, taken);
    for (const { chart, sum } of drawings) chart.take(sum, key, group, observations.at(0)?.at ?? NOWHERE);
    yield;
  }
  return judges.map((judge) => judge.judged);
}

/** So many groups of known courses take less than a millisecond. */
const YIELD_EVERY = 1 << 10;

/** What a rule made of a group. */
type Taken =
  /** It tested its clauses so often, and said nothing that it must say again of a group like this. */
  { readonly checks: number } | "skipped" | "reported";

/**
 * The courses in which the rules of a source found nothing. The groups of a log are of few courses, as its events are of
 * few kinds, and one of a known course is not judged again.
 */
class KnownCourses {
  readonly #facts: number;
  readonly #judges: readonly KeyJudge[];
  /** What each rule made of a course; undefined if it has to judge each group. */
  readonly #known = new Map<number, readonly Taken[] | undefined>();

  private constructor(facts: number, judges: readonly KeyJudge[]) {
    this.#facts = facts;
    this.#judges = judges;
  }

  /** Only if all rules judge by the order alone. */
  static of({ facts }: Source, judges: readonly KeyJudge[]): KnownCourses | undefined {
    if (facts === undefined || !judges.every(({ judgesOrder }) => judgesOrder)) return undefined;
    return new KnownCourses(facts, judges);
  }

  /** Counts a group of a known course; false if it is to be judged. */
  take(entry: Entry): boolean {
    const course = entry.course?.(this.#facts);
    const taken = course === undefined ? undefined : this.#known.get(course);
    if (taken === undefined) return false;
    for (const [index, judge] of this.#judges.entries()) judge.count(entry, taken[index] ?? "skipped");
    return true;
  }

  add(entry: Entry, taken: readonly Taken[]): void {
    const course = entry.course?.(this.#facts);
    if (course === undefined || this.#known.has(course) || this.#known.size === MAX_COURSES) return;
    this.#known.set(course, taken.includes("reported") ? undefined : taken);
  }
}

/** A log has dozens; one that is made to have many must not take memory for them. */
const MAX_COURSES = 1 << 12;

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
  /** Findings of the current key. */
  #emitted = 0;
  /** Whether anything was said of the current key that is not to be said of another one. */
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
        this.#sums.add(name, { count: 1, first: at });
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

  /** Counts a group of which the same is to be said as of an earlier one. */
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

  get #isCombined(): boolean {
    return this.#rule.source.combine !== undefined;
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
    *groups() {
      for (const { key, observations } of store.groups(1, read)) yield [key, observations];
    },
  };
}
