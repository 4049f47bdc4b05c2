import type { Examined, Scope } from "./examined.js";
import type { Instant, Observation } from "./observation.js";

/** The facts that a source keeps of one event. They must survive JSON, because parts of a log are merged. */
export interface Observed<Kept = unknown> {
  readonly key: string;
  readonly value: Kept;
  /** The event's time, for rules that judge in causal order. */
  readonly instant?: Instant | undefined;
  /** Data that only a few observations have; stores of columns and of values keep it. */
  readonly attachment?: unknown;
}

/** A JSON schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** How the observations of a source are stored. */
export interface Storage {
  /**
   * "uuids" keeps one safe integer from 0 per UUID, for millions of UUIDs. "columns" keeps numbers, or lists of
   * `width` numbers, with their instants. "bins" counts observations by key and time. "values" keeps the first
   * observation of each value of a key: a value is a text or a number, and its count is 2 if it recurs with another
   * attachment, which is a number, otherwise 1. "map" keeps any values.
   */
  readonly store: "uuids" | "columns" | "bins" | "values" | "map";
  /** Numbers in a value; default: 1. A row of columns takes eight bytes for each. */
  readonly width?: number;
  /**
   * "first" keeps only the first observation of a key, and counts the others. Needs a map. Default: all, or the results
   * of `combine`.
   */
  readonly keeps?: "first";
  /** Keeps at most this many values for each key, the first of the log. Only with "values". */
  readonly keepsAtMost?: number;
  /**
   * Combines two observations of one key, the earlier part of the log first; must be associative, and of two that differ
   * only in their lines it must keep the earlier. The engine counts how many it has combined. Needs a map.
   */
  combine?(earlier: Observation<unknown>, later: Observation<unknown>): Observation<unknown>;
  /** Only with "bins": all keys that there can be. */
  readonly keys?: readonly string[];
  /** Keys for which this gives the same text are dealt into the same partition. Default: the key itself. */
  dealtBy?(key: string): string;
  /**
   * True for values of which `combine` keeps the one with the later instant, and of one instant the earlier. Default:
   * false.
   */
  isLatestKept?(value: unknown): boolean;
}

/** Turns a kept value and its attachment into the value that rules see. */
export type Read<Value = unknown> = (kept: unknown, attachment: unknown) => Value;

/** The value that rules see of one event. */
export type ValueOf<Of> = Of extends Source<infer Value> ? Value : never;

/**
 * The facts that log rules keep of a log: from which records, by which key, in which form. Rules share them by naming
 * the same source.
 *
 * @template Value the value that rules see of one event
 */
export interface Source<Value = unknown> extends Storage {
  /** The kinds of record that are observed; each record once, whatever else it is. */
  readonly scopes: readonly Scope[];
  /** "log" is the order of lines; "causal" is by instant, ties and unreadable instants in log order. */
  readonly order: "log" | "causal";
  /** What a state may hold as a value, and as its attachment if there may be one. */
  readonly schema: { readonly value: Schema; readonly attachment?: Schema };
  observe(examined: Examined): Observed | undefined;
  /** If a kept value is the number of a delivery times this, and as many facts at most: the only ones that rules see. */
  readonly facts?: number;
  /** Default: rules see values as they are kept. */
  readonly read?: Read<Value>;
  /** Of the observations of one key with the same number, only the first is judged: the others are redeliveries. */
  deliveryOf?(value: Value): number | undefined;
}
