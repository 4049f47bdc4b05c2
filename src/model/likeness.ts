/**
 * How texts of a payload's member are compared: "word" as they are; "free" not at all; "name" not at all if they are
 * plain names or paths, "address" if they are plain web addresses, and as they are otherwise.
 */
export type Comparison = "word" | "free" | "name" | "address";

/**
 * Decides whether two records are alike. The values of the members must be equal, except own values: version 4 UUIDs,
 * times, whole numbers of the same sign, and what comparisons leave out.
 */
export interface Terms {
  /** Members of the record that matter. */
  readonly members: readonly string[];
  /** Members of its payload that matter, if the payload does. */
  readonly payload: Readonly<Record<string, Comparison>>;
  /** Members of the payload that show an integration event: the payload matters, and may hold nothing unknown. */
  readonly leading: readonly string[];
  /** Members of the payload that make the payload matter. */
  readonly telling: readonly string[];
  /** The family whose payload always matters. The payload of a record without a family matters too. */
  readonly integration: string;
  /** Members of the record that must be version 4 UUIDs. Wrong values are alike if they get the same message and advice. */
  readonly ids: readonly string[];
  /** Members of the record that must be times; the same holds for their wrong values. */
  readonly instants: readonly string[];
}

/** Records are never alike. */
export const NO_TERMS: Terms = {
  members: [],
  payload: {},
  leading: [],
  telling: [],
  integration: "",
  ids: [],
  instants: [],
};
