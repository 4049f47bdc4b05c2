import { EVENT_DEFECTS } from "./event-defects.mjs";
import { INTEGRATION_DEFECTS } from "./integration-defects.mjs";
import { LOG_DEFECTS } from "./log-defects.mjs";

/** The kinds of defect that a log can show: some need one that is declared complete. */
export function kindsFor(isComplete) {
  const kinds = [...EVENT_DEFECTS, ...INTEGRATION_DEFECTS, ...LOG_DEFECTS];
  return kinds.filter((kind) => isComplete || !kind.isForComplete);
}
