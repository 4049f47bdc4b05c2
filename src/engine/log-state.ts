import type { Occurrence } from "../model/finding.js";
import { shapeOf } from "../model/pointer.js";
import type { Judging, LogDraft, LogRule, Position } from "../model/rule.js";
import { RECORD_KINDS, type RecordKind } from "../model/subject.js";
import { inCausalOrder } from "./causal-order.js";
import { type BlockResult, citationOf, type RawOccurrence } from "./check-block.js";
import {
  comparePositions,
  countOccurrence,
  emptyLedger,
  groupFor,
  type Ledger,
  mergeLedger,
  type RawLocation,
  tallyOf,
} from "./ledger.js";
import { type ObservationStore, storeFor } from "./observations.js";
import type { Rulebook } from "./rulebook.js";

/** What is known of one input once all of its blocks have been taken in. */
export interface InputState {
  readonly path: string;
  readonly counts: Record<RecordKind, number>;
  readonly facts: { withFamily: number; withoutFamily: number; familyUnderPayload: number };
  readonly familyless: Ledger;
  /** Lines of the blocks taken in so far. */
  lines: number;
  /** Lines of records that were above the size limit, from 1. */
  readonly unread: number[];
  /** Whether a finding about the file as a whole stands for those about its events without a family. */
  isReplaced: boolean;
}

/** An occurrence that only a whole file or log shows: it comes after the log has been read. */
export interface LateOccurrence {
  readonly position: Position;
  readonly related: readonly Position[];
  readonly occurrence: Omit<Occurrence, "path" | "line" | "related">;
}

/** Receives every occurrence of a run; only there where someone wants them all. */
export interface OccurrenceSink {
  /** In log order. */
  write(position: Position, occurrence: RawOccurrence): void;
  /** In no order; the last ones come when the log is judged. */
  writeLate(late: LateOccurrence): void;
}

/**
 * The reducer: takes in the results of blocks in the order of the log and adds them up. It holds
 * counts, the listed locations and the log rules' observations, never events.
 */
export class LogState {
  readonly ledger = emptyLedger();
  readonly inputs: InputState[] = [];
  readonly #rulebook: Rulebook;
  readonly #maxLocations: number;
  readonly #sink: OccurrenceSink | undefined;
  /** By the id of the first of the rules that share a store. */
  readonly #stores: ReadonlyMap<
    string,
    { readonly rules: readonly LogRule[]; readonly store: ObservationStore }
  >;

