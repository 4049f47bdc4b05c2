import type { Examined } from "../../model/examined.js";
import { FINEST } from "../../model/time-bins.js";
import { EVENT_FAMILIES, type EventFamily } from "../../protocol/fields/families.js";
import { wholeColumn } from "../shared/source/columns.js";
import { eventTime, named } from "../shared/source/fields.js";
import { row } from "../shared/source/rows.js";
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

/** Kinds of events: the families, and what has none. */
export const EVENT_GROUPS = [...EVENT_FAMILIES, "sa", "map", "integration", "other"] as const;
export type EventGroup = (typeof EVENT_GROUPS)[number];

function groupOf({ subject }: Examined): EventGroup {
  if (subject.kind === "profile-event") return subject.profile;
  if (subject.kind === "integration-event") return "integration";
  const family = subject.kind === "event" ? subject.family : undefined;
  return EVENT_FAMILIES.find((known) => known === family) ?? "other";
}

/** A number of events, in the bin of time that begins at the instant. */
const counted = row({ events: wholeColumn, exponent: wholeColumn }, {});
const ONE = counted.write({ events: 1, exponent: FINEST });

/** How many events there are of each kind at which time. */
export const eventTimes = source({
  of: ["event", "sa", "map", "integration"],
  key: named(EVENT_GROUPS, (_part, examined) => groupOf(examined)),
  value: { ...counted, take: () => ONE },
  at: eventTime,
  keep: "bins",
});

/** Event types about drift or rollback, of any family (RG 7.2). */
const TOLD = [
  ["drift", /^(?:drift_|DriftDetected)/],
  ["rollback", /^(?:rollback_(?:executed|completed)$|Rollback(?:Executed|Completed))/],
  ["rollback-planned", /^(?:rollback_(?:planned|initiated)$|Rollback(?:Planned|Initiated))/],
] as const satisfies readonly (readonly [told: string, type: RegExp])[];

export type Told = (typeof TOLD)[number][0];

/** The number of events about drift or rollback. */
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
