import type { Observer } from "../../model/chart.js";
import type { ClaimName } from "../../model/claim.js";
import type { Discretion } from "../../model/discretion.js";
import type {
  CrosscutRow,
  GraphTotals,
  Kept,
  LogDraft,
  LogRule,
  Position,
  RunFacts,
  StatedRuntime,
} from "../../model/rule.js";
import { isAskedFor, type Rulebook } from "../block/rulebook.js";
import { KeptObservations, type Shortage } from "../keep/kept.js";
import type { ObservationStore } from "../keep/store.js";
import { clauseTallyOf, comparePositions, type Ledger, note, type RawLocation } from "../ledger.js";
import { mergeLedger } from "../merge-ledger.js";
import type { BlockResult, OccurrenceSink, RejectionSink, Where } from "../passage.js";
import { ChartSums } from "./chart-sums.js";
import { type Dealt, isDealt, keptOf } from "./dealt.js";
import { decided } from "./decided.js";
import {
  type AdoptedInput,
  addCounts,
  adoptCounts,
  type InputState,
  openedInput,
  takePlaces,
} from "./input-state.js";
import { conclude, judgeKeys, keptIn } from "./judge-rules.js";
import type { Party } from "./key-judge.js";
import { type KeysJudged, NO_KEYS } from "./keys-judged.js";
import { type FindingLimits, LogFindings } from "./log-findings.js";
import { moved } from "./moved.js";

interface Sinks {
  readonly occurrences?: OccurrenceSink | undefined;
  readonly rejections?: RejectionSink | undefined;
}

export interface LogLimits extends FindingLimits {
  /** Bytes that all log rules together may keep. */
  readonly maxState: number;
}

/** Everything except the log that the judgement depends on. */
export interface Circumstances {
  /** True if the caller declared that the log covers the whole run. */
  readonly isComplete: boolean;
  /** The claims that were made. If undefined, each rule that observes for a claim judges as if the claim were made. */
  readonly claims?: readonly ClaimName[];
  /** What the run could not read or judge, in words. */
  readonly gap?: string | undefined;
  /** How much of the senders' texts may be shown. Default: everything. */
  readonly discretion?: Discretion;
}

/** The totals of a graph, and where it comes up first in the log. */
export interface PlacedGraph {
  readonly totals: GraphTotals;
  readonly first: Position;
}

/** A report lists no more graphs than this. */
const MAX_GRAPHS = 100;
/** A report lists no more runtimes than this. */
const MAX_RUNTIMES = 20;

/**
 * Responsible for: adding the results of blocks in the order of the log; judging the log once.
 * It holds counts, the listed locations and the log rules' observations, never events.
 * May not: read anything, or build a report.
 */
export class LogState {
  readonly inputs: InputState[] = [];
  /** The observations that the log rules keep. */
  readonly kept: KeptObservations;
  /** What partitions of the keys have shown, for the rules whose keys are dealt; empty in a run that judges all keys. */
  readonly dealt = new Map<string, Dealt>();
  /** What charts sum up of the keys that have been judged. */
  readonly charts = new ChartSums();
  /** The areas and events of the crosscuts that a mapping and the log show. */
  readonly crosscuts: CrosscutRow[] = [];
  /** The runtimes that mappings name, in the order of the inputs; only the first MAX_RUNTIMES. */
  readonly runtimes: (StatedRuntime & { readonly at: Position })[] = [];
  /** Rules that ran out of memory before they judged: their findings are unknown. */
  readonly givenUp: ({ readonly rule: string } & Shortage)[] = [];
  readonly #graphs: PlacedGraph[] = [];
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

  /** Number of occurrences by the name of each quota that was exceeded. */
  get overdrawn(): ReadonlyMap<string, number> {
    return this.#findings.overdrawn;
  }

