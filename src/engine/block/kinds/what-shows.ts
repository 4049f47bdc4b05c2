import { type Defect, shownBy } from "../../../model/defect.js";
import type { Terms } from "../../../model/likeness.js";
import type { Examined } from "../../../model/rule.js";
import { isJsonObject } from "../../../model/subject.js";
import type { Found } from "../found.js";
import { hasKind } from "./kind.js";

/**
 * What shows the findings of an event, and of all like it. "likeness": nothing else. "names": the names of all members
 * besides, as one of them may be a missing one. "event": only the event itself.
 */
export type Shows = "likeness" | "names" | "event";

/**
 * @param defects what schemas and invariants reject
 * @param found all that rules found
 */
export function whatShows(
  examined: Examined,
  defects: readonly Defect[],
  found: readonly Found[],
  terms: Terms,
): Shows {
  const { record, subject, integration } = examined;
  if (record.likeness === 0 || !hasKind(subject)) return "event";
  if (found.length === 0) return "likeness";
  // What rules find by themselves, they may word by anything in the event.
  if (integration?.fault !== undefined || found.length !== defects.length) return "event";
  const shown = defects.map(shownBy);
  if (shown.includes("other") || defects.some((defect) => isOfOwnValue(defect, examined, terms)))
    return "event";
  return shown.includes("names") && !areNamesTold(examined, terms) ? "names" : "likeness";
}

/** True if own values may differ in what is wrong with them. Wrong ids and times of the record get the same findings. */
function isOfOwnValue({ field, target }: Defect, { record }: Examined, { ids, instants }: Terms): boolean {
  if (target !== "integration" && (ids.includes(field) || instants.includes(field))) return false;
  return record.ownValues?.().some(({ name }) => name === field) === true;
}

/** True if likeness tells the names that count: no member of the record is unknown, and none of its members is in the payload. */
function areNamesTold({ event }: Examined, { members }: Terms): boolean {
  const { payload = {} } = event;
  const inPayload = isJsonObject(payload) ? Object.keys(payload) : [];
  return (
    Object.entries(event).every(([name, value]) => members.includes(name) && isFlat(name, value)) &&
    inPayload.every((name) => !members.includes(name))
  );
}

function isFlat(name: string, value: unknown): boolean {
  return name === "payload" || typeof value !== "object" || value === null;
}
