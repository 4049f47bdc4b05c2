import type { Shortage } from "../engine/keep/kept.js";
import type { ClauseTally, FindingGroup, Ledger } from "../engine/ledger.js";
import { isDealt } from "../engine/log/dealt.js";
import type { AdoptedInput } from "../engine/log/input-state.js";
import type { PlacedGraph } from "../engine/log/log-state.js";
import { mergeLedger } from "../engine/merge-ledger.js";
import type { InputProblem } from "../input/find/discover.js";
import type { VerifiedPack } from "../input/find/evidence-pack.js";
import type { InputDigest } from "../input/open/open.js";
import { fileIdentity } from "../input/open/same-file.js";
import { isCarrierName } from "../model/carriers.js";
import type { Observer } from "../model/chart.js";
import type { Parts } from "../model/part.js";
import type { NotRead, RunError } from "../model/report.js";
import type { Position } from "../model/rule.js";
import { SharedLines } from "../model/shared-lines.js";
import type { ParsedRecord } from "../model/subject.js";
import { differenceIn } from "./header.js";
import {
  type ChartEntry,
  type KeysEntry,
  takeChart,
  takeFirsts,
  takeJudged,
  takeKeys,
} from "./judged-entries.js";
import { type KeptRow, rowParts } from "./kept-rows.js";
import type { JudgedBy, JudgedPartition, Partition, RunState, StateHeader } from "./run-state.js";
import { StateError } from "./state-error.js";
import type { StateSchema } from "./state-schema.js";

/** Everything except the run that reading a state needs. */
export interface StateReading {
  /** The header that the state must agree with. */
  readonly header: StateHeader;
  /** What the run judges by. Judged partitions must agree with it. */
  readonly judgedBy: JudgedBy;
  /** True if a rule, or a clause, has that id. */
  isRule(id: string): boolean;
  isClause(id: string): boolean;
  /** Makes a document's record from its text. */
  documentOf(text: string, path: string): Promise<ParsedRecord>;
  readonly signal?: AbortSignal;
}

/**
 * What a file is read as: a state or a judged partition; the base of a dealt state, for one partition; the rows of
 * that partition, whose base begins with the run's input of that number.
 */
export type ReadAs =
  | { readonly kind: "state" }
  | { readonly kind: "base"; readonly partition: number }
  | { readonly kind: "rows"; readonly partition: Partition; readonly firstInput: number };

/** The members of a line; each line has exactly one. The end is the reader's. */
export interface Entries {
  readonly header: StateHeader;
  readonly parts: Parts;
  readonly dealt: { readonly of: number; readonly files: readonly string[] };
  readonly partition: Partition;
  readonly judged: JudgedPartition;
  readonly input: AdoptedInput & InputDigest;
  readonly document: { readonly input: number; readonly text: string };
  readonly shared: {
    readonly input: number;
    readonly runs: readonly (readonly [at: number, count: number])[];
  };
  readonly problem: InputProblem;
  readonly error: RunError;
  readonly doubled: RunError;
  readonly pack: VerifiedPack;
  readonly unread: NotRead;
  readonly tally: ClauseTally & { readonly clause: string };
  readonly group: Omit<FindingGroup, "related"> & Partial<Pick<FindingGroup, "related">>;
  readonly shortage: Shortage & { readonly rule: string };
  readonly kept: { readonly rule: string; readonly rows: readonly KeptRow[] };
  readonly keys: KeysEntry;
  readonly firsts: { readonly rule: string; readonly rows: readonly KeptRow[] };
  readonly chart: ChartEntry;
  readonly graph: PlacedGraph;
}

/** Entries of a base that only one partition has to carry on. */
const CARRIED_ONCE: ReadonlySet<keyof Entries> = new Set(["document", "shared", "tally", "group", "kept"]);
/** The only entries of the rows of a partition. */
const ROW_ENTRIES: ReadonlySet<keyof Entries> = new Set(["header", "partition", "kept"]);

/**
 * Responsible for: entries of a state, untrusted -> the run that they belong to.
 * May not: judge, or read lines.
 */
export class EntryTaker {
  readonly #run: RunState;
  readonly #reading: StateReading;
  readonly #schema: StateSchema;
  readonly #as: ReadAs;
  readonly #observers: ReadonlyMap<string, Observer>;
  /** The run's number for the first input of the state. */
  #base: number;
  /** The parts of the log that the state covers. */
  parts: Parts = { runs: 1 };
  dealt: Entries["dealt"] | undefined;
  isFurther = false;
  #partition: Partition | undefined;
  #judged: JudgedPartition | undefined;

