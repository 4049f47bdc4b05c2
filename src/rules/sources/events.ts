import type { EventFamily } from "../../protocol/fields/families.js";
import { named } from "../shared/source/fields.js";
import { source } from "../shared/source/source.js";

/** How many events that are about a project name it, and how many do not. */
export const projectsNamed = source({
  of: ["graph_update", "pipeline_stage", "runtime_execution"],
  key: named(["with", "without"], ({ project_id: project }) => (project === undefined ? "without" : "with")),
  keep: "count",
});

/** How many events there are of some families. */
export function familyEvents(families: readonly EventFamily[]) {
  return source({ of: "event", key: named(families, "event_family"), keep: "count" });
}

/** What event types tell of drift or of rollback, whatever their family (RG 7.2). */
const TOLD = [
  ["drift", /^(?:drift_|DriftDetected)/],
  ["rollback", /^(?:rollback_(?:executed|completed)$|Rollback(?:Executed|Completed))/],
  ["rollback-planned", /^(?:rollback_(?:planned|initiated)$|Rollback(?:Planned|Initiated))/],
] as const satisfies readonly (readonly [told: string, type: RegExp])[];

export type Told = (typeof TOLD)[number][0];

/** How many events tell of drift or of rollback. */
export const toldEvents = source({
  of: "event",
  key: named(
    TOLD.map(([told]) => told),
    ({ event_type: type }) =>
      typeof type === "string" ? TOLD.find(([, pattern]) => pattern.test(type))?.[0] : undefined,
  ),
  keep: "count",
});

/** How many learning samples there are. */
export const samples = source({
  of: "learning-sample",
  key: named(["sample"], ({ sample_family: family, sample_id: id }) =>
    typeof family === "string" && id !== undefined ? "sample" : undefined,
  ),
  keep: "count",
});
