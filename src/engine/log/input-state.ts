import type { InputChange } from "../../model/input-change.js";
import type { Policy } from "../../model/policy.js";
import type { InputSummary } from "../../model/report.js";
import type { FileFacts } from "../../model/rule.js";
import { SharedLines } from "../../model/shared-lines.js";
import { RECORD_KINDS, type RecordKind } from "../../model/subject.js";
import { noCounts } from "../counts.js";
import { emptyLedger, type Ledger } from "../ledger.js";
import type { BlockResult } from "../passage.js";
import type { UnreadRecord } from "../unread-records.js";
import { Treatments } from "./treatments.js";

/** What is known of one input once all of its blocks have been taken in. */
export interface InputState {
  readonly path: string;
  readonly counts: Record<RecordKind, number>;
  /** How many records hold something like an event that was not judged. */
  unjudged: number;
  /** How many records each carrier held. */
  readonly carriers: Map<string, number>;
  /** How many lines of other output stand between records that are carried. */
  otherOutput: number;
  facts: FileFacts;
  /** What the events without a family lack, before it is known whether that stands. */
  readonly familyless: Ledger;
  readonly treatments: Treatments;
  /** Lines of the blocks taken in so far. */
  lines: number;
  /** The line of the last record that was read. */
  lastLine: number;
  /** Where several records stand on one line; undefined where they do nowhere. */
  shared: SharedLines | undefined;
  /** Records that were above a limit; their lines count from 1. */
  readonly unread: UnreadRecord[];
  /** Whether a finding about the file as a whole stands for those about its events without a family. */
  isReplaced: boolean;
  /** What became of the file while it was read; undefined where it stayed what it was. */
  change?: InputChange;
  /** Only of an input that was named outright and holds no record. */
  empty?: InputSummary["empty"];
}

/** What another run has counted in an input. */
export interface AdoptedInput
  extends Pick<InputState, "path" | "counts" | "unjudged" | "otherOutput" | "change" | "empty"> {
  readonly carriers: Iterable<readonly [name: string, count: number]>;
}

/** An input before its first block. */
export function openedInput(path: string, policy: Policy): InputState {
  return {
    path,
    counts: noCounts(),
    unjudged: 0,
    carriers: new Map(),
    otherOutput: 0,
    facts: { withFamily: 0, withoutFamily: 0, familyUnderPayload: 0 },
    familyless: emptyLedger(),
    treatments: new Treatments(policy, path),
    lines: 0,
    lastLine: -1,
    shared: undefined,
    unread: [],
    isReplaced: false,
  };
}

/** Counts in what another run has counted. */
export function adoptCounts(
  input: InputState,
  { counts, unjudged, carriers, otherOutput, change, empty }: AdoptedInput,
): void {
  Object.assign(input.counts, counts);
  input.unjudged = unjudged;
  for (const [name, count] of carriers) input.carriers.set(name, count);
  input.otherOutput = otherOutput;
  if (change !== undefined) input.change = change;
  if (empty !== undefined) input.empty = empty;
}

/** Adds what the next block has counted. Its lines come last: whatever is placed in it is placed before. */
export function addCounts(input: InputState, block: BlockResult, lines: number): void {
  for (const kind of RECORD_KINDS) input.counts[kind] += block.counts[kind];
  input.unjudged += block.unjudged;
  for (const [name, count] of block.carriers)
    input.carriers.set(name, (input.carriers.get(name) ?? 0) + count);
  input.otherOutput += block.otherOutput;
  input.facts = joined(input.facts, block.facts);
  for (const { line, reason } of block.unread) input.unread.push({ line: input.lines + line + 1, reason });
  input.lastLine = block.ends === undefined ? input.lastLine : input.lines + block.ends.last;
  input.lines += lines;
}

/**
 * Takes in where several records of a block stand on one line, or the first one on that of the last one before.
 *
 * @returns by how much places of the block are to be moved
 */
export function takePlaces({ ends, shared }: BlockResult, input: InputState): number {
  const isContinued = ends !== undefined && input.lines + ends.first === input.lastLine;
  if (!isContinued && shared.length === 0) return input.lines + (input.shared?.total ?? 0);
  input.shared ??= new SharedLines();
  const base = input.lines + input.shared.total + (isContinued ? 1 : 0);
  if (isContinued) input.shared.add({ at: base + ends.first, count: 1 });
  for (const { at, count } of shared) input.shared.add({ at: base + at, count });
  return base;
}

/** What a part of a file and the part that follows show together. */
function joined(facts: FileFacts, next: FileFacts): FileFacts {
  return {
    withFamily: facts.withFamily + next.withFamily,
    withoutFamily: facts.withoutFamily + next.withoutFamily,
    familyUnderPayload: facts.familyUnderPayload + next.familyUnderPayload,
    renames: facts.renames ?? next.renames,
  };
}
