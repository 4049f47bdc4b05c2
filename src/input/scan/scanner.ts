import { NO_TERMS, type Terms } from "../../model/likeness.js";
import { takingMemory } from "../open/wasm-memory.js";
import { type Factors, KNOWN_FACTORS, writeFactors } from "./factors.js";
import { LineTable, type Scanned } from "./line-table.js";
import { drawKeys, judgeMembers } from "./members.js";
import { fillSignTables } from "./sign-tables.js";
import { instantiate, type Wasm } from "./wasm.js";

/** What the scanner reports of a record besides signs of secrets. The numbers are those of assembly/flags.ts. */
export const FLAG = {
  /** Bytes outside ASCII. */
  wide: 16,
  /** A member may be repeated or replaced, or the record nests deeply. */
  intricate: 32,
  /** The spelling differs from JSON.stringify: the digests are not those of the value. */
  unusual: 64,
  /** Nested so deeply that the scanner stopped. */
  deep: 128,
} as const;

/** Smallest number of lines in a table, and the bytes per line that allow more. */
const FEWEST_ROWS = 4096;
const BYTES_A_ROW = 64;

/** Number of containers around a value that the scanner follows; see assembly/layout.ts. */
const LEVELS = 64;
const LEVEL_BYTES = 16;

/**
 * Scans lines of NDJSON with any content; the table leaves out blank lines.
 *
 * @param from offset of the first line
 * @param line number of the first line
 * @param terms decide which records are alike
 * @returns as many lines as one table holds; the next table begins at its end
 */
export function scanLines(bytes: Uint8Array, from: number, line: number, terms = NO_TERMS): LineTable {
  const length = bytes.length - from;
  const room = Math.max(FEWEST_ROWS, Math.ceil(length / BYTES_A_ROW));
  return withRoom(length, room * LineTable.ROW, (wasm, behind) => {
    judge(terms, wasm);
    write(bytes.subarray(from), wasm);
    const size = wasm.scanLines(length, room) * LineTable.ROW;
    const rows = wasm.memory.buffer.slice(behind, behind + size);
    return new LineTable(rows, {
      from,
      line,
      end: from + wasm.scanned.value,
      endLine: line + wasm.lines.value,
    });
  });
}

/** Scans one record, which may span several lines. */
export function scanRecord(bytes: Uint8Array, levels = LEVELS): Scanned {
  return withRoom(bytes.length, levels * LEVEL_BYTES, (wasm) => {
    write(bytes, wasm);
    const flags = wasm.scanRecord(bytes.length, levels);
    return { flags, content: wasm.contentDigest(), delivery: wasm.deliveryDigest(), likeness: 0 };
  });
}

let instance: Wasm | undefined;
/** The terms that the instance uses now. */
let known = NO_TERMS;
let factors = KNOWN_FACTORS;

/** Sets the factors of later digests; digests of other factors differ. Default: the known ones. */
export function takeDigestsWith(other: Factors): void {
  if (other === factors) return;
  factors = other;
  if (instance === undefined) return;
  writeFactors(factors, instance);
  // The instance knows member names by their hashes.
  instance.forgetMembers();
  known = NO_TERMS;
}

function judge(terms: Terms, wasm: Wasm): void {
  if (terms === known) return;
  judgeMembers(terms, wasm);
  known = terms;
}

/** Discard an instance whose memory has grown beyond this, because WebAssembly memory never shrinks. */
const MOST_KEPT = 64 * 1024 * 1024;

/** Reserves room for a text and some bytes after it, and passes their address to `use`. */
function withRoom<Result>(
  length: number,
  behind: number,
  use: (wasm: Wasm, address: number) => Result,
): Result {
  const wasm = instance ?? madeReady(instantiate());
  instance = wasm;
  const address = takingMemory(() => reserved(wasm, length, behind));
  const result = use(wasm, address);
  if (wasm.memory.buffer.byteLength > MOST_KEPT) instance = undefined;
  return result;
}

function reserved(wasm: Wasm, length: number, behind: number): number {
  const address = wasm.reserve(length, behind);
  if (address === 0) throw new RangeError(`no memory to scan ${length} bytes`);
  return address;
}

function madeReady(wasm: Wasm): Wasm {
  fillSignTables(wasm);
  drawKeys(wasm);
  writeFactors(factors, wasm);
  known = NO_TERMS;
  return wasm;
}

function write(bytes: Uint8Array, { memory, TEXT }: Wasm): void {
  new Uint8Array(memory.buffer, TEXT.value, bytes.length).set(bytes);
}
