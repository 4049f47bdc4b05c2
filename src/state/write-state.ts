import type { Kept } from "../engine/keep/kept.js";
import type { FindingGroup, Ledger, RawLocation } from "../engine/ledger.js";
import type { SharedRun } from "../model/shared-lines.js";
import { RowLines } from "./row-lines.js";
import { BATCH_LENGTH, type RunState, type StateHeader } from "./run-state.js";
import { Seal } from "./seal.js";

/**
 * The lines of a state, each with its line end. Read them before the log is judged; only the current line is in
 * memory.
 *
 * @throws StateError if a line is too long
 */
export function* stateLines(header: StateHeader, run: RunState): Generator<string> {
  const seal = new Seal();
  for (const entry of entriesOf(header, run)) yield seal.line(entry);
  yield seal.end();
}

function* entriesOf(header: StateHeader, run: RunState): Generator<string> {
  yield JSON.stringify({ header });
  yield JSON.stringify({ parts: run.parts });
  yield* inputEntries(run);
  yield* ledgerEntries(run.log.ledger);
  for (const kept of run.log.kept) yield* keptEntries(kept);
}

/** What was read: everything except counts, findings and observations. */
export function* inputEntries(run: RunState): Generator<string> {
  const { log, digests, documents, problems, errors, doubled, packs, notRead } = run;
  for (const [
    index,
    { path, counts, unjudged, carriers, otherOutput, change, empty },
  ] of log.inputs.entries())
    yield JSON.stringify({
      input: {
        path,
        ...digests[index],
        counts,
        unjudged,
        carriers: [...carriers],
        otherOutput,
        change,
        empty,
      },
    });
  for (const [input, { shared }] of log.inputs.entries()) yield* sharedEntries(input, shared?.runs ?? []);
  for (const [input, { text }] of documents) yield JSON.stringify({ document: { input, text } });
  for (const problem of problems) yield JSON.stringify({ problem });
  for (const error of errors) yield JSON.stringify({ error });
  for (const error of doubled) yield JSON.stringify({ doubled: error });
  for (const pack of packs) yield JSON.stringify({ pack });
  for (const unread of notRead) yield JSON.stringify({ unread });
}

export function* ledgerEntries({ tallies, groups }: Ledger): Generator<string> {
  for (const [clause, tally] of tallies) yield JSON.stringify({ tally: { clause, ...tally } });
  for (const group of groups.values()) yield* groupEntries(group);
}

/** The most runs of shared lines in one line of a state. */
const RUNS = 4096;

function* sharedEntries(input: number, runs: readonly SharedRun[]): Generator<string> {
  for (let from = 0; from < runs.length; from += RUNS)
    yield JSON.stringify({
      shared: { input, runs: runs.slice(from, from + RUNS).map(({ at, count }) => [at, count]) },
    });
}

/** A group, split into parts if it has many locations. Only the first part carries the count. */
function* groupEntries({ related, values, ...rest }: FindingGroup): Generator<string> {
  // Only a baseline that both runs know makes their digest keys equal.
  const group = rest.quota === undefined || values === undefined ? rest : { ...rest, values };
  let [count, from] = [group.count, 0];
  for (const locations of batches(group.locations, related)) {
    const own = related.slice(from, from + locations.length);
    const hasRelated = own.some(({ length }) => length > 0);
    yield JSON.stringify({ group: { ...group, count, locations, ...(hasRelated && { related: own }) } });
    count = 0;
    from += locations.length;
  }
}

/** Lists of locations, each short enough for one line; one empty list if there are no locations. */
function* batches(
  locations: readonly RawLocation[],
  related: FindingGroup["related"],
): Generator<readonly RawLocation[]> {
  let batch: RawLocation[] = [];
  let length = 0;
  for (const [index, location] of locations.entries()) {
    if (length > BATCH_LENGTH) {
      yield batch;
      [batch, length] = [[], 0];
    }
    batch.push(location);
    length += JSON.stringify([location, related[index]]).length;
  }
  yield batch;
}

/** What is kept for an observer. */
export function* keptEntries({ id: rule, store }: Kept): Generator<string> {
  if ("limit" in store) {
    yield JSON.stringify({ shortage: { rule, ...store } });
    return;
  }
  const rows = new RowLines("kept", rule);
  for (const { key, observations } of store.groups(1)) yield* rows.take(key, observations);
  yield* rows.rest();
}
