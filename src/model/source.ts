import type { Examined, Scope } from "./examined.js";
import type { Instant, Observation } from "./observation.js";

/** What is kept of one event, in the form in which it is kept. It must survive JSON: shards are merged. */
export interface Observed<Kept = unknown> {
  readonly key: string;
  readonly value: Kept;
  /** When it happened, for rules that judge in causal order. */
  readonly instant?: Instant | undefined;
  /** What only a few observations have besides; see `keeps` for maps. */
  readonly attachment?: unknown;
}

/** A JSON schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** How the observations of a source are stored. */
export interface Storage {
  /**
   * "packed" keeps one safe integer from 0 for each of millions of UUIDs; "columns" keeps numbers, or lists of
   * `width` numbers, with their instants; "map" keeps anything.
   */
  readonly store: "packed" | "columns" | "map";
  /** Numbers in a value; default: 1. A row of columns takes eight bytes for each. */
  readonly width?: number;
  /**
   * Keeps only the first observation of a key, and counts the others; or only the first of each value, which is
   * then a string or a number. Of a value that came again with another attachment the count is 2, of others 1.
   * Needs a map. Default: all, or what `combine` makes of them.
   */
  readonly keeps?: "first" | "first-of-each-value";
  /** Of each key no more values than this are kept, the first ones of the log. Only with "first-of-each-value". */
  readonly keepsAtMost?: number;
  /**
   * Sums up two observations of one key, the earlier part of the log first; must be associative. The engine counts
   * how many it has summed up. Needs a map.
   */
  combine?(earlier: Observation<unknown>, later: Observation<unknown>): Observation<unknown>;
}

/** Turns a value as it is kept, and its attachment, into the value that rules see. */
export type Read<Value = unknown> = (kept: unknown, attachment: unknown) => Value;

/** What rules see of one event. */
export type ValueOf<Of> = Of extends Source<infer Value> ? Value : never;

/**
 * What log rules keep of a log: of which records, by which key, in which form. Rules share what they keep by naming
 * the same source.
 *
 * @template Value what a rule sees of one event
 */
export interface Source<Value = unknown> extends Storage {
  /** The kinds of record that are observed; each record once, whatever else it is. */
  readonly scopes: readonly Scope[];
  /** "log" is the order of lines; "causal" is by instant, ties and unreadable instants in log order. */
  readonly order: "log" | "causal";
  /** What a state may hold as a value, and as its attachment if there may be one. */
  readonly schema: { readonly value: Schema; readonly attachment?: Schema };
  observe(examined: Examined): Observed | undefined;
  /** Default: rules see values as they are kept. */
  readonly read?: Read<Value>;
  /** Of the observations of one key with the same number, only the first is judged: the others are redeliveries. */
  deliveryOf?(value: Value): number | undefined;
}