  constructor(run: RunState, reading: StateReading, schema: StateSchema, as: ReadAs) {
    this.#run = run;
    this.#reading = reading;
    this.#schema = schema;
    this.#as = as;
    this.#base = as.kind === "rows" ? as.firstInput : run.log.inputs.length;
    this.#observers = new Map([...run.log.kept].map((observer) => [observer.id, observer]));
  }

  /** Takes an entry whose value fits the schema. @throws StateError if it does not fit the run */
  take<Kind extends keyof Entries>(kind: Kind, value: unknown): void | Promise<void> {
    const as = this.#as;
    if (as.kind === "rows" && !ROW_ENTRIES.has(kind)) throw new StateError("this is no partition of a state");
    if (as.kind === "base" && as.partition !== 1 && CARRIED_ONCE.has(kind)) return;
    // The schema has checked that the value fits the member's name.
    return this.#take[kind](value as Entries[Kind]);
  }

  /** @throws StateError if the file is another one than it is read as */
  finish(): void {
    const as = this.#as;
    if (as.kind === "base" && this.dealt === undefined)
      throw new StateError("the state was not dealt into partitions: --partitions does that");
    if (as.kind === "rows" && this.#partition === undefined)
      throw new StateError("this is no partition of a state");
    if (as.kind === "state" && this.#judged === undefined && this.#run.judged !== undefined)
      throw new StateError("a judged partition and the state of a log cannot be merged");
  }

  readonly #take: { readonly [Kind in keyof Entries]: (value: Entries[Kind]) => void | Promise<void> } = {
    header: (header) => {
      const difference = differenceIn(header, this.#reading.header);
      if (difference !== undefined) throw new StateError(difference);
    },
    parts: (parts) => {
      this.parts = parts;
    },
    dealt: (dealt) => {
      if (this.#as.kind !== "base")
        throw new StateError("the state was dealt into partitions: merge --partition judges them");
      if (dealt.files.length !== dealt.of) throw new StateError("a partition has no digest");
      this.dealt = dealt;
    },
    partition: (partition) => this.#takePartition(partition),
    judged: (judged) => {
      if (this.#as.kind !== "state") throw new StateError("the partition has been judged already");
      takeJudged(this.#run, judged, this.#reading.judgedBy);
      this.#judged = judged;
      this.isFurther = judged.number > 1;
      if (this.isFurther) this.#base = 0;
    },
    input: (input) => this.#takeInput(input),
    document: async ({ input, text }) => {
      const number = this.#inputOf(input);
      const path = this.#run.log.inputs[number]?.path ?? "";
      this.#run.documents.set(number, await this.#reading.documentOf(text, path));
    },
    shared: (shared) => this.#takeShared(shared),
    problem: (problem) => void this.#run.problems.push(problem),
    error: (error) => void this.#run.errors.push(error),
    doubled: (error) => void this.#run.doubled.push(error),
    pack: (pack) => void this.#run.packs.push(pack),
    unread: (unread) => void this.#run.notRead.push(unread),
    tally: (tally) => this.#takeTally(tally),
    group: (group) => this.#takeGroup(group),
    shortage: ({ rule, limit, input }) => {
      const { id } = this.#observing(rule);
      this.#run.log.kept.giveUp(id, { limit, input: this.#inputOf(input) });
    },
    kept: (kept) => this.#takeKept(kept),
    keys: (entry) => {
      this.#refuseUnlessJudged();
      takeKeys(this.#run, entry, (at) => this.#placed(at));
    },
    firsts: ({ rule, rows }) => {
      this.#refuseUnlessJudged();
      this.#refuseValues(rule, rows);
      takeFirsts(this.#run, this.#observing(rule).rules, rows, (at) => this.#placed(at));
    },
    chart: (entry) => {
      this.#refuseUnlessJudged();
      refuse("the sum of a chart", this.#schema.sumOf(entry.id)(entry.sum));
      takeChart(this.#run, entry);
    },
    graph: ({ totals, first }) => {
      this.#refuseUnlessJudged();
      this.#run.log.addGraph({ totals, first: this.#placed(first) });
    },
  };

  #takePartition({ number, of }: Partition): void {
    const as = this.#as;
    if (as.kind !== "rows")
      throw new StateError(
        "this is one partition of a state: merge --partition takes the folder that it is in",
      );
    if (number !== as.partition.number || of !== as.partition.of)
      throw new StateError(
        `this is partition ${number} of ${of}, and partition ${as.partition.number} of ${as.partition.of} is wanted`,
      );
    this.#partition = { number, of };
  }

  async #takeInput({ sha256, bytes, ...counted }: Entries["input"]): Promise<void> {
    if (this.isFurther) throw new StateError("only the first partition has inputs");
    const { path, carriers } = counted;
    const { unwrap } = this.#reading.header;
    for (const [name] of carriers)
      if (!isCarrierName(name) && name !== unwrap) throw new StateError("a carrier is unknown");
    const { log, digests, index } = this.#run;
    const identity = await fileIdentity(path);
    if (bytes > 0 && index.of(identity).some((input) => digests[input]?.sha256 === sha256))
      throw new StateError(`${path} is an input twice, with the same content: it must not count twice`);
    log.adopt(counted);
    const input = digests.push({ sha256, bytes }) - 1;
    index.add(input, identity, { sha256, bytes });
  }

  #takeShared({ input, runs }: Entries["shared"]): void {
    const owner = this.#run.log.inputs[this.#inputOf(input)];
    if (owner === undefined) return;
    owner.shared ??= new SharedLines();
    for (const [at, count] of runs) {
      if (at < owner.shared.end) throw new StateError("records that share a line are out of order");
      owner.shared.add({ at, count });
    }
  }

  #takeTally({ clause, witness, attestation, ...counts }: Entries["tally"]): void {
    this.#refuseUnknown([], [clause]);
    const tally = {
      ...counts,
      ...(witness !== undefined && { witness: this.#placed(witness) }),
      ...(attestation !== undefined && {
        attestation: { ...attestation, at: this.#placed(attestation.at) },
      }),
    };
    this.#merge({ tallies: new Map([[clause, tally]]), groups: new Map() });
  }

  #takeGroup({ related = [], ...group }: Entries["group"]): void {
    this.#refuseUnknown([group.rule], group.clauses);
    if (group.count === 0 && group.locations.length === 0) throw new StateError("a finding has no place");
    const locations = group.locations.map((location) => this.#located(location));
    const placed = locations.map((_, index) => (related[index] ?? []).map((other) => this.#located(other)));
    const merged = { ...group, locations, related: placed };
    this.#merge({ tallies: new Map(), groups: new Map([["", merged]]) });
  }

  #located<Located extends FindingGroup["locations"][number]>(location: Located): Located {
    const { at, differsFrom } = location;
    return {
      ...location,
      at: this.#placed(at),
      ...(differsFrom !== undefined && { differsFrom: this.#placed(differsFrom) }),
    };
  }

  #takeKept({ rule: id, rows }: Entries["kept"]): void {
    const observer = this.#observing(id);
    if (this.#as.kind === "rows" && !isDealt(observer)) throw new StateError("a rule's keys cannot be dealt");
    this.#refuseValues(id, rows);
    const { kept } = this.#run.log;
    for (const { input, batch } of rowParts(observer, rows)) kept.take(batch, this.#inputOf(input), 0);
    kept.keepWithinBudget(this.#run.log.inputs.length - 1);
  }

  #refuseValues(rule: string, rows: readonly KeptRow[]): void {
    const allowed = this.#schema.rowsOf(rule);
    for (const row of rows) {
      const [value, attachment] = [row[3], row[7]];
      refuse("a value", allowed.value(value));
      if (attachment !== undefined) refuse("an attachment", allowed.attachment(attachment));
    }
  }

  #merge(part: Ledger): void {
    mergeLedger(this.#run.log.ledger, part, this.#reading.header.maxFindings);
  }

  #placed({ input, line }: Position): Position {
    return { input: this.#inputOf(input), line };
  }

  #inputOf(input: number): number {
    const number = this.#base + input;
    if (number >= this.#run.log.inputs.length) throw new StateError(`there is no input ${input} before this`);
    return number;
  }

  /** The observer of a source, by the id that a state names. */
  #observing(id: string): Observer {
    const observer = this.#observers.get(id);
    if (observer === undefined) throw new StateError("nothing is kept for the rule that is named");
    return observer;
  }

  #refuseUnlessJudged(): void {
    if (this.#judged === undefined) throw new StateError("only a judged partition has this entry");
  }

  #refuseUnknown(rules: readonly string[], clauses: readonly string[]): void {
    if (!rules.every(this.#reading.isRule) || !clauses.every(this.#reading.isClause))
      throw new StateError("a rule or a clause is unknown");
  }
}

function refuse(what: string, complaint: string | undefined): void {
  if (complaint !== undefined) throw new StateError(`${what} is not one that the rule keeps: ${complaint}`);
}