  /** Begins the next input; the blocks that follow belong to it. */
  open(path: string): InputState {
    const input = openedInput(path, this.#limits.policy);
    this.inputs.push(input);
    return input;
  }

  /** Adds the counts of an input that another run has read completely. The observations of that run follow. */
  adopt(adopted: AdoptedInput): void {
    adoptCounts(this.open(adopted.path), adopted);
  }

  /** Adds the next block of the input that was opened last. */
  take(block: BlockResult, lines: number): void {
    const index = this.inputs.length - 1;
    const input = this.inputs[index];
    if (input === undefined) throw new Error("no input is open");
    const base = takePlaces(block, input);
    const place = (line: number): Position => ({ input: index, line: base + line });
    this.#findings.add(moved(block.ledger, place), input);
    // No policy decision yet: one finding about the file may replace these findings.
    mergeLedger(input.familyless, moved(block.familyless, place), this.#limits.maxFindings);
    for (const batch of block.batches) this.kept.take(batch, index, base);
    this.kept.keepWithinBudget(index);
    const { occurrences, rejections } = this.#sinks;
    for (const occurrence of block.occurrences)
      occurrences?.write(place(occurrence.line), decided(occurrence, input.treatments));
    for (const event of block.rejected) rejections?.write(place(event.line), event);
    addCounts(input, block, lines);
  }

  /** The path, line and record of a position. */
  whereIs({ input, line: place }: Position): Where {
    const { path = "", shared } = this.inputs[input] ?? {};
    if (shared === undefined) return { path, line: place + 1 };
    const record = shared.recordOf(place);
    return { path, line: shared.lineOf(place) + 1, ...(record !== undefined && { record }) };
  }

  /**
   * Ends the input that was opened last: reports the file rule's finding, or else those about events without a
   * family.
   */
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

  /** The totals of the graph_update events, by graph, in the order of the log; only the first MAX_GRAPHS. */
  get graphs(): readonly PlacedGraph[] {
    return this.#graphs.sort((a, b) => comparePositions(a.first, b.first)).slice(0, MAX_GRAPHS);
  }

  /** Adds a graph that a partition of the keys has shown. */
  addGraph(graph: PlacedGraph): void {
    this.#graphs.push(graph);
  }

  /** Judges what only the whole log shows, one step at a time. Run it to its end once, after the last input. */
  *judge(circumstances: Circumstances): Generator<undefined> {
    for (const { store, ...observer } of this.kept) {
      const parties = this.#parties(observer.rules, circumstances);
      if ("limit" in store) for (const { rule } of parties) this.#leaveUndecided(rule, store);
      else yield* this.#judgeAll(observer, parties, store);
    }
  }

  /** Judges the keys of one partition, as `judge` does; nothing is concluded. What they show is in `dealt`. */
  *judgePartition(circumstances: Circumstances): Generator<undefined> {
    for (const { store, ...observer } of this.kept) {
      const parties = this.#parties(observer.rules, circumstances);
      if (!isDealt(observer) || "limit" in store) continue;
      const judged = yield* this.#judgeKeys(observer, parties, store);
      for (const [index, { rule }] of parties.entries()) {
        const keys = judged[index];
        if (keys === undefined) continue;
        this.dealt.set(rule.id, { keys: this.#concludedHere(parties[index], store, keys), kept: new Map() });
      }
    }
  }

  /** Judges the run itself: its configuration and the files that changed. A finding stands on the file's first line. */
  judgeRun(facts: RunFacts): void {
    const at = { input: 0, line: 0 };
    for (const rule of this.#rulebook.run) {
      for (const draft of rule.judge(facts)) this.#file(rule, { ...draft, at }, { at, path: draft.path });
    }
  }

  /** Takes back the waivers whose quota was exceeded. Call it once, after everything is judged. */
  takeBackWaivers(): void {
    this.#findings.takeBackWaivers();
  }

  #leaveUndecided({ id, clauses }: LogRule, shortage: Shortage): void {
    this.givenUp.push({ rule: id, ...shortage });
    for (const clause of clauses) this.#findings.leaveOpen(clause, gaveUp(id, shortage.limit));
  }

  /** The rules that are asked, with what they report through. */
  #parties(rules: readonly LogRule[], circumstances: Circumstances): readonly Party[] {
    const { claims } = circumstances;
    const asked = claims === undefined ? rules : rules.filter((rule) => isAskedFor(rule, claims));
    return asked.map((rule) => ({ rule, judging: this.#judgingOf(rule, circumstances) }));
  }

  *#judgeAll(observer: Observer, parties: readonly Party[], store: ObservationStore): Generator<undefined> {
    const earlier = parties.map(({ rule: { id } }) => this.dealt.get(id));
    const isJudged = earlier.some((each) => each !== undefined) || this.charts.hasAny(observer.charts);
    const judged = isJudged ? [] : yield* this.#judgeKeys(observer, parties, store);
    for (const [index, party] of parties.entries()) {
      const dealt = earlier[index];
      const keys = dealt?.keys ?? judged[index] ?? NO_KEYS;
      const { source } = party.rule;
      this.#conclude(
        party,
        dealt === undefined ? keptIn(store, source, keys.sums) : keptOf(dealt, source),
        keys,
      );
    }
  }

  *#judgeKeys({ source, charts }: Observer, parties: readonly Party[], store: ObservationStore) {
    if (parties.length === 0 && charts.length === 0) return [];
    return yield* judgeKeys(
      source,
      parties,
      charts.map((chart) => this.charts.open(chart)),
      store,
    );
  }

  /** Concludes from the keys of one partition, if that is enough for the rule. */
  #concludedHere(party: Party | undefined, store: ObservationStore, keys: KeysJudged): KeysJudged {
    if (party?.rule.concludesFrom !== "partition") return keys;
    const kept = keptIn(store, party.rule.source, keys.sums);
    const { concluded, violations } = conclude(party, kept, keys, this.inputs.length > 0);
    return { ...keys, concluded, violations };
  }

  #conclude(party: Party, kept: Kept<unknown>, keys: KeysJudged): void {
    const { checked, witness } = conclude(party, kept, keys, this.inputs.length > 0);
    for (const clause of party.rule.clauses) {
      const tally = clauseTallyOf(this.ledger, clause);
      tally.checked += checked;
      if (witness !== undefined) tally.witness = witness;
    }
  }

  #judgingOf(rule: LogRule, { isComplete, claims = [], gap, discretion }: Circumstances): Party["judging"] {
    return {
      isComplete,
      claims,
      ...(gap !== undefined && { gap }),
      options: { ...rule.options, ...this.#limits.policy.options?.[rule.id] },
      shownId: (id) => discretion?.id(id) ?? id,
      emit: (draft, turn) => this.#file(rule, draft, { ...locationOf(draft), turn }),
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
      listRuntime: (runtime, at) => {
        if (this.runtimes.length < MAX_RUNTIMES) this.runtimes.push({ ...runtime, at });
      },
      listGraph: (totals, first) => {
        if (this.#graphs.length < MAX_GRAPHS) this.#graphs.push({ totals, first });
      },
    };
  }

  #file(rule: Rulebook["rules"][number], draft: LogDraft, location: RawLocation): void {
    this.#findings.file(rule, draft, location, this.inputs[draft.at.input]);
  }
}

/** The reason for a clause whose rule ran out of memory. */
export function gaveUp(rule: string, limit: string): string {
  return `rule ${rule} ran out of memory: the values that it compares take more than ${limit}`;
}

function locationOf({ at, pointer, absent }: LogDraft): RawLocation {
  return absent === true ? { at, absent } : { at, pointer };
}
