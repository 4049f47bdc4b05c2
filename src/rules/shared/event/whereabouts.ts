import { isJsonObject, type JsonObject } from "../../../model/subject.js";
import { renamedEventFields } from "../../../protocol/near-misses/event-words.js";
import { hinted, renaming } from "../wording.js";

/** Where a field that is missing at top level may have gone, as a hint: under payload, or under another name. */
export function whereabouts(event: JsonObject, field: string): { readonly hint?: string } {
  if (isJsonObject(event.payload) && Object.hasOwn(event.payload, field)) {
    return { hint: `${field} stands under payload: the event needs its own at top level` };
  }
  const renames = renamedEventFields(event).filter((rename) => rename.field === field);
  return hinted(renames.length > 0 && renaming(renames));
}
