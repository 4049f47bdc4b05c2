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

/** Counts and facts about one input; complete once all of its blocks have been added. */
export interface InputState {
  /** Where it is, or was when it had been read. */
  path: string;
  readonly counts: Record<RecordKind, number>;
  /** Number of records that look like an event and were not judged. */
  unjudged: number;
  /** Number of records by carrier. */
  readonly carriers: Map<string, number>;
  /** Number of lines of other output between carried records. */
  otherOutput: number;
  facts: FileFacts;
  /**
   * Findings about events without event_family. At the end of the file they are merged, or one finding replaces them.
   */
  readonly familyless: Ledger;
  readonly treatments: Treatments;
  /** Lines of the blocks added so far. */
  lines: number;
  /** The line of the last record that was read. */
  lastLine: number;
  /** The lines that hold several records; undefined if there are no such lines. */
  shared: SharedLines | undefined;
  /** Records above a limit; their lines count from 1. */
  readonly unread: UnreadRecord[];
  /** True if one finding about the file replaces the findings about its events without a family. */
  isReplaced: boolean;
  /** How the file changed while it was read; undefined if it stayed the same. */
  change?: InputChange;
  /** Set only for an input that was named outright and holds no record. */
  empty?: InputSummary["empty"];
}

/** Counts of an input that another run has read. */
export interface AdoptedInput
  extends Pick<InputState, "counts" | "unjudged" | "otherOutput" | "change" | "empty"> {
  readonly path: string;
  readonly carriers: Iterable<readonly [name: string, count: number]>;
}

/** The state of an input before its first block. */
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

/** Adds the counts of another run. */
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

/**
 * Adds the counts and lines of the next block. Call it last: the block's places are computed from the lines before
 * it.
 */
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
 * Adds the lines of a block that hold several records. The block's first record may share its line with the last
 * record before it.
 *
 * @returns the number to add to each place of the block
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

/** The facts of two consecutive parts of a file, added up. */
function joined(facts: FileFacts, next: FileFacts): FileFacts {
  return {
    withFamily: facts.withFamily + next.withFamily,
    withoutFamily: facts.withoutFamily + next.withoutFamily,
    familyUnderPayload: facts.familyUnderPayload + next.familyUnderPayload,
    renames: facts.renames ?? next.renames,
  };
}
