import { isUuid, isUuidV4 } from "../../protocol/fields/formats.js";
import type { MplpEventRule } from "../shared/define.js";
import { worded } from "../shared/wording.js";

/** PS-4.1-6: project_id, if present, is a UUID. Only prose asks for version 4. */
export const projectIdUuid: MplpEventRule = {
  evidence: "event",
  id: "project-id-uuid",
  clauses: ["PS-4.1-6"],
  scopes: ["event"],
  title: "project_id is a UUID",
  why: "The project id links a log to its project; a name would link it to every project of that name.",
  fix: "Use the project's UUID v4, or leave project_id out of system-level events.",
  applies: ({ event }) => event.project_id !== undefined,
  explain: (defect, { event }) => {
    if (defect.target !== "event" || defect.field !== "project_id") return undefined;
    return { ...worded(defect, "project_id", event.project_id), pointer: defect.pointer };
  },
  check: ({ event }, emit) => {
    const id = event.project_id;
    if (typeof id !== "string" || isUuidV4(id) || !isUuid(id)) return;
    const conflict =
      "the field table says UUID v4, the schema any UUID: a spec conflict, so this is a SHOULD";
    const isUrn = id.length > 36;
    emit({
      message: isUrn
        ? "project_id is a UUID, but not in its plain form"
        : "project_id is a UUID, but not of version 4",
      hint: isUrn ? `write it without the urn:uuid: prefix; ${conflict}` : conflict,
      pointer: "/project_id",
      level: "SHOULD",
    });
  },
};
