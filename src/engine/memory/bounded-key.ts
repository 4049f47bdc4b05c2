import { boundedText } from "../../model/bounded-text.js";
import type { Observed } from "../../model/source.js";

/** Longer keys are shortened. */
export const MAX_KEY_LENGTH = 192;

/** Senders choose the keys: a key of a megabyte must not take a megabyte of memory. */
export function boundedKey(key: string): string {
  return boundedText(key, MAX_KEY_LENGTH, "key");
}

/** An observation with its key shortened to a bounded length. */
export function byBoundedKey(observed: Observed): Observed {
  const key = boundedKey(observed.key);
  return key === observed.key ? observed : { ...observed, key };
}
