import type { Instant } from "../../model/observation.js";
import type { Observed } from "../../model/source.js";
import { instantOf } from "../../protocol/fields/instant.js";
import { laterOf } from "../shared/log/order.js";
import { projectOf } from "../shared/log/project.js";
import { nameOf, object, text } from "../shared/source/forms.js";
import { source } from "../shared/source/source.js";

const KINDS = ["file_update_event", "git_event", "graph_update"] as const;

/** A change of files or in Git, or an update of the PSG. */
export interface Change {
  readonly kind: (typeof KINDS)[number];
  /** "" where none is named. */
  readonly project: string;
  /** Where the integration event stands in its record. */
  readonly base: "" | "/payload";
}

/** The last change of each kind, and the last graph_update, of each project. */
export const lastChanges = source({
  of: ["integration", "graph_update"],
  value: object({ kind: nameOf(KINDS), project: text, base: nameOf(["", "/payload"]) }),
  keep: { merge: laterOf, isLatestKept: () => true },
  // Two kinds of events, each with its own time.
  observe: ({ subject, event, integration }) => {
    const project = projectOf(event);
    if (integration?.kind === "file_update_event" || integration?.kind === "git_event") {
      const { kind, base, value } = integration;
      return entryOf({ kind, project, base }, instantOf(value.timestamp) ?? instantOf(event.timestamp));
    }
    if (subject.kind !== "event" || subject.family !== "graph_update") return undefined;
    return entryOf({ kind: "graph_update", project, base: "" }, instantOf(event.timestamp));
  },
});

function entryOf(value: Change, instant: Instant | undefined): Observed<Change> {
  return { key: `${value.kind} ${value.project}`, value, instant };
}
