import type { Discretion } from "../model/discretion.js";
import { withoutSecrets } from "./mask.js";

/** Shows everything but secrets. */
export const HIDES_SECRETS: Discretion = { name: withoutSecrets, id: withoutSecrets, text: withoutSecrets };

/** A place in an array, or a mask: neither says anything. */
const TELLING_NOTHING = /^\d{1,6}$|^\[(?:secret, )?\d+ characters\]$/;

/**
 * Shows nothing but lengths: of ids and words, and of names that the protocol does not know.
 *
 * @param isKnown whether a name is one of the protocol's
 */
export function hidesValues(isKnown: (name: string) => boolean): Discretion {
  const masked = (text: string): string => (TELLING_NOTHING.test(text) ? text : lengthMask(text.length));
  return { name: (name) => (isKnown(name) ? name : masked(name)), id: masked, text: masked };
}

/** What stands in an output where something stood that is not to be shown. */
export function lengthMask(length: number): string {
  return `[${length} characters]`;
}
