import type { Examined, Observed } from "../../../model/rule.js";
import { foldedId } from "../../../protocol/fields/formats.js";

/** What an event says about a stage: its id, order and name, as far as it says so. */
export interface StageFacts {
  readonly stage: string;
  readonly order: number | undefined;
  readonly name: string | undefined;
}

/** Keeps what events say about the stages of a pipeline, once each, and whether several events say it. */
export function observeStageFacts({ record, subject, event }: Examined): Observed<string> | undefined {
  if (subject.kind !== "event" || subject.family !== "pipeline_stage") return undefined;
  const { pipeline_id: key, stage_id: id, stage_order: order, stage_name: name } = event;
  if (typeof key !== "string" || typeof id !== "string") return undefined;
  const stage = foldedId(id);
  const known = typeof order === "number" ? order : "";
  const value = `${stage.length} ${known}\n${stage}${typeof name === "string" ? `\n${name}` : ""}`;
  return { key: foldedId(key), value, attachment: record.digests.delivery };
}

/** Reads back what is kept of an event: the length of the stage's id and its order, the id, the name. */
export function stageFactsIn(value: string): StageFacts {
  const space = value.indexOf(" ");
  const start = value.indexOf("\n") + 1;
  const order = value.slice(space + 1, start - 1);
  const end = start + Number(value.slice(0, space));
  return {
    stage: value.slice(start, end),
    order: order === "" ? undefined : Number(order),
    name: end < value.length ? value.slice(end + 1) : undefined,
  };
}
