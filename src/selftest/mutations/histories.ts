import type { JsonObject } from "../../model/subject.js";
import { foldedId } from "../../protocol/fields/formats.js";
import { dataOf, type Excerpt, type HeldObject, integrationIn, wrappedIn } from "../excerpt.js";
import { isOf, withMembers, withPayload } from "./building.js";
import { timeOf } from "./times.js";

/** Something that has a status from event to event. */
export interface Lifecycle {
  /** With its article. */
  readonly noun: string;
  readonly keyOf: (record: HeldObject) => string | undefined;
  readonly statusOf: (record: HeldObject) => unknown;
  readonly withStatus: (value: JsonObject, status: string) => JsonObject;
  readonly pointer: string;
  /** The statuses after which nothing may follow. */
  readonly ends: readonly string[];
}

export const STAGE: Lifecycle = {
  noun: "a stage",
  keyOf: keyed(isOf("pipeline_stage"), ({ pipeline_id, stage_id }) => [pipeline_id, stage_id]),
  statusOf: (record) => dataOf(record).stage_status,
  withStatus: (value, stage_status) => withMembers(value, { stage_status }),
  pointer: "/stage_status",
  ends: ["completed", "skipped"],
};

export const EXECUTION: Lifecycle = {
  noun: "an execution",
  keyOf: keyed(isOf("runtime_execution"), ({ execution_id }) => [execution_id]),
  statusOf: (record) => dataOf(record).status,
  withStatus: (value, status) => withMembers(value, { status }),
  pointer: "/status",
  ends: ["completed", "failed", "cancelled"],
};

const INTEGRATION = {
  statusOf: (record: HeldObject) => integrationIn(record)?.value.status,
  withStatus: (value: JsonObject, status: string) => withPayload(value, { status }),
  pointer: "/payload/status",
  ends: ["succeeded", "failed", "cancelled"],
};

export const TOOL_RUN: Lifecycle = {
  ...INTEGRATION,
  noun: "a tool invocation",
  keyOf: (record) => {
    const facet = integrationIn(record);
    return facet?.kind === "tool_event" ? joined([facet.value.invocation_id]) : undefined;
  },
};

export const CI_RUN: Lifecycle = {
  ...INTEGRATION,
  noun: "a CI run",
  keyOf: (record) => {
    const facet = integrationIn(record);
    if (facet?.kind !== "ci_event") return undefined;
    const { ci_provider, pipeline_id, run_id } = facet.value;
    return joined([ci_provider, pipeline_id, run_id]);
  },
};

function keyed(isMeant: (record: HeldObject) => boolean, idsOf: (value: JsonObject) => readonly unknown[]) {
  return (record: HeldObject) => (isMeant(record) ? joined(idsOf(dataOf(record))) : undefined);
}

function joined(ids: readonly unknown[]): string | undefined {
  const texts = ids.filter((id) => typeof id === "string");
  return texts.length === ids.length ? JSON.stringify(texts.map(foldedId)) : undefined;
}

/**
 * The histories of an excerpt, each in the order of its times. Histories without a clear order are left out: where two
 * events have one instant, or one has none, a mutation might be a legal order of events.
 */
export function historiesOf(lifecycle: Lifecycle, excerpt: Excerpt): readonly (readonly HeldObject[])[] {
  return excerpt.once(lifecycle, () => [...excerpt.grouped(lifecycle.keyOf).values()].flatMap(inOrder));
}

function inOrder(records: readonly HeldObject[]): readonly (readonly HeldObject[])[] {
  const times = new Map(records.map((record) => [record, timeIn(record)]));
  const isClear = new Set(times.values()).size === records.length && ![...times.values()].includes(undefined);
  if (!isClear) return [];
  return [[...records].sort((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0))];
}

/** Bare integration events have times of other names. */
function timeIn(record: HeldObject): number | undefined {
  const isEnveloped = integrationIn(record) === undefined || wrappedIn(record) !== undefined;
  return isEnveloped ? timeOf(record) : undefined;
}
