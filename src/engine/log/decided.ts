import type { DecidedOccurrence, RawOccurrence } from "../passage.js";
import type { Treatments } from "./treatments.js";

/** An occurrence with the policy's decision about its kind. */
export function decided({ shape, ...occurrence }: RawOccurrence, treatments: Treatments): DecidedOccurrence {
  const { waiver, quota, level = occurrence.level } = treatments.of({ ...occurrence, shape });
  return {
    ...occurrence,
    level,
    ...(waiver !== undefined && { waived: true as const }),
    ...(quota !== undefined && { quota }),
  };
}
