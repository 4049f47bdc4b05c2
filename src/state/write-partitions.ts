import { isDealt } from "../engine/log/dealt.js";
import { partitionOf } from "./partition-of.js";
import { RowLines } from "./row-lines.js";
import type { RunState, StateHeader } from "./run-state.js";
import { Seal } from "./seal.js";
import { inputEntries, keptEntries, ledgerEntries } from "./write-state.js";

/** A line of one of the files of a dealt state: 0 is the base, the others are the partitions. */
export type DealtLine = readonly [file: number, line: string];

/**
 * The lines of a state whose keys are dealt into partitions: those of the partitions, then those of the base, which
 * names them by their digests. A row for each partition is in memory, and a line of each.
 *
 * @param of number of partitions
 * @throws StateError if a line is too long
 */
export function* dealtLines(header: StateHeader, run: RunState, of: number): Generator<DealtLine> {
  const seals = Array.from({ length: of }, () => new Seal());
  for (const [index, seal] of seals.entries()) {
    yield [index + 1, seal.line(JSON.stringify({ header }))];
    yield [index + 1, seal.line(JSON.stringify({ partition: { number: index + 1, of } }))];
  }
  for (const [index, entry] of dealtEntries(run, of)) {
    const seal = seals[index];
    if (seal !== undefined) yield [index + 1, seal.line(entry)];
  }
  for (const [index, seal] of seals.entries()) yield [index + 1, seal.end()];
  const base = new Seal();
  for (const entry of baseEntries(header, run, { of, files: seals.map(({ digest }) => digest) }))
    yield [0, base.line(entry)];
  yield [0, base.end()];
}

/** The rows of the rules whose keys are dealt, by the index of their partition. */
function* dealtEntries({ log }: RunState, of: number): Generator<readonly [index: number, entry: string]> {
  for (const { store, ...observer } of log.kept) {
    if (!isDealt(observer) || "limit" in store) continue;
    const { id: rule, rules, source } = observer;
    const lines = Array.from({ length: of }, () => new RowLines("kept", rule));
    const isEverywhere = (key: string): boolean => rules.some((each) => each.everywhere?.(key) === true);
    for (const { key, observations } of store.groups(1)) {
      const only = isEverywhere(key) ? undefined : partitionOf(rule, source.dealtBy?.(key) ?? key, of);
      for (const [index, rows] of only === undefined ? lines.entries() : [[only, lines[only]] as const])
        for (const entry of rows?.take(key, observations) ?? []) yield [index, entry];
    }
    for (const [index, rows] of lines.entries()) for (const entry of rows.rest()) yield [index, entry];
  }
}

/** Everything that has no key, and the rows of rules that conclude from all keys. */
function* baseEntries(
  header: StateHeader,
  run: RunState,
  dealt: { readonly of: number; readonly files: readonly string[] },
): Generator<string> {
  yield JSON.stringify({ header });
  yield JSON.stringify({ parts: run.parts });
  yield JSON.stringify({ dealt });
  yield* inputEntries(run);
  yield* ledgerEntries(run.log.ledger);
  for (const kept of run.log.kept) if (!isDealt(kept) || "limit" in kept.store) yield* keptEntries(kept);
}
