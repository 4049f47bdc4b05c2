import { packageBytes } from "../../package/package-file.js";
import { takingMemory } from "../open/wasm-memory.js";

/** An address in the memory of an instance, or another number of it. */
interface Value {
  readonly value: number;
}

/** The exports of assembly/index.ts, which explains them. */
export interface Wasm {
  /** A new buffer after each growth. */
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly TEXT: Value;
  readonly BEFORE_LOW: Value;
  readonly BEFORE_HIGH: Value;
  readonly HEADS: Value;
  readonly BEGINNINGS: Value;
  readonly GROUP_STARTS: Value;
  readonly KEYS: Value;
  readonly FACTORS: Value;
  readonly BUFFERS: Value;
  readonly KINDS: Value;
  readonly OWN_AT: Value;
  readonly OWN_MEMBERS: Value;
  readonly recordStart: Value;
  readonly recordEnd: Value;
  readonly recordLine: Value;
  readonly recordFlags: Value;
  readonly recordLikeness: Value;
  readonly isRespelled: Value;
  readonly hasRespelled: Value;
  readonly firstKnown: Value;
  readonly lastKnown: Value;
  reserveLines(length: number): number;
  reserveRecord(length: number, levels: number): number;
  beginLines(length: number, isUtf8: boolean): void;
  scanLines(): number;
  runRecord(): number;
  endLines(): void;
  scanRecord(start: number, length: number, levels: number): number;
  digest(which: number): number;
  ownCount(): number;
  forgetNames(): void;
  addName(start: number, length: number, roles: number, comparison: number): number;
  setIntegration(start: number, length: number): void;
  setNames(family: number, payload: number, started: number, completed: number, duration: number): void;
  forgetKinds(): void;
  addKind(likeness: number, length: number): number;
  openBuffer(source: number, rowSize: number): void;
  emptyBuffers(): void;
}

/** The types of Node.js lack this global; these are the parts in use. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

let compiled: object | undefined;

/** A new instance of the scanner, without signs. */
export function instantiate(): Wasm {
  compiled ??= new WebAssembly.Module(packageBytes("dist/scanner.wasm"));
  const module = compiled;
  return takingMemory(() => new WebAssembly.Instance(module).exports as Wasm);
}
