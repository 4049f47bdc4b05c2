/** A place in the log as a whole: which input, which line of it (0-based internally; see SharedLines). */
export interface Position {
  readonly input: number;
  readonly line: number;
}

/**
 * A point in time: whole seconds since 1970 in UTC, and the fraction of the second that was written. A leap
 * second has the seconds of the one before it, and a fraction from 1.
 */
export interface Instant {
  readonly seconds: number;
  /** From 0 up to, not including, 1. */
  readonly fraction: number;
}

/** What a log rule has kept of one event. */
export interface Observation<Value> {
  readonly value: Value;
  readonly at: Position;
  readonly instant?: Instant;
  readonly attachment?: unknown;
  /** How many observations a combined one stands for. */
  readonly count?: number;
}
