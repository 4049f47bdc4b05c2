import { createHash } from "node:crypto";
import type { ObservationStore } from "../engine/keep/store.js";
import type { FindingGroup, RawLocation } from "../engine/ledger.js";
import type { SharedRun } from "../model/shared-lines.js";
import { rowOf } from "./kept-rows.js";
import { BATCH_LENGTH, MAX_LINE_BYTES, type RunState, type StateHeader } from "./run-state.js";
import { StateError } from "./state-error.js";

/**
 * The lines of a state, each with its line end. Read them before the log is judged; only the current line is in
 * memory.
 *
 * @throws StateError if a line is too long
 */
export function* stateLines(header: StateHeader, run: RunState): Generator<string> {
  const hash = createHash("sha256");
  let lines = 0;
  for (const entry of entriesOf(header, run)) {
    const line = `${entry}\n`;
    if (Buffer.byteLength(line) > MAX_LINE_BYTES)
      throw new StateError(`a state has no line above ${MAX_LINE_BYTES} bytes: ${line.slice(0, 100)}...`);
    hash.update(line);
    lines++;
    yield line;
  }
  yield `${JSON.stringify({ end: { lines, sha256: hash.digest("hex") } })}\n`;
}

function* entriesOf(header: StateHeader, run: RunState): Generator<string> {
  const { log, digests, documents, problems, errors, doubled, packs, notRead, parts } = run;
  yield JSON.stringify({ header });
  yield JSON.stringify({ parts });
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
  for (const [clause, tally] of log.ledger.tallies) yield JSON.stringify({ tally: { clause, ...tally } });
  for (const group of log.ledger.groups.values()) yield* groupEntries(group);
  for (const { rules, store } of log.kept) {
    const rule = rules[0].id;
    if ("limit" in store) yield JSON.stringify({ shortage: { rule, ...store } });
    else yield* keptEntries(rule, store);
  }
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
function* groupEntries({ related: _related, values, ...rest }: FindingGroup): Generator<string> {
  // Only a baseline that both runs know makes their digest keys equal.
  const group = rest.quota === undefined || values === undefined ? rest : { ...rest, values };
  let { count } = group;
  for (const locations of batches(group.locations)) {
    yield JSON.stringify({ group: { ...group, count, locations } });
    count = 0;
  }
}

/** Lists of locations, each short enough for one line; one empty list if there are no locations. */
function* batches(locations: readonly RawLocation[]): Generator<readonly RawLocation[]> {
  let batch: RawLocation[] = [];
  let length = 0;
  for (const location of locations) {
    if (length > BATCH_LENGTH) {
      yield batch;
      [batch, length] = [[], 0];
    }
    batch.push(location);
    length += JSON.stringify(location).length;
  }
  yield batch;
}

function* keptEntries(rule: string, store: ObservationStore): Generator<string> {
  let rows: string[] = [];
  let length = 0;
  const line = (): string => `{"kept":{"rule":${JSON.stringify(rule)},"rows":[${rows.join(",")}]}}`;
  for (const [key, observations] of store.groups(1)) {
    let named: string | null = key;
    for (const observation of observations) {
      const row = JSON.stringify(rowOf(named, observation));
      named = null;
      rows.push(row);
      length += row.length;
      if (length < BATCH_LENGTH) continue;
      yield line();
      [rows, length, named] = [[], 0, key];
    }
  }
  if (rows.length > 0) yield line();
}
