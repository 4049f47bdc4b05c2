import type { EventFamily } from "../../protocol/fields/families.js";
import { dataOf, type HeldObject, integrationIn, wrappedIn } from "../excerpt.js";
import type { Edit, Mutation } from "../mutation.js";
import { changing, newId, set, withPayload } from "./building.js";
import { afterEverything, timeOf, timestampOf } from "./times.js";

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
  ofFamily("runtime_execution")(record) && dataOf(record).executor_kind === "tool";

const isToolEvent = (record: HeldObject): boolean =>
  integrationIn(record)?.kind === "tool_event" && !isToolRun(record);

/** A change of a file or in Git, later than everything else. */
function lastOfAll(clause: Mutation["clause"], kind: "file_update_event" | "git_event"): Mutation {
  const isOfKind = (record: HeldObject): boolean => integrationIn(record)?.kind === kind;
  return {
    clause,
    name: `a ${kind} comes last, and no graph_update follows it`,
    needs: ["complete", "all-read"],
    wants: `${kind} in an external_integration event, besides graph_update events that all have a time`,
    *places(excerpt) {
      // One without a time counts as following what stands before it.
      if (excerpt.where(ofFamily("graph_update")).some((record) => timeOf(record) === undefined)) return;
      const timestamp = timestampOf(afterEverything(excerpt));
      if (timestamp === undefined) return;
      const about = excerpt.where(isOfKind);
      for (const record of about.filter((each) => wrappedIn(each) !== undefined)) {
        const last = withPayload({ ...dataOf(record), event_id: newId(), timestamp }, { timestamp });
        const edits = () => [{ record, lines: [record.text, last] }];
        yield { at: record, pointer: "/payload/timestamp", about, edits };
      }
    },
  };
}

/** What is missing from a log. */
export const ABSENCE_MUTATIONS: readonly Mutation[] = [
  withoutFamily("PS-4.2-2", "graph_update"),
  withoutFamily("PS-4.2-3", "pipeline_stage"),
  withoutFamily("PS-4.2-4", "runtime_execution"),
  withoutFamily("PS-4.2-4", "import_process"),
  withoutFamily("PS-4.2-4", "intent"),
  lastOfAll("IS-4.2-1", "file_update_event"),
  lastOfAll("IS-4.2-3", "git_event"),
  {
    clause: "RG-7.2-3",
    name: "all executions of tools are removed",
    needs: ["complete-or-runtime", "all-read"],
    wants: "runtime_execution event of a tool beside a tool_event",
    places: (excerpt) =>
      excerpt.where(isToolEvent).length > 0 ? withoutAll(excerpt.where(isToolRun), "/executor_kind") : [],
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
