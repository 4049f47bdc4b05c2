import { found } from "./events.mjs";

/**
 * A kind of defect: what a checker must say of it, the events at which it can start, and the script that
 * puts it in. See injector.mjs for what scripts do.
 *
 * @param kind its name
 * @param finding rule, clauses, level and pointer
 */
export const later = (kind, [rule, clauses, level, pointer], host, script) => ({
  kind,
  rule,
  clauses: clauses.split(" "),
  level,
  pointer,
  host,
  script,
});

/** One event shows it by itself. What is written instead of that event may be no event any more. */
export const alone = (kind, finding, host, change) =>
  later(kind, finding, host, function* (event, { random }) {
    yield { instead: [found(change(event, random))] };
  });

/** The second half of the evidence may be anywhere behind the first, up to the whole log away. */
export const far = (...defect) => ({ ...later(...defect), isFar: true });

/** A defect that is something missing: where records cannot be read, it may be among them, and is no finding. */
export const lost = (...defect) => ({ ...later(...defect), isLost: true });

/** Nothing but the end of a complete log shows it. */
export const atEnd = (...defect) => ({ ...lost(...defect), isForComplete: true });
