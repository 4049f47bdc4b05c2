import { EVENT_DEFECTS } from "./event-defects.mjs";
import { INTEGRATION_DEFECTS } from "./integration-defects.mjs";
import { LOG_DEFECTS } from "./log-defects.mjs";

/**
 * The kinds of defect that a log can show: some need one that is declared complete. A log of an even seed can be read
 * in full and lacks some events; one of an odd seed has records that cannot be read.
 */
export function kindsFor(isComplete, seed) {
  const kinds = [...EVENT_DEFECTS, ...INTEGRATION_DEFECTS, ...LOG_DEFECTS];
  const isReadable = seed % 2 === 0;
  return kinds
    .filter((kind) => isComplete || !kind.isForComplete)
    .filter((kind) => (isReadable ? !isUnreadable(kind) : !kind.isLost));
}

function isUnreadable({ rule }) {
  return rule === "json-object-per-record";
}
