import { firstsOf, isDealt } from "../engine/log/dealt.js";
import { RowLines } from "./row-lines.js";
import type { JudgedPartition, RunState, StateHeader } from "./run-state.js";
import { Seal } from "./seal.js";
import { inputEntries, keptEntries, ledgerEntries } from "./write-state.js";

/**
 * The lines of a judged partition: what its keys have shown. The first partition also has everything without a key.
 *
 * @throws StateError if a line is too long
 */
export function* judgedLines(header: StateHeader, run: RunState, judged: JudgedPartition): Generator<string> {
  const seal = new Seal();
  for (const entry of entriesOf(header, run, judged)) yield seal.line(entry);
  yield seal.end();
}

function* entriesOf(header: StateHeader, run: RunState, judged: JudgedPartition): Generator<string> {
  const { log, parts } = run;
  yield JSON.stringify({ header });
  yield JSON.stringify({ parts });
  yield JSON.stringify({ judged });
  if (judged.number === 1) yield* inputEntries(run);
  yield* ledgerEntries(log.ledger);
  for (const [rule, { keys }] of log.dealt) {
    const { sums, ...counts } = keys;
    const list = [...sums].map(([name, { count, first }]) => [name, count, first]);
    yield JSON.stringify({ keys: { rule, ...counts, sums: list } });
  }
  for (const [id, sum] of log.charts) yield JSON.stringify({ chart: { id, sum } });
  for (const graph of log.graphs) yield JSON.stringify({ graph });
  for (const kept of log.kept) {
    const { id, rules, store } = kept;
    if ("limit" in store || !isDealt(kept)) yield* keptEntries(kept);
    else if (rules.some(({ concludesFrom }) => concludesFrom === "firsts")) {
      const rows = new RowLines("firsts", id);
      for (const { key, observations } of store.groups(1))
        yield* rows.take(key, firstsOf(observations, header.maxFindings));
      yield* rows.rest();
    }
  }
}
