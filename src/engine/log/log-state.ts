import type { ClaimName } from "../../model/claim.js";
import type { Discretion } from "../../model/discretion.js";
import type { Occurrence } from "../../model/finding.js";
import type { InputChange } from "../../model/input-change.js";
import type { Policy } from "../../model/policy.js";
import type { InputSummary } from "../../model/report.js";
import type {
  CrosscutRow,
  FileFacts,
  GraphTotals,
  LogDraft,
  LogRule,
  Position,
  RunFacts,
} from "../../model/rule.js";
import { SharedLines } from "../../model/shared-lines.js";
import { RECORD_KINDS, type RecordKind } from "../../model/subject.js";
import { valueDigest } from "../../model/value-digests.js";
import {
  type BlockResult,
  groupIdentityOf,
  type RawOccurrence,
  type RawRejected,
} from "../block/check-block.js";
import { isAskedFor, type Rulebook } from "../block/rulebook.js";
import { noCounts } from "../counts.js";
import { KeptObservations, type Shortage } from "../keep/kept.js";
import type { ObservationStore } from "../keep/store.js";
import {
  clauseTallyOf,
  countOccurrences,
  emptyLedger,
  groupFor,
  type Ledger,
  leaveOpen,
  listLocation,
  mergeLedger,
  mergeLocations,
  mergeTallies,
  mergeValues,
  note,
  type RawLocation,
} from "../ledger.js";
import type { UnreadRecord } from "../unread-records.js";
import { judgeRules, type Party } from "./judge-rules.js";
import { takeBackWaivers } from "./overdrawn.js";
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

/** A position as a report names it. */
export interface Where {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** Which of several records on its line it is, from 1; left out where it is alone. */
  readonly record?: number;
}

/** What another run has counted in an input. */
export interface AdoptedInput
  extends Pick<InputState, "path" | "counts" | "unjudged" | "otherOutput" | "change" | "empty"> {
  readonly carriers: Iterable<readonly [name: string, count: number]>;
}

/** An occurrence that only a whole file or log shows: it comes after the log has been read. */
export interface LateOccurrence {
  readonly position: Position;
  readonly related: readonly Position[];
  readonly occurrence: Omit<Occurrence, "path" | "line" | "related"> &
    Partial<Pick<Occurrence, "path">> &
    Decided;
}

/** An occurrence of one event, with what was decided about its kind. */
export type DecidedOccurrence = Omit<RawOccurrence, "shape"> & Decided;

/** Whether an occurrence is waived, unless the quota of the waiver turns out not to suffice. */
type Decided = Pick<Occurrence, "waived"> & { readonly quota?: string };

/** Receives every occurrence of a run; only there where someone wants them all. */
export interface OccurrenceSink {
  /** In log order. */
  write(position: Position, occurrence: DecidedOccurrence): void;
  /** In no order; the last ones come when the log is judged. */
  writeLate(late: LateOccurrence): void;
}

/** Receives every invalid integration event of a run in log order; only there where someone wants them. */
export interface RejectionSink {
  write(position: Position, event: RawRejected): void;
}

interface Sinks {
  readonly occurrences?: OccurrenceSink | undefined;
  readonly rejections?: RejectionSink | undefined;
}

export interface LogLimits {
  /** How many locations of each finding are listed. */
  readonly maxFindings: number;
  /** How many bytes the log rules may keep together. */
  readonly maxState: number;
  /** What has been decided about findings. */
  readonly policy: Policy;
}

/** What judging depends on besides the log. */
export interface Circumstances {
  /** Whether the log is declared to cover the whole run. */
  readonly isComplete: boolean;
  /** Without them, rules that were observed for a claim are judged as if it were made. */
  readonly claims?: readonly ClaimName[];
  /** What could not be read or judged, in words. */
  readonly gap?: string | undefined;
  /** How much of what senders have written may be shown. Default: all. */
  readonly discretion?: Discretion;
}

/** More graphs than this are not listed in a report. */
const MAX_GRAPHS = 100;

/**
 * The reducer: takes in the results of blocks in the order of the log and adds them up. It holds
 * counts, the listed locations and the log rules' observations, never events.
 */
export class LogState {
  readonly ledger = emptyLedger();
  readonly inputs: InputState[] = [];
  /** What has been observed for the log rules. */
  readonly kept: KeptObservations;
  /** What the graph_update events add up to, by graph; the first ones only. */
  readonly graphs: GraphTotals[] = [];
  /** Which areas and events of the crosscuts a mapping and the log show. */
  readonly crosscuts: CrosscutRow[] = [];
  /** Rules that had given up when they were to judge: what they would have found nobody knows. */
  readonly givenUp: ({ readonly rule: string } & Shortage)[] = [];
  /** By the names of quotas that did not suffice, how many occurrences there are. */
  overdrawn: ReadonlyMap<string, number> = new Map();
  readonly #rulebook: Rulebook;
  readonly #limits: LogLimits;
  readonly #sink: OccurrenceSink | undefined;
  readonly #rejections: RejectionSink | undefined;

