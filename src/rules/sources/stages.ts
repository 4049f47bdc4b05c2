import { foldedId } from "../../protocol/fields/formats.js";
import { oneOf } from "../shared/source/columns.js";
import { distinctText } from "../shared/source/distinct-text.js";
import { eventTime, id, ids } from "../shared/source/fields.js";
import type { Taken } from "../shared/source/forms.js";
import { source } from "../shared/source/source.js";

/** The statuses of a stage (PS 6.2). */
export const STAGE_STATUSES = ["pending", "running", "completed", "failed", "skipped"] as const;

export const stages = source({
  of: "pipeline_stage",
  dealtBy: (key) => stageIn(key)?.pipeline ?? key,
  key: ids("pipeline_id", "stage_id"),
  columns: { status: oneOf("stage_status", STAGE_STATUSES) },
  at: eventTime,
  once: "delivery",
  keep: "history",
});

/** The ids in a key of `stages`; undefined for a key that was shortened. */
export function stageIn(key: string): { readonly pipeline: string; readonly stage: string } | undefined {
  const end = key.lastIndexOf("\n");
  if (end < 0) return undefined;
  const length = Number(key.slice(end + 1));
  return { pipeline: key.slice(0, length), stage: key.slice(length, end) };
}

/** What an event says about a stage: its id, order and name, as far as it says so. */
export interface StageFacts {
  readonly stage: string;
  readonly order: number | undefined;
  readonly name: string | undefined;
}

/** Facts in one text, since equal ones are kept once: the length of the stage's id and its order, the id, the name. */
const factsInText: Taken<StageFacts, string> = {
  schema: { type: "string", pattern: "^[0-9]+ [^\\n]*\\n" },
  take: ({ stage_id: id, stage_order: order, stage_name: name }) => {
    if (typeof id !== "string") return undefined;
    const stage = distinctText(foldedId(id));
    const known = typeof order === "number" ? order : "";
    return `${stage.length} ${known}\n${stage}${typeof name === "string" ? `\n${distinctText(name)}` : ""}`;
  },
  read: (kept) => {
    const space = kept.indexOf(" ");
    const start = kept.indexOf("\n") + 1;
    const order = kept.slice(space + 1, start - 1);
    const end = start + Number(kept.slice(0, space));
    return {
      stage: kept.slice(start, end),
      order: order === "" ? undefined : Number(order),
      name: end < kept.length ? kept.slice(end + 1) : undefined,
    };
  },
};

/** What events say about the stages of a pipeline, once each, and whether several events say it. */
export const stageFacts = source({
  of: "pipeline_stage",
  key: id("pipeline_id"),
  value: factsInText,
  once: "delivery",
  keep: "each",
});
