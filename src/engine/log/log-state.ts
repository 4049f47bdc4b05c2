import type { ClaimName } from "../../model/claim.js";
import type { Discretion } from "../../model/discretion.js";
import type { CrosscutRow, GraphTotals, LogDraft, LogRule, Position, RunFacts } from "../../model/rule.js";
import { isAskedFor, type Rulebook } from "../block/rulebook.js";
import { KeptObservations, type Shortage } from "../keep/kept.js";
import type { ObservationStore } from "../keep/store.js";
import { clauseTallyOf, type Ledger, mergeLedger, note, type RawLocation } from "../ledger.js";
import type {
  BlockResult,
  DecidedOccurrence,
  OccurrenceSink,
  RawOccurrence,
  RejectionSink,
  Where,
} from "../passage.js";
import {
  type AdoptedInput,
  addCounts,
  adoptCounts,
  type InputState,
  openedInput,
  takePlaces,
} from "./input-state.js";
import { judgeRules, type Party } from "./judge-rules.js";
import { type FindingLimits, LogFindings } from "./log-findings.js";
import { moved } from "./moved.js";
import type { Treatments } from "./treatments.js";

interface Sinks {
  readonly occurrences?: OccurrenceSink | undefined;
  readonly rejections?: RejectionSink | undefined;
}

export interface LogLimits extends FindingLimits {
  /** How many bytes the log rules may keep together. */
  readonly maxState: number;
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
 * Responsible for: taking in the results of blocks in the order of the log, adding them up, and judging the log once.
 * It holds counts, the listed locations and the log rules' observations, never events.
 * May not: read anything, or build a report.
 */
export class LogState {
  readonly inputs: InputState[] = [];
  /** What has been observed for the log rules. */
  readonly kept: KeptObservations;
  /** What the graph_update events add up to, by graph; the first ones only. */
  readonly graphs: GraphTotals[] = [];
  /** Which areas and events of the crosscuts a mapping and the log show. */
  readonly crosscuts: CrosscutRow[] = [];
  /** Rules that had given up when they were to judge: what they would have found nobody knows. */
  readonly givenUp: ({ readonly rule: string } & Shortage)[] = [];
  readonly #findings: LogFindings;
  readonly #rulebook: Rulebook;
  readonly #limits: LogLimits;
  readonly #sinks: Sinks;

  constructor(rulebook: Rulebook, limits: LogLimits, sinks: Sinks = {}) {
    this.#rulebook = rulebook;
    this.#limits = limits;
    this.#sinks = sinks;
    this.#findings = new LogFindings(rulebook, limits, sinks.occurrences);
    this.kept = new KeptObservations(rulebook.observers, limits.maxState);
  }

  get ledger(): Ledger {
    return this.#findings.ledger;
  }

  /** By the names of quotas that did not suffice, how many occurrences there are. */
  get overdrawn(): ReadonlyMap<string, number> {
    return this.#findings.overdrawn;
  }

  /** Begins the next input; the blocks that follow are its own. */
  open(path: string): InputState {
    const input = openedInput(path, this.#limits.policy);
    this.inputs.push(input);
    return input;
  }

  /** Counts in an input that another run has read to its end; what that run kept of it follows. */
  adopt(adopted: AdoptedInput): void {
    adoptCounts(this.open(adopted.path), adopted);
  }

  /** Takes in the next block of the input opened last. */
  take(block: BlockResult, lines: number): void {
    const index = this.inputs.length - 1;
    const input = this.inputs[index];
    if (input === undefined) throw new Error("no input is open");
    const base = takePlaces(block, input);
    const place = (line: number): Position => ({ input: index, line: base + line });
    this.#findings.add(moved(block.ledger, place), input);
    // These may yet be dropped: nothing is decided about them so far.
    mergeLedger(input.familyless, moved(block.familyless, place), this.#limits.maxFindings);
    for (const batch of block.batches) this.kept.take(batch, index, base);
    this.kept.keepWithinBudget(index);
    const { occurrences, rejections } = this.#sinks;
    for (const occurrence of block.occurrences)
      occurrences?.write(place(occurrence.line), decided(occurrence, input.treatments));
    for (const event of block.rejected) rejections?.write(place(event.line), event);
    addCounts(input, block, lines);
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
      this.#findings.addTexts(input);
      return;
    }
    this.#findings.add(input.familyless, input);
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
    this.#findings.takeBackWaivers();
  }

  #leaveUndecided({ id, clauses }: LogRule, shortage: Shortage): void {
    this.givenUp.push({ rule: id, ...shortage });
    for (const clause of clauses) this.#findings.leaveOpen(clause, gaveUp(id, shortage.limit));
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
      leaveOpen: (clause, reason) => this.#findings.leaveOpen(clause, reason),
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
    this.#findings.file(rule, draft, location, this.inputs[draft.at.input]);
  }
}

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
