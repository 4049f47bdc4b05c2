import type { JsonObject } from "../../model/subject.js";
import { isUuid } from "../../spec/formats.js";

/** Two 32-bit hashes of the same thing with different seeds: together too wide to collide by chance. */
interface Hash {
  readonly low: number;
  readonly high: number;
}

/** The event digested last: every rule that asks about an event does so before the next one comes. */
let latest: { readonly event: JsonObject; readonly digest: number } | undefined;

/** A digest of all that an event says besides its event_id; 52 bits. */
export function eventDigest(event: JsonObject): number {
  if (latest?.event !== event) latest = { event, digest: contentDigest(event, "event_id") };
  return latest.digest;
}

/**
 * A digest of an event with its event_id: that of another event is the same where one is a redelivery of
 * the other. UUIDs are the same whatever their case.
 *
 * @returns a safe integer below 2^52
 */
export function deliveryDigest(event: JsonObject): number {
  const { event_id: id } = event;
  if (typeof id !== "string") return eventDigest(event);
  const folded = isUuid(id) ? id.toLowerCase() : id;
  const own = wide(stringHash(folded, SEED_LOW), stringHash(folded, SEED_HIGH));
  return (eventDigest(event) + own) % WIDE;
}

const WIDE = 2 ** 52;

/** Puts the two hashes of a thing into one whole number below 2^52. */
function wide(low: number, high: number): number {
  return (high & 0xfffff) * 0x100000000 + (low >>> 0);
}

/**
 * A digest of a JSON object as a value: equal for equal contents whatever the order of members, the
 * white space and the spelling of numbers. Every leaf is hashed together with its path and the
 * hashes are added up, so that nothing need be sorted and depth does not matter.
 *
 * @param except top-level member that is left out
 * @returns a safe integer of 52 bits
 */
export function contentDigest(object: JsonObject, except?: string): number {
  let low = 0;
  let high = 0;
  const pending: { readonly value: object; readonly path: Hash }[] = [];
  const add = (path: Hash, value: unknown): void => {
    if (typeof value === "object" && value !== null) {
      pending.push({ value, path });
      return;
    }
    low = (low + mix(path.low, leafHash(value, SEED_LOW))) | 0;
    high = (high + mix(path.high, leafHash(value, SEED_HIGH))) | 0;
  };
  for (const name in object) if (name !== except) add(nameHash(name), object[name]);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, path } = next;
    const isArray = Array.isArray(value);
    // The container itself counts, so that {} and [] and nothing differ.
    low = (low + mix(path.low, isArray ? 3 : 4)) | 0;
    high = (high + mix(path.high, isArray ? 3 : 4)) | 0;
    const members = value as Readonly<Record<string, unknown>>;
    for (const name in members) {
      const own = nameHash(name);
      // A place in an array and a member of the same name are two things: the container told them apart.
      add({ low: mix(path.low, own.low), high: mix(path.high, own.high) }, members[name]);
    }
  }
  return wide(low, high);
}

const SEED_LOW = 0x2f1b9c43;
const SEED_HIGH = 0x51ed270b;

/** Member names come again with every event; a bounded number of them is remembered. */
const NAMES = new Map<string, Hash>();
const MAX_NAMES = 4096;
const MAX_NAME_LENGTH = 64;

function nameHash(name: string): Hash {
  const known = NAMES.get(name);
  if (known !== undefined) return known;
  const hash = { low: stringHash(name, SEED_LOW), high: stringHash(name, SEED_HIGH) };
  if (NAMES.size < MAX_NAMES && name.length <= MAX_NAME_LENGTH) NAMES.set(name, hash);
  return hash;
}

function leafHash(value: unknown, seed: number): number {
  if (typeof value === "string") return stringHash(value, seed);
  if (typeof value === "number") return mix(stringHash(String(value), seed), 1);
  return value === null ? seed ^ 2 : mix(seed, value === true ? 6 : 7);
}

function stringHash(text: string, seed: number): number {
  let hash = seed ^ text.length;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995) ^ (hash >>> 15);
  }
  return hash;
}

function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ (b >>> 16), 0x85ebca6b) + b;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
