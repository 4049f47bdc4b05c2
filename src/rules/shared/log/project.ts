import type { JsonObject } from "../../../model/subject.js";
import { foldedId } from "../../../protocol/fields/formats.js";

/** The project that an event says it is of; "" where it names none. */
export function projectOf({ project_id: project }: JsonObject): string {
  return typeof project === "string" ? foldedId(project) : "";
}
