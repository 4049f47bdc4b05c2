import type { ClaimName } from "../model/claim.js";
import type { Occurrence } from "../model/finding.js";
import type {
  CrosscutRow,
  GraphTotals,
  LogDraft,
  LogRule,
  NonEmpty,
  Observation,
  Position,
} from "../model/rule.js";
import { RECORD_KINDS, type RecordKind } from "../model/subject.js";
import { type BlockResult, identityOf, type RawOccurrence } from "./check-block.js";
import { noCounts } from "./counts.js";
import { judgeRule } from "./judge-rule.js";
import {
  countOccurrence,
  emptyLedger,
  groupFor,
  type Ledger,
  listLocation,
  mergeLedger,
  type RawLocation,
  tallyOf,
} from "./ledger.js";
import type { ObservationStore } from "./observation-store.js";
import { storeFor } from "./observations.js";
import { isAskedFor, type Rulebook } from "./rulebook.js";

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

/** Log rules that observe the same, with what is kept for them. */
interface Kept {
  readonly rules: NonEmpty<LogRule>;
  /** In place of a store that has been given up: what there was too little of. */
  store: ObservationStore | Shortage;
}

/** How much the log rules were allowed to keep, when it was not enough, and the input in which that showed. */
export interface Shortage {
  readonly limit: string;
  readonly input: number;
}

export interface LogLimits {
  /** How many locations of each finding are listed. */
  readonly maxLocations: number;
  /** How many bytes the log rules may keep together. */
  readonly maxState: number;
}

/**
 * How many bytes the log rules may keep on V8's heap, which on small machines ends at 2 GB. It also keeps
 * Maps and Sets well below the 2^24 entries at which they end.
 */
const MAX_HEAP = 1e9;

/** More graphs than this are not listed in a report. */
const MAX_GRAPHS = 100;

/**
 * The reducer: takes in the results of blocks in the order of the log and adds them up. It holds
 * counts, the listed locations and the log rules' observations, never events.
 */
export class LogState {
  readonly ledger = emptyLedger();
  readonly inputs: InputState[] = [];
  /** What the graph_update events add up to, by graph; the first ones only. */
  readonly graphs: GraphTotals[] = [];
  /** Which areas and events of the crosscuts a mapping and the log show. */
  readonly crosscuts: CrosscutRow[] = [];
  /** Rules that had given up when they were to judge: what they would have found nobody knows. */
  readonly givenUp: ({ readonly rule: string } & Shortage)[] = [];
  readonly #rulebook: Rulebook;
  readonly #limits: LogLimits;
  readonly #sink: OccurrenceSink | undefined;
  /** By the id of the first of the rules that share a store. */
  readonly #kept: ReadonlyMap<string, Kept>;

