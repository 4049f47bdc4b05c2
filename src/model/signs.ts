/**
 * Signs of secrets and of personal data that a JSON text may contain, one bit each. A bit may be set needlessly, but
 * is never missing, so detectors can skip texts without it.
 */
export const SIGN = {
  /** A known beginning of secrets at the start of a word. */
  beginning: 1,
  backslash: 2,
  atSign: 4,
  /** "=", "'" or "--": signs of an assignment or an option. */
  assignment: 8,
  /** A member name that ends like the name of a secret: see assembly/names.ts. */
  named: 512,
} as const;

/** For a text that nobody has scanned. */
export const ANY_SIGN = 527;
