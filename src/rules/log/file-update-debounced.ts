import type { Observation } from "../../model/rule.js";
import type { ValueOf } from "../../model/source.js";
import { millisecondsBetween } from "../../protocol/fields/instant.js";
import { logRule } from "../shared/define.js";
import { fileUpdates } from "../sources/integration-events.js";

/** Saves of one file closer together than this, in milliseconds, are one change. */
const DEFAULT = 500;
/** Fractions of a second are binary numbers: a difference of exactly 500 ms may come out a little smaller. */
const TOLERANCE = 1e-9;

type Update = ValueOf<typeof fileUpdates>;

/** IS-13.1-1: finds editors and watchers that report every keystroke instead of waiting. */
export const fileUpdateDebounced = logRule({
  id: "file-update-debounced",
  clauses: ["IS-13.1-1"],
  title: "File updates are debounced",
  why: "Every event makes the runtime update its graph: one save that is reported ten times causes ten updates.",
  fix: "Wait until a file has not changed for 500 ms, or emit on save only.",
  source: fileUpdates,
  atLeast: 2,
  // One change of a file alone comes too soon after nothing.
  checks: (_file, { length }) => (length > 1 ? 1 : 0),
  options: { milliseconds: DEFAULT },
  judge: (_path, updates, { emit, options: { milliseconds = DEFAULT } }) => {
    let before: Observation<Update> | undefined;
    let isBurst = false;
    for (const update of updates) {
      const isTooSoon = isSoonAfter(before, update, milliseconds);
      if (isTooSoon && !isBurst && before !== undefined)
        emit({
          at: update.at,
          related: [before.at],
          message: `a file is reported as modified again within ${milliseconds} ms`,
          pointer: `${update.value.base}/timestamp`,
        });
      isBurst = isTooSoon;
      before = update;
    }
  },
  concludesFrom: "sums",
  conclude: (kept, { emit, options: { milliseconds = DEFAULT } }) => {
    if (milliseconds === DEFAULT || kept.size === 0) return;
    const message = `the configuration asks for ${milliseconds} ms between updates of a file instead of ${DEFAULT}`;
    emit({ at: { input: 0, line: 0 }, absent: true, message, pointer: "", level: "NOTE" });
  },
});

function isSoonAfter(
  before: Observation<Update> | undefined,
  { instant }: Observation<Update>,
  milliseconds: number,
): boolean {
  if (before?.instant === undefined || instant === undefined) return false;
  return millisecondsBetween(before.instant, instant) < milliseconds - TOLERANCE;
}
