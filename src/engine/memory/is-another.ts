import type { Observation } from "../../model/rule.js";

/**
 * True if an observation is the first to show that an earlier value came more than once. An observation with the same
 * attachment is the same one again.
 */
export function isAnother(
  first: Pick<Observation<unknown>, "count" | "attachment">,
  count: number,
  attachment: unknown,
): boolean {
  return (first.count ?? 1) < 2 && (count > 1 || attachment !== first.attachment);
}