  constructor(rulebook: Rulebook, maxLocations: number, sink?: OccurrenceSink) {
    this.#rulebook = rulebook;
    this.#maxLocations = maxLocations;
    this.#sink = sink;
    this.#stores = new Map(
      rulebook.observers.map((rules) => [rules[0].id, { rules, store: storeFor(rules[0]) }]),
    );
  }

  /** Begins the next input; the blocks that follow are its own. */
  open(path: string): InputState {
    const input: InputState = {
      path,
      counts: { event: 0, "integration-event": 0, "profile-event": 0, unrecognised: 0, malformed: 0 },
      facts: { withFamily: 0, withoutFamily: 0, familyUnderPayload: 0 },
      familyless: emptyLedger(),
      lines: 0,
      unread: [],
      isReplaced: false,
    };
    this.inputs.push(input);
    return input;
  }

  /** Takes in the next block of the input opened last. */
  take(block: BlockResult, lines: number): void {
    const index = this.inputs.length - 1;
    const input = this.inputs[index];
    if (input === undefined) throw new Error("no input is open");
    const place = (line: number): Position => ({ input: index, line: input.lines + line });
    mergeLedger(this.ledger, moved(block.ledger, place), this.#maxLocations);
    mergeLedger(input.familyless, moved(block.familyless, place), this.#maxLocations);
    for (const kind of RECORD_KINDS) input.counts[kind] += block.counts[kind];
    input.facts.withFamily += block.facts.withFamily;
    input.facts.withoutFamily += block.facts.withoutFamily;
    input.facts.familyUnderPayload += block.facts.familyUnderPayload;
    for (const line of block.unread) input.unread.push(input.lines + line + 1);
    for (const { rule, observed, line } of block.observations) {
      const { key, value, instant } = observed;
      this.#stores.get(rule)?.store.add(key, value, place(line), instant);
    }
    for (const occurrence of block.occurrences) this.#sink?.write(place(occurrence.line), occurrence);
    input.lines += lines;
  }

  /** Ends the input opened last: says what the file as a whole lacks, or else what its events without family lack. */
  close(): void {
    const index = this.inputs.length - 1;
    const input = this.inputs[index];
    if (input === undefined) return;
    for (const rule of this.#rulebook.file) {
      const draft = rule.judge(input.facts);
      if (draft === undefined) continue;
      const at = { input: index, line: 0 };
      input.isReplaced = true;
      tallyOf(this.ledger, rule.clauses[0]).checked += input.facts.withoutFamily;
      this.#file(rule, { ...draft, at }, { at, absent: true });
      return;
    }
    mergeLedger(this.ledger, input.familyless, this.#maxLocations);
  }

  /** Judges what only the whole log shows. To be called once, after the last input. */
  judge(isComplete: boolean): void {
    for (const { rules, store } of this.#stores.values()) {
      for (const rule of rules) this.#judgeRule(rule, store, isComplete);
    }
  }

  #judgeRule(rule: LogRule, store: ObservationStore, isComplete: boolean): void {
    for (const clause of rule.clauses) tallyOf(this.ledger, clause).checked += store.size;
    const drafts: LogDraft[] = [];
    const judging: Judging = {
      isComplete,
      emit: (draft) => void drafts.push(draft),
      leaveOpen: (clause, reason) => {
        tallyOf(this.ledger, clause).open ??= reason;
      },
    };
    for (const [key, observations] of store.groups(rule.atLeast)) {
      rule.judge?.(key, rule.order === "causal" ? inCausalOrder(observations) : observations, judging);
    }
    if (this.inputs.length > 0) rule.conclude?.(store.size, judging);
    drafts.sort((a, b) => comparePositions(a.at, b.at));
    for (const draft of drafts) this.#file(rule, draft, locationOf(draft));
    this.#witness(rule, store, drafts);
  }

  /** The first observation of a log rule's first kept group shows its clauses kept. */
  #witness(rule: LogRule, store: ObservationStore, drafts: readonly LogDraft[]): void {
    const broken = new Set(drafts.flatMap(({ at, related = [] }) => [at, ...related]).map(keyOf));
    for (const [, [first]] of store.groups(1)) {
      if (first === undefined || broken.has(keyOf(first.at))) continue;
      for (const clause of rule.clauses) tallyOf(this.ledger, clause).witness = first.at;
      return;
    }
  }

  #file(rule: Rulebook["rules"][number], draft: LogDraft, location: RawLocation): void {
    const { clauses, level } = citationOf(rule, draft, this.#rulebook);
    const { message, hint, related = [] } = draft;
    const shape = draft.shape ?? shapeOf(draft.pointer);
    const identity = { rule: rule.id, clauses, level, message, shape, ...(hint !== undefined && { hint }) };
    const group = groupFor(this.ledger, identity);
    countOccurrence(this.ledger, group, this.#rulebook.clauses);
    if (group.locations.length < this.#maxLocations) {
      group.locations.push(location);
      group.related.push(related.map((at) => ({ at, pointer: draft.pointer })));
    }
    const { at, absent, pointer } = location;
    this.#sink?.writeLate({
      position: at,
      related,
      occurrence: {
        rule: rule.id,
        clauses,
        level,
        message,
        ...(hint !== undefined && { hint }),
        ...(pointer !== undefined && { pointer }),
        ...(absent !== undefined && { absent }),
      },
    });
  }
}

function locationOf({ at, pointer, absent }: LogDraft): RawLocation {
  return absent === true ? { at, absent } : { at, pointer };
}

function keyOf({ input, line }: Position): string {
  return `${input}:${line}`;
}

/** A block's ledger with its lines counted from the start of the log. */
function moved(ledger: Ledger, place: (line: number) => Position): Ledger {
  const result = emptyLedger();
  for (const [clause, { witness, ...tally }] of ledger.tallies) {
    result.tallies.set(clause, witness === undefined ? tally : { ...tally, witness: place(witness.line) });
  }
  for (const [key, group] of ledger.groups) {
    const locations = group.locations.map((location) => movedLocation(location, place));
    result.groups.set(key, { ...group, locations });
  }
  return result;
}

function movedLocation(location: RawLocation, place: (line: number) => Position): RawLocation {
  const at = place(location.at.line);
  const { excerpt } = location;
  if (excerpt === undefined) return { ...location, at };
  return { ...location, at, excerpt: { ...excerpt, line: place(excerpt.line).line } };
}
