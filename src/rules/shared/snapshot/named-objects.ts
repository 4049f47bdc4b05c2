import type { Examined } from "../../../model/rule.js";
import { isJsonObject } from "../../../model/subject.js";
import { PLAN_FIELDS } from "../../../protocol/fields/plan-fields.js";

/** The kinds of L2 objects that a log names and a snapshot may list. */
export const OBJECT_KINDS = ["file", "commit", "plan", "step"] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** What an event names: the kind of object, the pointer to its name, and the name. */
export interface NamedObject {
  readonly kind: ObjectKind | "deleted";
  readonly pointer: string;
  readonly name: string;
}

/** Longer names are not compared. */
export const MAX_NAME = 512;

/** Git events that are about a commit, which others only point at. */
const COMMITTING: readonly unknown[] = ["commit", "push", "merge"];

/**
 * The L2 objects that an event names: the file or the commit of an integration event, the plan and the step of an SA
 * event or of a payload. Deleted files are marked, because the graph need not hold them.
 */
export function objectsNamedIn({ subject, event, integration }: Examined): readonly NamedObject[] {
  if (integration?.kind === "file_update_event") {
    const { file_path: path, change_type: change } = integration.value;
    return named(change === "deleted" ? "deleted" : "file", `${integration.base}/file_path`, path);
  }
  if (integration?.kind === "git_event") {
    const { commit_id: id, event_kind: kind } = integration.value;
    return COMMITTING.includes(kind) ? named("commit", `${integration.base}/commit_id`, id) : NONE;
  }
  const ofAgent = subject.kind === "profile-event" ? named("plan", "/plan_id", event.plan_id) : NONE;
  const { payload } = event;
  if (!isJsonObject(payload) || PLAN_FIELDS.every((field) => payload[field] === undefined)) return ofAgent;
  return [
    ...ofAgent,
    ...named("plan", "/payload/plan_id", payload.plan_id),
    ...named("step", "/payload/step_id", payload.step_id),
  ];
}

const NONE: readonly NamedObject[] = [];

function named(kind: NamedObject["kind"], pointer: string, name: unknown): readonly NamedObject[] {
  const isName = typeof name === "string" && name.trim() !== "" && name.length <= MAX_NAME;
  return isName && !name.includes("\n") ? [{ kind, pointer, name }] : NONE;
}

/** Objects as one text, so that equal ones are kept once. */
export function textOf(objects: readonly NamedObject[]): string {
  return objects.map(({ kind, pointer, name }) => `${kind} ${pointer} ${name}`).join("\n");
}

/** The objects of a text that `textOf` gave. */
export function objectsOf(text: string): readonly NamedObject[] {
  return text.split("\n").map((line) => {
    const [kind = "", pointer = ""] = line.split(" ", 2);
    return { kind: kind as NamedObject["kind"], pointer, name: line.slice(kind.length + pointer.length + 2) };
  });
}
