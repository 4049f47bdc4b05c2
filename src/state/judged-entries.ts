import { type Dealt, isDealt } from "../engine/log/dealt.js";
import { joinedKeys, type KeysJudged, NO_KEYS } from "../engine/log/keys-judged.js";
import type { LogRule, Position } from "../model/rule.js";
import { type KeptRow, observationsOf } from "./kept-rows.js";
import type { JudgedBy, JudgedPartition, RunState } from "./run-state.js";
import { StateError } from "./state-error.js";

/** What the keys of one rule have shown in one partition. */
export interface KeysEntry extends Omit<KeysJudged, "sums"> {
  readonly rule: string;
  readonly sums: readonly (readonly [name: string, count: number, first: Position])[];
}

/**
 * Begins the next judged partition of a run.
 *
 * @throws StateError if it is not the next one, or was judged otherwise than the run judges
 */
export function takeJudged(run: RunState, judged: JudgedPartition, by: JudgedBy): void {
  const { number, of, bases } = judged;
  const last = run.judged;
  if (last === undefined && run.log.inputs.length > 0)
    throw new StateError("a judged partition and the state of a log cannot be merged");
  if (last !== undefined && (last.of !== of || last.bases !== bases))
    throw new StateError("the partitions before were dealt from other states, or into another number");
  const wanted = (last?.number ?? 0) + 1;
  if (number < wanted) throw new StateError(`partition ${number} of ${of} comes twice`);
  if (number > wanted) throw new StateError(`this is partition ${number} of ${of}, and ${wanted} is next`);
  const difference = judgedOtherwise(judged, by);
  if (difference !== undefined)
    throw new StateError(`the partition was judged with other ${difference} than this run has`);
  run.judged = judged;
}

function judgedOtherwise(judged: JudgedBy, by: JudgedBy): string | undefined {
  if (judged.claims.join() !== by.claims.join()) return "claims";
  if (judged.options !== by.options) return "options of rules";
  return judged.complete === by.complete ? undefined : "--complete";
}

/** Adds what the keys of a rule have shown. */
export function takeKeys(
  { log }: RunState,
  { rule: id, sums, ...counts }: KeysEntry,
  placed: (at: Position) => Position,
): void {
  const observer = [...log.kept].find(({ rules }) => rules.some((rule) => rule.id === id));
  if (observer === undefined || !isDealt(observer))
    throw new StateError("the keys of this rule are not dealt");
  const dealt = dealtOf(log.dealt, id);
  const keys: KeysJudged = {
    ...counts,
    ...(counts.clean !== undefined && { clean: placed(counts.clean) }),
    sums: new Map(sums.map(([name, count, first]) => [name, { count, first: placed(first) }])),
  };
  log.dealt.set(id, { ...dealt, keys: joinedKeys(dealt.keys, keys) });
}

/** The sum of a chart in one partition. */
export interface ChartEntry {
  readonly id: string;
  readonly sum: unknown;
}

/** Adds what a chart has summed up. @param sum fits the chart's schema */
export function takeChart({ log }: RunState, { id, sum }: ChartEntry): void {
  const charts = [...log.kept].flatMap((observer) => (isDealt(observer) ? observer.charts : []));
  const chart = charts.find((one) => one.id === id);
  if (chart === undefined) throw new StateError("the keys of this chart are not dealt");
  log.charts.join(chart, sum);
}

/** Adds the first observations of keys. */
export function takeFirsts(
  { log }: RunState,
  rules: readonly LogRule[],
  rows: readonly KeptRow[],
  placed: (at: Position) => Position,
): void {
  for (const { id, concludesFrom } of rules) {
    if (concludesFrom !== "firsts") continue;
    const dealt = dealtOf(log.dealt, id);
    for (const [key, { at, ...observation }] of observationsOf(rows)) {
      const kept = dealt.kept.get(key) ?? [];
      kept.push({ ...observation, at: placed(at) });
      dealt.kept.set(key, kept);
    }
    log.dealt.set(id, dealt);
  }
}

function dealtOf(all: ReadonlyMap<string, Dealt>, rule: string): Dealt {
  return all.get(rule) ?? { keys: NO_KEYS, kept: new Map() };
}
