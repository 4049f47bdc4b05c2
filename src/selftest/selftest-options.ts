import { FUNCTION, numberFrom, type OptionShapes } from "../model/arguments.js";
import type { CheckOptions } from "../run/check-options.js";
import { OPTION_SHAPES } from "../run/option-shapes.js";

/** The options of a selftest; each has a default. */
export interface SelftestOptions
  extends Pick<
    CheckOptions,
    | "claims"
    | "complete"
    | "kinds"
    | "schemas"
    | "invariants"
    | "extraInvariants"
    | "unwrap"
    | "maxRecordBytes"
    | "maxState"
    | "stdin"
    | "stdinName"
    | "signal"
  > {
  /** The number of records, from the beginnings of the inputs, that are mutated and checked. Default: 2,000. */
  readonly records?: number;
  /** The number of places at which each mutation is tried, from 1. Default: 3. */
  readonly places?: number;
  /** Called before each mutation. */
  readonly onMutation?: (progress: SelftestProgress) => void;
}

const { claims, complete, kinds, schemas, invariants, extraInvariants } = OPTION_SHAPES;
const { unwrap, maxRecordBytes, maxState, stdin, stdinName, signal } = OPTION_SHAPES;

/** Those of the check of an excerpt. */
const CHECKED = {
  ...{ claims, complete, kinds, schemas, invariants, extraInvariants },
  ...{ unwrap, maxRecordBytes, maxState, stdin, stdinName, signal },
};

export const SELFTEST_SHAPES: OptionShapes<SelftestOptions> = {
  ...CHECKED,
  records: numberFrom(1),
  places: numberFrom(1),
  onMutation: FUNCTION,
};

export interface SelftestProgress {
  /** Number of mutations before this one. */
  readonly done: number;
  /** Number of all mutations. */
  readonly total: number;
  readonly clause: string;
}

export const DEFAULT_RECORDS = 2000;
export const DEFAULT_PLACES = 3;
