import type { Observer } from "../../model/chart.js";
import { FullKeys } from "../keep/full-keys.js";
import { Listing } from "./listing.js";

/**
 * What some blocks of an input have shown, which come in the order of the log. Later blocks skip places
 * that no report lists, and values that no store keeps.
 */
export class EarlierBlocks {
  /** For the two ledgers of a block. */
  readonly main = new Listing();
  readonly familyless = new Listing();
  readonly #fullKeys = new Map<Observer, FullKeys>();

  /** Undefined where all values are kept, or where a known value counts again with another attachment. */
  fullKeysOf(observer: Observer): FullKeys | undefined {
    const { keepsAtMost, schema } = observer.source;
    if (keepsAtMost === undefined || schema.attachment !== undefined) return undefined;
    const known = this.#fullKeys.get(observer) ?? new FullKeys(keepsAtMost);
    this.#fullKeys.set(observer, known);
    return known;
  }
}

/** The earlier blocks of the input that is being read. Another input begins anew: a policy may treat it otherwise. */
export class InputSoFar {
  #input: number | undefined;
  #earlier = new EarlierBlocks();

  /** @param input undefined for a block that is all of its input */
  of(input: number | undefined): EarlierBlocks {
    if (input === undefined || input !== this.#input) this.#earlier = new EarlierBlocks();
    this.#input = input;
    return this.#earlier;
  }
}