  constructor(rulebook: Rulebook, limits: LogLimits, sink?: OccurrenceSink) {
    this.#rulebook = rulebook;
    this.#limits = limits;
    this.#sink = sink;
    this.#kept = new Map(
      rulebook.observers.map((rules) => [rules[0].id, { rules, store: storeFor(rules[0]) }]),
    );
  }

  /** Begins the next input; the blocks that follow are its own. */
  open(path: string): InputState {
    const input: InputState = {
      path,
      counts: noCounts(),
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
    mergeLedger(this.ledger, moved(block.ledger, place), this.#limits.maxLocations);
    mergeLedger(input.familyless, moved(block.familyless, place), this.#limits.maxLocations);
    for (const kind of RECORD_KINDS) input.counts[kind] += block.counts[kind];
    input.facts.withFamily += block.facts.withFamily;
    input.facts.withoutFamily += block.facts.withoutFamily;
    input.facts.familyUnderPayload += block.facts.familyUnderPayload;
    for (const line of block.unread) input.unread.push(input.lines + line + 1);
    for (const { rule, observed, line } of block.observations) {
      const { key, value, instant, attachment } = observed;
      const store = this.#kept.get(rule)?.store;
      if (store !== undefined && "add" in store) store.add(key, value, place(line), instant, attachment);
    }
    this.keepWithinBudget();
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
    mergeLedger(this.ledger, input.familyless, this.#limits.maxLocations);
  }

  /** Counts in an input that another run has read to its end; what that run kept of it follows. */
  adopt({ path, counts }: Pick<InputState, "path" | "counts">): void {
    Object.assign(this.open(path).counts, counts);
  }

  /** What is kept for the log rules, by the first of those that share it. */
  *kept(): Generator<readonly [rule: string, store: ObservationStore | Shortage]> {
    for (const [rule, { store }] of this.#kept) yield [rule, store];
  }

  /** Keeps an observation that another run has `kept`, in the order of the log for each key. */
  keep(rule: string, key: string, { value, at, instant, attachment }: Observation<unknown>): void {
    const store = this.#kept.get(rule)?.store;
    if (store !== undefined && "put" in store) store.put(key, value, at, instant, attachment);
  }

  /** Gives up what is kept for a rule, and for those that share it. */
  giveUp(rule: string, shortage: Shortage): void {
    const kept = this.#kept.get(rule);
    if (kept !== undefined && "add" in kept.store) kept.store = shortage;
  }

  /** Gives up what takes more than it may. To be called now and then while observations are kept. */
  keepWithinBudget(): void {
    const { maxState } = this.#limits;
    this.#giveUpBeyond(MAX_HEAP, `${MAX_HEAP} bytes of strings and objects`, ({ heapBytes }) => heapBytes);
    this.#giveUpBeyond(maxState, `${maxState} bytes (--max-state)`, ({ bytes }) => bytes);
  }

  /** Gives up the largest stores while all together take more than they may: their rules end undecided. */
  #giveUpBeyond(most: number, limit: string, bytesOf: (store: ObservationStore) => number): void {
    for (;;) {
      const sizes = [...this.#kept.values()].flatMap((kept) =>
        "limit" in kept.store || kept.store.size === 0 ? [] : [{ kept, bytes: bytesOf(kept.store) }],
      );
      const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
      const [first] = sizes;
      if (first === undefined || total <= most) return;
      const { kept } = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a), first);
      kept.store = { limit, input: this.inputs.length - 1 };
    }
  }

  /**
   * Judges what only the whole log shows. To be called once, after the last input.
   *
   * @param claims without them, rules that were observed for a claim are judged as if it were made
   */
  judge(isComplete: boolean, claims?: readonly ClaimName[]): void {
    for (const { rules, store } of this.#kept.values()) {
      for (const rule of rules) {
        if (claims !== undefined && !isAskedFor(rule, claims)) continue;
        if ("limit" in store) this.#leaveUndecided(rule, store);
        else this.#judgeRule(rule, store, isComplete);
      }
    }
  }

  #leaveUndecided({ id, clauses }: LogRule, shortage: Shortage): void {
    this.givenUp.push({ rule: id, ...shortage });
    for (const clause of clauses) this.#leaveOpen(clause, gaveUp(id, shortage.limit));
  }

  #leaveOpen(clause: string, reason: string): void {
    tallyOf(this.ledger, clause).open ??= reason;
  }

  #judgeRule(rule: LogRule, store: ObservationStore, isComplete: boolean): void {
    const { checked, witness } = judgeRule(rule, store, this.inputs.length > 0, {
      isComplete,
      emit: (draft) => this.#file(rule, draft, locationOf(draft)),
      leaveOpen: (clause, reason) => this.#leaveOpen(clause, reason),
      attest: (clause, attestation) => {
        tallyOf(this.ledger, clause).attestation ??= attestation;
      },
      listCrosscut: (row) => void this.crosscuts.push(row),
      listGraph: (totals) => {
        if (this.graphs.length < MAX_GRAPHS) this.graphs.push(totals);
      },
    });
    for (const clause of rule.clauses) {
      const tally = tallyOf(this.ledger, clause);
      tally.checked += checked;
      if (witness !== undefined) tally.witness = witness;
    }
  }

  #file(rule: Rulebook["rules"][number], draft: LogDraft, location: RawLocation): void {
    const path = this.inputs[draft.at.input]?.path ?? "";
    const identity = identityOf(rule, draft, this.#rulebook, path);
    const { clauses, level, message, hint, waiver } = identity;
    const { related = [] } = draft;
    const group = groupFor(this.ledger, identity);
    countOccurrence(this.ledger, group, this.#rulebook.clauses);
    const pointerOfRelated = draft.relatedPointer ?? draft.pointer;
    const evidence = related.map((at) => ({ at, pointer: pointerOfRelated }));
    listLocation(group, location, evidence, this.#limits.maxLocations);
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
        ...(waiver !== undefined && { waived: true as const }),
        ...(pointer !== undefined && { pointer }),
        ...(absent !== undefined && { absent }),
      },
    });
  }
}

/** Says that a rule has given up, and for want of what. */
export function gaveUp(rule: string, limit: string): string {
  return `rule ${rule} gave up: what it compares takes more than ${limit}`;
}

function locationOf({ at, pointer, absent }: LogDraft): RawLocation {
  return absent === true ? { at, absent } : { at, pointer };
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
