import type { KindOwner } from "../../model/kinds.js";
import { NO_TERMS, type Terms } from "../../model/likeness.js";
import { type Factors, KNOWN_FACTORS, writeFactors } from "./factors.js";
import { judgeMembers, type MemberNames, writeKeys } from "./members.js";
import { fillSignTables } from "./sign-tables.js";
import { instantiate, type Wasm } from "./wasm.js";

/** The scanner's memory, and what it was told. */
export interface Instance {
  readonly wasm: Wasm;
  terms: Terms;
  /** The names that the terms give numbers to. */
  names: MemberNames;
  factors: Factors;
  /** Who knows the kinds. */
  owner: KindOwner | undefined;
  /** The input of which some kinds are; undefined if all are of any input. */
  input: object | undefined;
  /** The kinds by their numbers, which count from 1. */
  kinds: unknown[];
}

/** Instances that no scan uses. There are as many as there have been scans at the same time. */
const idle: Instance[] = [];
/** Those in use. */
const busy: Instance[] = [];

let factors = KNOWN_FACTORS;

/** Sets the factors of later digests; digests of other factors differ. Default: the known ones. */
export function takeDigestsWith(other: Factors): void {
  factors = other;
}

/**
 * Takes an instance for the lines of a block.
 *
 * @param owner of the kinds; another one's are forgotten
 * @param input that the block is of; if some kinds are of another one, all are forgotten
 */
export function takeInstance(
  terms: Terms,
  owner: KindOwner | undefined,
  input: object | undefined,
): Instance {
  const isFor = (instance: Instance): boolean =>
    instance.owner === owner && (instance.input === undefined || instance.input === input);
  const index = idle.findIndex(isFor);
  const [instance = created()] = idle.splice(index < 0 ? idle.length - 1 : index, 1);
  busy.push(instance);
  tellFactors(instance);
  if (instance.terms !== terms) {
    instance.names = judgeMembers(terms, instance.wasm);
    instance.terms = terms;
    forgetKinds(instance, owner);
  }
  if (!isFor(instance)) forgetKinds(instance, owner);
  return instance;
}

/** Discard an instance whose memory has grown beyond this, because WebAssembly memory never shrinks. */
const MOST_KEPT = 96 * 1024 * 1024;

/** Gives an instance back. */
export function giveBack(instance: Instance): void {
  busy.splice(busy.indexOf(instance), 1);
  if (instance.wasm.memory.buffer.byteLength <= MOST_KEPT) idle.push(instance);
}

/**
 * An instance that may scan one record, even between the lines of a block. Lines that are being scanned keep their
 * factors.
 */
export function anyInstance(): Instance {
  const inUse = busy.find((instance) => instance.factors === factors);
  if (inUse !== undefined) return inUse;
  const instance = idle.at(-1) ?? created();
  if (idle.length === 0) idle.push(instance);
  tellFactors(instance);
  return instance;
}

function created(): Instance {
  const wasm = instantiate();
  fillSignTables(wasm);
  writeKeys(wasm);
  writeFactors(factors, wasm);
  return { wasm, terms: NO_TERMS, names: [], factors, owner: undefined, input: undefined, kinds: [] };
}

function tellFactors(instance: Instance): void {
  if (instance.factors === factors) return;
  writeFactors(factors, instance.wasm);
  instance.factors = factors;
  // An instance knows member names by their hashes.
  instance.wasm.forgetNames();
  instance.terms = NO_TERMS;
}

/** The number of sources that have a buffer; see assembly/layout.ts. */
const MAX_SOURCES = 48;

function forgetKinds(instance: Instance, owner: KindOwner | undefined): void {
  const { wasm } = instance;
  if (owner !== undefined && owner.rowSizes.length > MAX_SOURCES)
    throw new RangeError(`the scanner has room for ${MAX_SOURCES} sources`);
  wasm.forgetKinds();
  for (const [source, size] of (owner?.rowSizes ?? []).entries()) wasm.openBuffer(source, size);
  instance.owner = owner;
  instance.input = undefined;
  instance.kinds = [];
}
