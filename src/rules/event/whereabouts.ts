import { isJsonObject, type JsonObject } from "../../model/subject.js";
import { nearest } from "../../spec/near-misses/nearest.js";
import { renamesIn, vocabularyOf } from "../../spec/near-misses/spelling.js";
import { renaming } from "../wording.js";

/** Where a field that is missing at top level may have gone, as a hint: under payload, or misspelled. */
export function whereabouts(event: JsonObject, field: string): { readonly hint?: string } {
  if (isJsonObject(event.payload) && Object.hasOwn(event.payload, field)) {
    return { hint: `${field} stands under payload: the event needs its own at top level` };
  }
  const renames = renamesIn(event, vocabularyOf([field]));
  if (renames.length > 0)
    return { hint: `a key that looks like a misspelled ${field} is there: ${renaming(renames)}` };
  const isMisspelled = Object.keys(event).some((name) => name !== field && nearest(name, [field]) === field);
  return isMisspelled ? { hint: `a key that looks like a misspelled ${field} is there` } : {};
}
