import type { Observation } from "../../model/rule.js";

/**
 * Whether an observation shows that the value of an earlier one came more than once, where that is not known yet. The
 * same attachment is the same observation again.
 */
export function isAnother(
  first: Pick<Observation<unknown>, "count" | "attachment">,
  count: number,
  attachment: unknown,
): boolean {
  return (first.count ?? 1) < 2 && (count > 1 || attachment !== first.attachment);
}