  constructor(rulebook: Rulebook, limits: LogLimits, { occurrences, rejections }: Sinks = {}) {
    this.#rulebook = rulebook;
    this.#limits = limits;
    this.#sink = occurrences;
    this.#rejections = rejections;
    this.kept = new KeptObservations(rulebook.observers, limits.maxState);
  }

  /** Begins the next input; the blocks that follow are its own. */
  open(path: string): InputState {
    const input: InputState = {
      path,
      counts: noCounts(),
      unjudged: 0,
      carriers: new Map(),
      otherOutput: 0,
      facts: { withFamily: 0, withoutFamily: 0, familyUnderPayload: 0 },
      familyless: emptyLedger(),
      treatments: new Treatments(this.#limits.policy, path),
      lines: 0,
      lastLine: -1,
      shared: undefined,
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
    const base = takePlaces(block, input);
    const place = (line: number): Position => ({ input: index, line: base + line });
    this.#add(moved(block.ledger, place), input);
    // These may yet be dropped: nothing is decided about them so far.
    mergeLedger(input.familyless, moved(block.familyless, place), this.#limits.maxFindings);
    for (const kind of RECORD_KINDS) input.counts[kind] += block.counts[kind];
    input.unjudged += block.unjudged;
    for (const [name, count] of block.carriers)
      input.carriers.set(name, (input.carriers.get(name) ?? 0) + count);
    input.otherOutput += block.otherOutput;
    input.facts = joined(input.facts, block.facts);
    for (const { line, reason } of block.unread) input.unread.push({ line: input.lines + line + 1, reason });
    for (const batch of block.batches) this.kept.take(batch, index, base);
    this.kept.keepWithinBudget(index);
    for (const occurrence of block.occurrences)
      this.#sink?.write(place(occurrence.line), decided(occurrence, input.treatments));
    for (const event of block.rejected) this.#rejections?.write(place(event.line), event);
    input.lastLine = block.ends === undefined ? input.lastLine : input.lines + block.ends.last;
    input.lines += lines;
  }

  /** Where a position is. */
  whereIs({ input, line: place }: Position): Where {
    const { path = "", shared } = this.inputs[input] ?? {};
    if (shared === undefined) return { path, line: place + 1 };
    const record = shared.recordOf(place);
    return { path, line: shared.lineOf(place) + 1, ...(record !== undefined && { record }) };
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
      clauseTallyOf(this.ledger, rule.clauses[0]).checked += input.facts.withoutFamily;
      this.#file(rule, { ...draft, at }, { at, absent: true });
      this.#replace(input);
      return;
    }
    this.#add(input.familyless, input);
  }

  /** Drops what was found in events without family but for their texts: whatever it breaks has not been kept. */
  #replace(input: InputState): void {
    const { groups, tallies } = input.familyless;
    const [kept, clauses] = [new Set<string>(), new Set<string>()];
    for (const rule of this.#rulebook.textual) {
      kept.add(rule.id);
      for (const clause of rule.clauses) clauses.add(clause);
    }
    this.#add(
      {
        groups: new Map([...groups].filter(([, { rule }]) => kept.has(rule))),
        tallies: new Map([...tallies].filter(([clause]) => clauses.has(clause))),
      },
      input,
    );
    for (const { rule, level, clauses: broken } of groups.values())
      for (const clause of kept.has(rule) ? [] : broken)
        if (this.#rulebook.clauses.get(clause)?.level === level) this.#leaveOpen(clause, REPLACED);
  }

  /** Adds findings of one input, with what was decided about them. */
  #add(part: Ledger, { treatments }: InputState): void {
    mergeTallies(this.ledger, part);
    for (const group of part.groups.values()) {
      const own = groupFor(this.ledger, treatments.treated(group));
      countOccurrences(this.ledger, own, group.count, this.#rulebook.clauses);
      mergeValues(own, group.values);
      mergeLocations(own, group, this.#limits.maxFindings);
    }
  }

  /** Counts in an input that another run has read to its end; what that run kept of it follows. */
  adopt({ path, counts, unjudged, carriers, otherOutput, change, empty }: AdoptedInput): void {
    const input = this.open(path);
    Object.assign(input.counts, counts);
    input.unjudged = unjudged;
    for (const [name, count] of carriers) input.carriers.set(name, count);
    input.otherOutput = otherOutput;
    if (change !== undefined) input.change = change;
    if (empty !== undefined) input.empty = empty;
  }

  /** Judges what only the whole log shows, a step at a time. To be gone through once, after the last input. */
  *judge(circumstances: Circumstances): Generator<undefined> {
    const { claims } = circumstances;
    for (const { rules, store } of this.kept) {
      const asked = claims === undefined ? rules : rules.filter((rule) => isAskedFor(rule, claims));
      if ("limit" in store) for (const rule of asked) this.#leaveUndecided(rule, store);
      else yield* this.#judgeRules(asked, store, circumstances);
    }
  }

  /** Judges what the run goes by. What is found stands on the first line of a file of its own. */
  judgeRun(facts: RunFacts): void {
    const at = { input: 0, line: 0 };
    for (const rule of this.#rulebook.run) {
      for (const draft of rule.judge(facts)) this.#file(rule, { ...draft, at }, { at, path: draft.path });
    }
  }

  /** Takes back waivers that do not suffice, now that all has been counted. To be called once, after all is judged. */
  takeBackWaivers(): void {
    const { policy, maxFindings } = this.#limits;
    const quotaOf = (name: string) => policy.quotaOf(name);
    this.overdrawn = takeBackWaivers(this.ledger, quotaOf, this.#rulebook.clauses, maxFindings);
  }

  #leaveUndecided({ id, clauses }: LogRule, shortage: Shortage): void {
    this.givenUp.push({ rule: id, ...shortage });
    for (const clause of clauses) this.#leaveOpen(clause, gaveUp(id, shortage.limit));
  }

  #leaveOpen(clause: string, reason: string): void {
    leaveOpen(clauseTallyOf(this.ledger, clause), reason);
  }

  *#judgeRules(
    [first, ...others]: readonly LogRule[],
    store: ObservationStore,
    circumstances: Circumstances,
  ): Generator<undefined> {
    if (first === undefined) return;
    const party = (rule: LogRule): Party => ({ rule, judging: this.#judgingOf(rule, circumstances) });
    const judged = yield* judgeRules([party(first), ...others.map(party)], store, this.inputs.length > 0);
    for (const [index, rule] of [first, ...others].entries()) {
      const { checked = 0, witness } = judged[index] ?? {};
      for (const clause of rule.clauses) {
        const tally = clauseTallyOf(this.ledger, clause);
        tally.checked += checked;
        if (witness !== undefined) tally.witness = witness;
      }
    }
  }

  #judgingOf(rule: LogRule, { isComplete, claims = [], gap, discretion }: Circumstances): Party["judging"] {
    return {
      isComplete,
      claims,
      ...(gap !== undefined && { gap }),
      options: { ...rule.options, ...this.#limits.policy.options?.[rule.id] },
      shownId: (id) => discretion?.id(id) ?? id,
      emit: (draft) => this.#file(rule, draft, locationOf(draft)),
      meet: (clause) => {
        clauseTallyOf(this.ledger, clause).isMet = true;
      },
      leaveOpen: (clause, reason) => this.#leaveOpen(clause, reason),
      leaveUnshown: (clause, reason) => note(clauseTallyOf(this.ledger, clause), "unshown", reason),
      limit: (clause, words) => note(clauseTallyOf(this.ledger, clause), "limits", words),
      attest: (clause, attestation) => {
        clauseTallyOf(this.ledger, clause).attestation ??= attestation;
      },
      refuseAttestation: (clause, reason) => {
        clauseTallyOf(this.ledger, clause).unattested ??= reason;
      },
      listCrosscut: (row) => void this.crosscuts.push(row),
      listGraph: (totals) => {
        if (this.graphs.length < MAX_GRAPHS) this.graphs.push(totals);
      },
    };
  }

  #file(rule: Rulebook["rules"][number], draft: LogDraft, location: RawLocation): void {
    const own = groupIdentityOf(rule, draft, this.#rulebook);
    const identity = this.inputs[draft.at.input]?.treatments.treated(own) ?? own;
    const { clauses, level, message, hint, waiver, quota } = identity;
    const { related = [] } = draft;
    const { valueKey } = this.#limits.policy;
    const group = groupFor(this.ledger, identity);
    countOccurrences(this.ledger, group, 1, this.#rulebook.clauses);
    if (valueKey !== undefined && draft.values !== undefined)
      mergeValues(
        group,
        draft.values.map((value) => valueDigest(valueKey, value)),
      );
    const pointerOfRelated = draft.relatedPointer ?? draft.pointer;
    const differsFrom = draft.showsDifference === true ? { differsFrom: draft.at } : {};
    const evidence = related.map((at) => ({ at, pointer: pointerOfRelated, ...differsFrom }));
    listLocation(group, location, evidence, this.#limits.maxFindings);
    const { at, absent, pointer, path } = location;
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
        ...(quota !== undefined && { quota }),
        ...(pointer !== undefined && { pointer }),
        ...(path !== undefined && { path }),
        ...(absent !== undefined && { absent }),
      },
    });
  }
}

/**
 * Takes in where several records of a block stand on one line, or the first one on that of the last one before.
 *
 * @returns by how much places of the block are to be moved
 */
function takePlaces({ ends, shared }: BlockResult, input: InputState): number {
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

const REPLACED = "a file without any event_family is not judged event by event";

/** An occurrence with what was decided about its kind. */
function decided({ shape, ...occurrence }: RawOccurrence, treatments: Treatments): DecidedOccurrence {
  const { waiver, quota, level = occurrence.level } = treatments.of({ ...occurrence, shape });
  return {
    ...occurrence,
    level,
    ...(waiver !== undefined && { waived: true as const }),
    ...(quota !== undefined && { quota }),
  };
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
