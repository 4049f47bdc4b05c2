import { readFileSync } from "node:fs";
import { packageFile } from "../../package/package-file.js";
import { takingMemory } from "../open/wasm-memory.js";

/** An address in the memory of an instance. */
interface Address {
  readonly value: number;
}

/** The exports of assembly/index.ts, which explains them. */
export interface Wasm {
  /** A new buffer after each growth. */
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly TEXT: Address;
  readonly BEFORE_LOW: Address;
  readonly BEFORE_HIGH: Address;
  readonly HEADS: Address;
  readonly KEYS: Address;
  readonly FACTORS: Address;
  readonly scanned: { readonly value: number };
  readonly lines: { readonly value: number };
  reserve(length: number, behind: number): number;
  scanLines(length: number, rows: number): number;
  scanRecord(length: number, levels: number): number;
  contentDigest(): number;
  deliveryDigest(): number;
  forgetMembers(): void;
  judgeMember(length: number): number;
  setApart(length: number): number;
}

/** The types of Node.js lack this global; these are the parts in use. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** A new instance of the scanner, without signs. */
export function instantiate(): Wasm {
  const module = new WebAssembly.Module(readFileSync(packageFile("dist/scanner.wasm")));
  return takingMemory(() => new WebAssembly.Instance(module).exports as Wasm);
}
