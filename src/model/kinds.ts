/**
 * A value in which records of one kind may differ: a UUID, a time, a plain name, an id that begins with no UUID, or a whole
 * number.
 */
export interface OwnValue {
  /** The number of the member, the same in all records of a kind. */
  readonly member: number;
  readonly name: string;
  readonly isInPayload: boolean;
  readonly what: "uuid" | "time" | "name" | "id" | "integer";
  readonly text: string;
}

/** The scanner's digests of a record: see Digests. "payload" is `of` its payload. */
export type DigestName = "content" | "delivery" | "payload";

/**
 * Sixteen bytes of a row: a UUID; a digest or an instant in the form of a UUID; where a name or an id stands in the block,
 * as two words; a whole number, as a double; or zeros.
 */
export type Slot =
  | { readonly what: "uuid" | "instant" | "name" | "id" | "integer"; readonly member: number }
  | { readonly what: "digest"; readonly digest: DigestName }
  | { readonly what: "none" };

/** A number of a row: a constant, with an own value or a digest, or with some lower bits of a digest above it. */
export type RowNumber =
  | { readonly what: "constant"; readonly constant: number }
  | { readonly what: "integer"; readonly member: number; readonly constant: number }
  | { readonly what: "digest"; readonly digest: DigestName; readonly constant: number }
  | {
      readonly what: "packed";
      readonly digest: DigestName;
      readonly bits: number;
      readonly constant: number;
    };

/** What is kept of each record of a kind for one source: a row. */
export interface Step {
  /** The number of the source. */
  readonly source: number;
  /** "first": only one row of a block with these slots; "latest": only the one with the latest instant. */
  readonly keeps: "all" | "first" | "latest";
  /** What the slots mean, by a number that only equal meanings share. */
  readonly pattern: number;
  readonly slots: readonly Slot[];
  readonly numbers: readonly RowNumber[];
  /** The members whose time is the row's instant. Of two times the earlier counts. */
  readonly times: readonly number[];
}

/** What is kept of the records of one kind. */
export type Program = readonly Step[];

/** The most slots and numbers of a row. */
export const MAX_SLOTS = 4;
export const MAX_NUMBERS = 4;

/** The rows of one source, in the order of their first lines. */
export interface Rows {
  /** Bytes of a row; see ROW. */
  readonly size: number;
  readonly count: number;
  readonly buffer: ArrayBuffer;
}

/**
 * Where the parts of a row are: words of 32 bits up to PATTERN, doubles from SECONDS on. The line is counted from the
 * block's first; FIRST is the first line of all records that the row stands for. NaN seconds: no instant.
 */
export const ROW = {
  LINE_WORD: 0,
  FIRST_WORD: 1,
  COUNT_WORD: 2,
  PATTERN_WORD: 3,
  SECONDS_DOUBLE: 2,
  FRACTION_DOUBLE: 3,
  SLOTS_BYTE: 32,
  SLOT_BYTES: 16,
} as const;

/** Bytes of a row with this number of slots and numbers. */
export function rowSize(slots: number, numbers: number): number {
  return ROW.SLOTS_BYTE + ROW.SLOT_BYTES * slots + 8 * numbers;
}

/** Owns kinds: the scanner forgets the kinds of another owner. */
export interface KindOwner {
  /** Bytes of a row of each source. */
  readonly rowSizes: readonly number[];
}

/** How many records a block has of a kind, and the line of the first. */
export interface KindCount {
  readonly kind: unknown;
  readonly count: number;
  readonly first: number;
}

/** The records of a block that the scanner takes by itself, because their kinds are known. */
export interface KnownRecords {
  /**
   * From now on, records with this likeness are of a known kind; false if there is no room.
   *
   * @param isOfInput true for a kind that is known in the blocks of this input only
   */
  learn(likeness: number, kind: unknown, program: Program, isOfInput: boolean): boolean;
  /** Takes the current record as one of a known kind; false if its kind is unknown. */
  take(): boolean;
  /** The counts of kinds. Only after the last record. */
  readonly counts: readonly KindCount[];
  /** The rows by the number of their source; null without rows. Only after the last record. */
  readonly rows: readonly (Rows | null)[];
  /** The first and the last line of known records; undefined if there are none. Only after the last record. */
  readonly ends: { readonly first: number; readonly last: number } | undefined;
  /** The bytes of the block, as names stand in them: in ASCII. */
  readonly text: Buffer;
}
