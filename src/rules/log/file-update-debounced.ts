import type { Observation } from "../../model/rule.js";
import type { JsonObject } from "../../model/subject.js";
import { instantOf, millisecondsBetween } from "../../protocol/fields/instant.js";
import type { MplpLogRule } from "../shared/define.js";
import { projectOf } from "../shared/log/project.js";

/** Saves of one file closer together than this, in milliseconds, are one change. */
const DEFAULT = 500;
/** Fractions of a second are binary numbers: a difference of exactly 500 ms may come out a little smaller. */
const TOLERANCE = 1e-9;

/** IS-13.1-1: editors and watchers that report every keystroke are told from those that wait. */
export const fileUpdateDebounced: MplpLogRule<number> = {
  evidence: "log",
  id: "file-update-debounced",
  clauses: ["IS-13.1-1"],
  title: "File updates are debounced",
  why: "Every event makes the runtime update its graph: one save that comes as ten does so ten times.",
  fix: "Wait until a file has been left alone for 500 ms, or emit on save only.",
  scopes: ["integration"],
  store: "columns",
  order: "causal",
  atLeast: 2,
  observe: ({ record, event, integration }) => {
    if (integration?.kind !== "file_update_event" || integration.value.change_type !== "modified")
      return undefined;
    const { value: update, base } = integration;
    const instant = instantOf(update.timestamp);
    if (typeof update.file_path !== "string" || instant === undefined) return undefined;
    const key = fileKey(event, update.file_path, update.workspace_root);
    return { key, value: record.digests.of(update) * 2 + (base === "" ? 1 : 0), instant };
  },
  // A payload that comes again, with its timestamp, is a redelivery, whatever its envelope says.
  deliveryOf: (value) => Math.floor(value / 2),
  // One change of a file alone comes too soon after nothing.
  checks: (_file, { length }) => (length > 1 ? 1 : 0),
  options: { milliseconds: DEFAULT },
  judge: (_path, updates, { emit, options: { milliseconds = DEFAULT } }) => {
    let before: Observation<number> | undefined;
    let isBurst = false;
    for (const update of updates) {
      const isTooSoon = isSoonAfter(before, update, milliseconds);
      if (isTooSoon && !isBurst && before !== undefined)
        emit({
          at: update.at,
          related: [before.at],
          message: `a file is reported as modified again within ${milliseconds} ms`,
          pointer: update.value % 2 === 1 ? "/timestamp" : "/payload/timestamp",
        });
      isBurst = isTooSoon;
      before = update;
    }
  },
  conclude: (kept, { emit, options: { milliseconds = DEFAULT } }) => {
    if (milliseconds === DEFAULT || kept.size === 0) return;
    const message = `the configuration asks for ${milliseconds} ms between updates of a file instead of ${DEFAULT}`;
    emit({ at: { input: 0, line: 0 }, absent: true, message, pointer: "", level: "NOTE" });
  },
};

/** One file, as one adapter reports it: of one project and workspace. */
function fileKey(event: JsonObject, path: string, root: unknown): string {
  const [workspace, adapter] = [root, event.source].map((name) => (typeof name === "string" ? name : ""));
  return JSON.stringify([projectOf(event), workspace, adapter, plainPath(path)]);
}

/** Steps of a path that lead nowhere, and the slashes at its ends. */
const IDLE_STEP = /(?:^|\/)\.?(?:\/|$)/;

/** A path without steps that lead nowhere: ./a, a//b and a/./b are a and a/b. Steps up are left as they are. */
function plainPath(path: string): string {
  if (!IDLE_STEP.test(path)) return path;
  const steps = path.split("/").filter((step, index) => step !== "." && (step !== "" || index === 0));
  return steps.join("/");
}

function isSoonAfter(
  before: Observation<number> | undefined,
  { instant }: Observation<number>,
  milliseconds: number,
): boolean {
  if (before?.instant === undefined || instant === undefined) return false;
  return millisecondsBetween(before.instant, instant) < milliseconds - TOLERANCE;
}
