import type { Examined } from "../../model/examined.js";
import type { Observation } from "../../model/observation.js";
import type { Observed } from "../../model/source.js";
import type { IntegrationFacet } from "../../model/subject.js";
import { instantOf } from "../../protocol/fields/instant.js";
import { earlierOf, isBefore, laterOf } from "../shared/log/order.js";
import { projectOf } from "../shared/log/project.js";
import { eventTime, joinedIds } from "../shared/source/fields.js";
import { either, flag, literal, nameOf, object, orNull, text, type ValueOf } from "../shared/source/forms.js";
import { source } from "../shared/source/source.js";

const STARTS = ["pending", "running"];
const ENDS = ["succeeded", "failed", "cancelled"];
/** The project of a run whose events name several. */
export const SEVERAL = null;

/** What the events of one CI run show. */
const run = object({
  what: literal("run"),
  start: flag,
  end: flag,
  base: nameOf(["", "/payload"]),
  project: orNull(text),
});

/** There are pipeline_stage events of a project. */
const stage = object({ what: literal("stage"), project: text });

/** A ci_event without the ids that tell runs apart. */
const nameless = object({ what: literal("nameless") });

const shown = either(run, stage, nameless);
export type Shown = ValueOf<typeof shown>;
export type Run = Extract<Shown, { what: "run" }>;

/** How the keys begin of the last pipeline_stage of each project. */
const STAGE = "stage ";

const NAMELESS: Observed<Shown> = { key: "nameless", value: { what: "nameless" } };

/** What CI events show of each run, and the last pipeline_stage of each project. */
export const ciCoverage = source({
  of: ["integration", "pipeline_stage"],
  value: shown,
  keep: { merge: merged, isLatestKept: ({ what }) => what === "stage" },
  // Three kinds of entries, each with its own key and time.
  observe: (examined): Observed<Shown> | undefined => {
    const { subject, event, integration } = examined;
    if (integration?.kind === "ci_event") return observeRun(examined, integration);
    if (subject.kind !== "event" || subject.family !== "pipeline_stage") return undefined;
    const project = projectOf(event);
    return {
      key: `${STAGE}${project}`,
      value: { what: "stage", project },
      instant: instantOf(event.timestamp),
    };
  },
});

function merged(earlier: Observation<Shown>, later: Observation<Shown>): Observation<Shown> {
  if (!isRun(earlier) || !isRun(later)) return laterOf(earlier, later);
  const first = isBefore(later, earlier) ? later : earlier;
  const start = earlier.value.start || later.value.start;
  const end = earlier.value.end || later.value.end;
  const project = sharedBy(earlier.value.project, later.value.project);
  return { ...first, value: { ...first.value, start, end, project } };
}

function observeRun(examined: Examined, { value, base }: IntegrationFacet): Observed<Shown> {
  const { ci_provider: provider, pipeline_id: pipeline, run_id: id, status } = value;
  const key = joinedIds([provider, pipeline, id]);
  if (key === undefined) return NAMELESS;
  const start = STARTS.some((known) => known === status);
  const end = ENDS.some((known) => known === status);
  const instant = earlierOf(instantOf(value.started_at), eventTime.of(value, examined));
  return {
    key: `run ${key}`,
    value: { what: "run", start, end, base, project: projectOf(examined.event) },
    instant,
  };
}

export function isStageKey(key: string): boolean {
  return key.startsWith(STAGE);
}

export function isRun(entry: Observation<Shown>): entry is Observation<Run> {
  return entry.value.what === "run";
}

/** The only project that the events name; events without a project are ignored. */
function sharedBy(one: Run["project"], other: Run["project"]): Run["project"] {
  if (one === other || other === "") return one;
  return one === "" ? other : SEVERAL;
}
