import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./fixtures.js";

/** Random numbers that are the same for the same seed and purpose. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  fraction(): number;
  /** A whole number from 0 up to, not including, a limit. */
  below(limit: number): number;
  pick<Item>(list: readonly Item[]): Item;
  /** So many lower-case hexadecimal digits. */
  hex(digits: number): string;
  /** A UUID; of version 4, if no other is asked for. */
  uuid(version?: number): string;
  shuffled<Item>(list: readonly Item[]): Item[];
}

const module = await import(pathToFileURL(join(ROOT, "bench/synthetic/random.mjs")).href);

/** The stream of random numbers of a seed and a purpose. */
export const createRandom = module.createRandom as (seed: string, purpose: string) => Random;
