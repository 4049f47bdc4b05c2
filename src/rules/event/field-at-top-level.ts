import { isJsonObject } from "../../model/subject.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import { CORE_FIELDS, FAMILY_FIELDS } from "../../protocol/fields/families.js";
import type { MplpEventRule } from "../shared/define.js";

/** PS-4.1-8: a field that is missing at top level is under payload. */
export const fieldAtTopLevel: MplpEventRule = {
  evidence: "event",
  id: "field-at-top-level",
  clauses: ["PS-4.1-8"],
  alsoCites: ["PS-4.1-1", "PS-5.1-1", "PS-6.1-1", "PS-7.1-1"],
  scopes: ["event"],
  title: "Core and family fields stand at top level",
  why: "Readers look for a family's fields beside event_id; under payload no schema and no reader finds them.",
  fix: "Move the field out of payload, to the top level of the event. (Some SDK validators expect it under payload; the schemas do not.)",
  explain: (defect, { event, integration }) => {
    if (defect.target !== "event" || defect.problem !== "missing" || !isJsonObject(event.payload))
      return undefined;
    if (!Object.hasOwn(event.payload, defect.field)) return undefined;
    // An integration event has its own fields with these names.
    if (integration !== undefined && SHARED.has(defect.field)) return undefined;
    const stated = OWNERS.get(defect.field);
    if (stated === undefined) return undefined;
    return {
      message: `${defect.field} is missing at top level, but stands under payload`,
      pointer: defect.pointer,
      clauses: ["PS-4.1-8", stated],
    };
  },
};

const SHARED: ReadonlySet<string> = new Set(["timestamp", "status", "pipeline_id"]);

const OWNERS: ReadonlyMap<string, ClauseId> = new Map<string, ClauseId>([
  ...CORE_FIELDS.map((field) => [field, "PS-4.1-1"] as const),
  ...FAMILY_FIELDS.graph_update.map((field) => [field, "PS-5.1-1"] as const),
  ...FAMILY_FIELDS.pipeline_stage.map((field) => [field, "PS-6.1-1"] as const),
  ...FAMILY_FIELDS.runtime_execution.map((field) => [field, "PS-7.1-1"] as const),
]);
