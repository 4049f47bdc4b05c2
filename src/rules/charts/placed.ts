import type { Instant, Position } from "../../model/observation.js";
import { count, type Form, object, whole } from "../shared/source/forms.js";

/** A place in the log. */
export const position: Form<Position> = object({ input: count, line: count });

/** A fraction of a second may have any digits. */
const fraction: Form<number> = { schema: { type: "number", minimum: 0, exclusiveMaximum: 2 } };

export const instant: Form<Instant> = object({ seconds: whole, fraction });

/** Keeps the first few, by their places in the log, of what two sums list. */
export function joinFirst<Thing extends { readonly first: Position }>(
  into: Thing[],
  others: readonly Thing[],
  most: number,
): void {
  into.push(...others);
  into.sort(({ first: a }, { first: b }) => a.input - b.input || a.line - b.line);
  into.splice(most);
}
