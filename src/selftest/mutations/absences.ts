import type { EventFamily } from "../../protocol/fields/families.js";
import { dataOf, type Excerpt, type HeldObject, integrationIn } from "../excerpt.js";
import type { Edit, Mutation } from "../mutation.js";
import { changing, isOf, set } from "./building.js";

const ofFamily =
  (family: EventFamily) =>
  ({ subject }: HeldObject): boolean =>
    subject.kind === "event" && subject.family === family;

/** A log without a family that a runtime must have. */
function withoutFamily(clause: Mutation["clause"], family: EventFamily): Mutation {
  return {
    clause,
    name: `all ${family} events are removed`,
    needs: ["runtime", "complete", "all-read"],
    wants: `${family} event`,
    places: (excerpt) => withoutAll(excerpt.where(ofFamily(family)), "/event_family"),
  };
}

function* withoutAll(records: readonly HeldObject[], pointer: string) {
  const [at] = records;
  const edits = (): readonly Edit[] => records.map((record) => ({ record, lines: [] }));
  if (at !== undefined) yield { at, pointer, edits };
}

const isProjects = (record: HeldObject): boolean =>
  ["graph_update", "pipeline_stage", "runtime_execution"].some((family) =>
    ofFamily(family as EventFamily)(record),
  );

const isToolRun = (record: HeldObject): boolean =>
  isOf("runtime_execution")(record) && dataOf(record).executor_kind === "tool";

/** What is missing from a log. */
export const ABSENCE_MUTATIONS: readonly Mutation[] = [
  withoutFamily("PS-4.2-2", "graph_update"),
  withoutFamily("PS-4.2-3", "pipeline_stage"),
  withoutFamily("PS-4.2-4", "runtime_execution"),
  withoutFamily("PS-4.2-4", "import_process"),
  withoutFamily("PS-4.2-4", "intent"),
  {
    clause: "RG-7.2-3",
    name: "all executions of tools are removed",
    needs: ["complete-or-runtime", "all-read"],
    wants: "runtime_execution event of a tool beside a tool_event",
    places: (excerpt) =>
      hasToolEvent(excerpt) ? withoutAll(excerpt.where(isToolRun), "/executor_kind") : [],
  },
  changing(
    {
      clause: "PS-4.1-9",
      level: "NOTE",
      name: "project_id is removed from an event that is about a project",
      wants: "graph_update, pipeline_stage or runtime_execution event with a project_id",
    },
    {
      fits: (record) => isProjects(record) && dataOf(record).project_id !== undefined,
      pointer: "/project_id",
      to: set({ project_id: undefined }),
      // The clause is noted once a log.
      about: (_record, excerpt) => excerpt.where(isProjects),
    },
  ),
];

function hasToolEvent(excerpt: Excerpt): boolean {
  return excerpt.where((record) => integrationIn(record)?.kind === "tool_event").length > 0;
}
