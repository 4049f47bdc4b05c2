import type { KindCount, KindOwner, KnownRecords, OwnValue, Program, Rows } from "../../model/kinds.js";
import type { Terms } from "../../model/likeness.js";
import type { RecordSpan } from "../frame/blocks.js";
import { giveBack, type Instance, takeInstance } from "./instances.js";
import { type MemberNames, memberOf } from "./members.js";
import { encoded } from "./programs.js";
import { drainedRows, joinedRows } from "./rows.js";
import { DIGEST, type Scanned } from "./scan-record.js";
import { writeLines } from "./write-text.js";

/** A line that the scanner stopped at. The digests and the likeness are whole numbers up to 2^52. */
export interface ScannedLine extends Scanned {
  readonly span: RecordSpan;
  readonly likeness: number;
  /** The digest of an object with its payload alone. Only with a likeness. */
  readonly payload: number;
  /** Only with a likeness. */
  readonly own: readonly OwnPlace[];
  /** The bytes that hold the own values. */
  readonly ownIn: Buffer;
}

/** Where an own value stands in these bytes. */
interface OwnPlace extends Omit<OwnValue, "text"> {
  readonly start: number;
  readonly length: number;
}

// Why a scan stops; see assembly/index.ts.
const AT_END = 0;
const AT_FULL = 2;

/** The classes of own values, by the numbers of assembly/likeness.ts; all others are whole numbers. */
const WHAT: Readonly<Record<number, OwnValue["what"]>> = { 1: "uuid", 2: "time", 6: "name", 12: "id" };

const NONE: readonly OwnPlace[] = [];

/** Scans the lines of one block. It takes the records of known kinds by itself and stops at all others. */
export class LineScan implements KnownRecords {
  counts: readonly KindCount[] = [];
  rows: readonly (Rows | null)[] = [];
  ends: { readonly first: number; readonly last: number } | undefined;
  readonly #bytes: Buffer;
  /** The same lines, some of which the scanner has spelled otherwise. */
  #respelled: Buffer | undefined;
  readonly #drained: Rows[][] = [];
  #instance: Instance | undefined;
  #input: object | undefined;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /**
   * The lines that JavaScript must examine, in order, without blank lines.
   *
   * @param isUtf8 true if all bytes are
   * @param owner of the kinds; without one, none is known
   * @param input of the block, if kinds may be known in its blocks only
   */
  *lines(
    isUtf8: boolean,
    terms: Terms,
    owner: KindOwner | undefined,
    input?: object,
  ): Generator<ScannedLine> {
    const instance = takeInstance(terms, owner, input);
    this.#input = input;
    this.#instance = instance;
    try {
      writeLines(this.#bytes, instance.wasm);
      instance.wasm.beginLines(this.#bytes.length, isUtf8);
      for (let why = instance.wasm.scanLines(); why !== AT_END; why = instance.wasm.scanLines()) {
        if (why === AT_FULL) this.#drain(instance);
        else yield lineIn(instance, this.#bytes);
      }
      this.#drain(instance);
      this.#finish(instance);
    } finally {
      instance.wasm.endLines();
      this.#instance = undefined;
      giveBack(instance);
    }
  }

  take(): boolean {
    return this.#scanning.wasm.runRecord() !== 0;
  }

  learn(likeness: number, kind: unknown, program: Program, isOfInput: boolean): boolean {
    const instance = this.#scanning;
    const { wasm, kinds } = instance;
    const bytes = encoded(program);
    const address = wasm.addKind(likeness, bytes.length);
    if (address === 0) return false;
    new Uint8Array(wasm.memory.buffer, address, bytes.length).set(bytes);
    kinds.push(kind);
    if (isOfInput) instance.input = this.#input;
    return true;
  }

  get text(): Buffer {
    return this.#respelled ?? this.#bytes;
  }

  get #scanning(): Instance {
    if (this.#instance === undefined) throw new Error("no line of this block is being scanned");
    return this.#instance;
  }

  #finish({ wasm, kinds }: Instance): void {
    this.rows = this.#drained.map(joinedRows);
    this.counts = countsIn(wasm, kinds);
    if (wasm.hasRespelled.value !== 0) this.#respelled = textIn(wasm, 0, this.#bytes.length);
    const [first, last] = [wasm.firstKnown.value, wasm.lastKnown.value];
    if (first >= 0) this.ends = { first, last };
  }

  #drain({ wasm, owner }: Instance): void {
    const sources = owner?.rowSizes.length ?? 0;
    for (let source = 0; source < sources; source++) {
      const rows = drainedRows(wasm, source);
      const known = this.#drained[source] ?? [];
      this.#drained[source] = known;
      if (rows !== undefined) known.push(rows);
    }
    wasm.emptyBuffers();
  }
}

type Wasm = Instance["wasm"];

function lineIn({ wasm, names }: Instance, bytes: Buffer): ScannedLine {
  const likeness = wasm.recordLikeness.value;
  const [start, end] = [wasm.recordStart.value, wasm.recordEnd.value];
  const isAsWritten = likeness === 0 || wasm.isRespelled.value === 0;
  return {
    span: { start, end, line: wasm.recordLine.value, column: 1 },
    flags: wasm.recordFlags.value,
    content: wasm.digest(DIGEST.content),
    delivery: wasm.digest(DIGEST.delivery),
    likeness,
    payload: likeness === 0 ? 0 : wasm.digest(DIGEST.payload),
    own: likeness === 0 ? NONE : ownPlaces(wasm, names, isAsWritten ? 0 : start),
    ownIn: isAsWritten ? bytes : textIn(wasm, start, end),
  };
}

/** A copy of what the scanner has of the lines. */
function textIn({ memory, TEXT }: Wasm, start: number, end: number): Buffer {
  return Buffer.from(memory.buffer.slice(TEXT.value + start, TEXT.value + end));
}

/** @param base where the bytes that hold the values begin in the block */
function ownPlaces(wasm: Wasm, names: MemberNames, base: number): readonly OwnPlace[] {
  const members = new Uint8Array(wasm.memory.buffer, wasm.OWN_MEMBERS.value, 2 * wasm.ownCount());
  const places = new Uint32Array(wasm.memory.buffer, wasm.OWN_AT.value);
  const own: OwnPlace[] = [];
  for (let index = 0; index < members.length; index += 2) {
    const member = members[index] ?? 0;
    const what = WHAT[members[index + 1] ?? 0] ?? "integer";
    const [start = 0, length = 0] = [places[2 * member], places[2 * member + 1]];
    own.push({ member, ...memberOf(names, member), what, start: start - base, length });
  }
  return own;
}

/** Words of a kind; see KINDS in assembly/layout.ts. */
const KIND_WORDS = 4;

function countsIn(wasm: Wasm, kinds: readonly unknown[]): readonly KindCount[] {
  const words = new Uint32Array(wasm.memory.buffer, wasm.KINDS.value, (kinds.length + 1) * KIND_WORDS);
  const counts: KindCount[] = [];
  for (const [index, kind] of kinds.entries()) {
    const at = (index + 1) * KIND_WORDS;
    const [count = 0, first = 0] = [words[at + 2], words[at + 3]];
    if (count > 0) counts.push({ kind, count, first });
  }
  return counts;
}
