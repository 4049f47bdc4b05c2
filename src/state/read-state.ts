import { createHash } from "node:crypto";
import type { Shortage } from "../engine/keep/kept.js";
import { type ClauseTally, type FindingGroup, type Ledger, mergeLedger } from "../engine/ledger.js";
import type { AdoptedInput } from "../engine/log/input-state.js";
import type { InputProblem } from "../input/find/discover.js";
import type { VerifiedPack } from "../input/find/evidence-pack.js";
import { type InputDigest, openInput } from "../input/open/open.js";
import { isReadError, reasonOf } from "../input/open/reasons.js";
import { fileIdentity } from "../input/open/same-file.js";
import { isCarrierName } from "../model/carriers.js";
import { MAX_DEPTH, parsedJson } from "../model/parsed-json.js";
import type { Parts } from "../model/part.js";
import type { NotRead, RunError } from "../model/report.js";
import type { LogRule, Position } from "../model/rule.js";
import { SharedLines } from "../model/shared-lines.js";
import { isJsonObject, type ParsedRecord } from "../model/subject.js";
import { differenceIn } from "./header.js";
import { type KeptRow, rowParts } from "./kept-rows.js";
import {
  MAX_LINE_BYTES,
  MAX_TEXT_LENGTH,
  type RunState,
  STATE_VERSION,
  type StateHeader,
} from "./run-state.js";
import { StateError } from "./state-error.js";
import { type StateSchema, stateSchema } from "./state-schema.js";
import { textLines } from "./text-lines.js";

/** Everything except the run that reading a state needs. */
export interface StateReading {
  /** The header that the state must agree with. */
  readonly header: StateHeader;
  /** True if a rule, or a clause, has that id. */
  isRule(id: string): boolean;
  isClause(id: string): boolean;
  /** Makes a document's record from its text. */
  documentOf(text: string, path: string): Promise<ParsedRecord>;
  readonly signal?: AbortSignal;
}

/**
 * Adds a state to a run, as if the run had read its inputs next. The file is not trusted and is added line by line:
 * if it is refused, the lines before the error have been added already.
 *
 * @param path of the file, "-" for standard input; it may be compressed
 * @returns the parts of the log that the state covers
 * @throws StateError if the file cannot be read, is no complete state, or does not fit the run
 */
export async function addState(path: string, run: RunState, reading: StateReading): Promise<Parts> {
  const reader = new StateReader(run, reading, await stateSchema());
  const { signal } = reading;
  try {
    const { chunks } = openInput(path, signal === undefined ? {} : { signal });
    for await (const line of textLines(chunks, MAX_LINE_BYTES)) {
      signal?.throwIfAborted();
      await reader.take(line);
    }
    reader.finish();
    return reader.parts;
  } catch (error) {
    if (signal?.aborted === true) throw new StateError(`${path}: interrupted, nothing was judged`);
    if (error instanceof StateError) throw new StateError(`${path}:${reader.line}: ${error.message}`);
    if (!isReadError(error)) throw error;
    throw new StateError(`${path}: ${reasonOf(error)}`);
  }
}

/** The members of a line; each line has exactly one. */
interface Entries {
  readonly header: StateHeader;
  readonly parts: Parts;
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
  readonly group: Omit<FindingGroup, "related">;
  readonly shortage: Shortage & { readonly rule: string };
  readonly kept: { readonly rule: string; readonly rows: readonly KeptRow[] };
  readonly end: { readonly lines: number; readonly sha256: string };
}

class StateReader {
  readonly #run: RunState;
  readonly #reading: StateReading;
  readonly #schema: StateSchema;
  /** The first log rule of each group that names the same source, by its id. */
  readonly #observers: ReadonlyMap<string, LogRule>;
  /** The run's number for the first input of the state. */
  readonly #base: number;
  readonly #hash = createHash("sha256");
  #line = 0;
  /** Characters so far in lines whose rows hold more than numbers. */
  #textLength = 0;
  #hasEnded = false;
  /** The parts of the log that the state covers. */
  parts: Parts = { runs: 1 };

  constructor(run: RunState, reading: StateReading, schema: StateSchema) {
    this.#run = run;
    this.#reading = reading;
    this.#schema = schema;
    this.#base = run.log.inputs.length;
    this.#observers = new Map([...run.log.kept].map(({ rules: [first] }) => [first.id, first]));
  }

