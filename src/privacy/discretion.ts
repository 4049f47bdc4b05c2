import type { Discretion } from "../model/discretion.js";
import { withoutSecrets } from "./mask.js";

/** Shows everything except secrets. */
export const HIDES_SECRETS: Discretion = { name: withoutSecrets, id: withoutSecrets, text: withoutSecrets };

/** An array index or a mask reveals nothing. */
const TELLING_NOTHING = /^\d{1,6}$|^\[(?:secret, )?\d+ characters\]$/;

/**
 * Replaces ids, free words and unknown names by their lengths.
 *
 * @param isKnown returns true for names of the protocol
 */
export function hidesValues(isKnown: (name: string) => boolean): Discretion {
  const masked = (text: string): string => (TELLING_NOTHING.test(text) ? text : lengthMask(text.length));
  return { name: (name) => (isKnown(name) ? name : masked(name)), id: masked, text: masked };
}

/** Replaces a hidden text in an output. */
export function lengthMask(length: number): string {
  return `[${length} characters]`;
}
