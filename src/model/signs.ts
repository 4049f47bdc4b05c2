/**
 * Signs of secrets and of personal data that a JSON text may hold, a bit each: what is not there need not be
 * looked for. A bit may be set for nothing; none is ever missing.
 */
export const SIGN = {
  /** Something that secrets begin with stands where a word begins. */
  beginning: 1,
  backslash: 2,
  atSign: 4,
  /** "=", "'" or "--": what stands before or around the value of an assignment or an option. */
  assignment: 8,
  /** A member has a name that ends like the name of a secret: see assembly/names.ts. */
  named: 512,
} as const;

/** Of a text that nobody has looked at. */
export const ANY_SIGN = 527;