  /** The line taken last, from 1; 1 before the first line. */
  get line(): number {
    return Math.max(1, this.#line);
  }

  async take(text: string): Promise<void> {
    this.#line++;
    if (this.#hasEnded) throw new StateError("there is more after the end");
    const entry = parsed(text);
    if (this.#line === 1) refuseOthers(entry);
    const complaint = this.#schema.line(entry);
    if (complaint !== undefined) throw new StateError(`this is no line of a state: ${complaint}`);
    this.#countText(entry.kept, text.length);
    for (const kind of Object.keys(this.#take) as (keyof Entries)[])
      if (Object.hasOwn(entry, kind)) await this.#takeEntry(kind, entry[kind]);
    if (!this.#hasEnded) this.#hash.update(text).update("\n");
  }

  finish(): void {
    if (!this.#hasEnded) throw new StateError("the state ends too early: what follows is missing");
  }

  /** Rows of numbers are excluded: their stores count their own memory. */
  #countText(kept: unknown, length: number): void {
    const [row] = (kept as Entries["kept"] | undefined)?.rows ?? [];
    const [value] = row === undefined ? [] : [row[3]].flat();
    if (typeof value === "number" && row?.[7] === undefined) return;
    this.#textLength += length;
    if (this.#textLength > MAX_TEXT_LENGTH)
      throw new StateError(`the state holds more than ${MAX_TEXT_LENGTH} characters besides numbers`);
  }

  #takeEntry(kind: keyof Entries, value: unknown): void | Promise<void> {
    if ((kind === "header") !== (this.#line === 1))
      throw new StateError("a state has one header, on its first line");
    // The schema has checked that the value fits the member's name.
    return (this.#take[kind] as (value: unknown) => void | Promise<void>)(value);
  }

  readonly #take: { readonly [Kind in keyof Entries]: (value: Entries[Kind]) => void | Promise<void> } = {
    header: (header) => {
      const difference = differenceIn(header, this.#reading.header);
      if (difference !== undefined) throw new StateError(difference);
    },
    parts: (parts) => {
      this.parts = parts;
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
    tally: ({ clause, witness, ...counts }) => {
      this.#refuseUnknown([], [clause]);
      const tally = { ...counts, ...(witness !== undefined && { witness: this.#placed(witness) }) };
      this.#merge({ tallies: new Map([[clause, tally]]), groups: new Map() });
    },
    group: (group) => {
      this.#refuseUnknown([group.rule], group.clauses);
      if (group.count === 0 && group.locations.length === 0) throw new StateError("a finding is of nothing");
      const locations = group.locations.map((location) => ({ ...location, at: this.#placed(location.at) }));
      const related = locations.map(() => []);
      this.#merge({ tallies: new Map(), groups: new Map([["", { ...group, locations, related }]]) });
    },
    shortage: ({ rule, limit, input }) => {
      const { id } = this.#observing(rule);
      this.#run.log.kept.giveUp(id, { limit, input: this.#inputOf(input) });
    },
    kept: (kept) => this.#takeKept(kept),
    end: ({ lines, sha256 }) => {
      if (lines !== this.#line - 1 || sha256 !== this.#hash.digest("hex"))
        throw new StateError("the file is damaged: its lines are not those that were written");
      this.#hasEnded = true;
    },
  };

  async #takeInput({ sha256, bytes, ...counted }: Entries["input"]): Promise<void> {
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

  #takeKept({ rule: id, rows }: Entries["kept"]): void {
    const rule = this.#observing(id);
    this.#refuseValues(id, rows);
    const { kept } = this.#run.log;
    for (const { input, batch } of rowParts(rule, rows)) kept.take(batch, this.#inputOf(input), 0);
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

  /** The log rule with the id that a state names. */
  #observing(id: string): LogRule {
    const rule = this.#observers.get(id);
    if (rule === undefined) throw new StateError("nothing is kept for the rule that is named");
    return rule;
  }

  #refuseUnknown(rules: readonly string[], clauses: readonly string[]): void {
    if (!rules.every(this.#reading.isRule) || !clauses.every(this.#reading.isClause))
      throw new StateError("a rule or a clause is unknown");
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  // A state wraps a record, so it may nest deeper than one.
  const value = parsedJson(text, 2 * MAX_DEPTH);
  if (isJsonObject(value)) return value;
  throw new StateError("this is no line of a state of mplp-check");
}

/** Refuses files that are no state, and states of another version, with a message of their own. */
function refuseOthers({ header }: Readonly<Record<string, unknown>>): void {
  if (!isJsonObject(header)) throw new StateError("this is no state of mplp-check: --state-out writes one");
  const { version } = header;
  if (typeof version === "number" && version !== STATE_VERSION)
    throw new StateError(`the state is of version ${version}, and only version ${STATE_VERSION} is read`);
}

function refuse(what: string, complaint: string | undefined): void {
  if (complaint !== undefined) throw new StateError(`${what} is not one that the rule keeps: ${complaint}`);
}
