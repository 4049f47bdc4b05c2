import { NUMBER, numberFrom, type OptionShapes } from "../model/arguments.js";
import type { CheckOptions } from "../run/check-options.js";
import { OPTION_SHAPES } from "../run/option-shapes.js";

/** The options of a check that decide which findings there are; and how much may be tried. */
export interface SliceOptions
  extends Pick<
    CheckOptions,
    | "claims"
    | "complete"
    | "extraInvariants"
    | "invariants"
    | "jobs"
    | "kinds"
    | "maxRecordBytes"
    | "maxState"
    | "onProgress"
    | "policy"
    | "schemas"
    | "signal"
    | "unwrap"
  > {
  /** Default: 3000. */
  readonly maxChecks?: number;
  /** In milliseconds, after the first check. Default: a minute. */
  readonly maxTime?: number;
}

const { claims, complete, kinds, schemas, invariants, extraInvariants } = OPTION_SHAPES;
const { unwrap, maxRecordBytes, maxState, jobs, policy, signal, onProgress } = OPTION_SHAPES;

export const SLICE_SHAPES: OptionShapes<SliceOptions> = {
  ...{ claims, complete, kinds, schemas, invariants, extraInvariants },
  ...{ unwrap, maxRecordBytes, maxState, jobs, policy, signal, onProgress },
  maxChecks: numberFrom(0),
  maxTime: NUMBER,
};

/** The default limits: the number of checks, and milliseconds. */
export const MOST_CHECKS = 3000;
export const MOST_TIME = 60_000;
