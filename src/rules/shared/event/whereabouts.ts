import { isJsonObject, type JsonObject } from "../../../model/subject.js";
import { familyOfFields } from "../../../protocol/fields/families.js";
import { renamedEventFields } from "../../../protocol/near-misses/event-words.js";
import { hinted, renaming } from "../wording.js";

/** Names of members in which other logs keep the fields of an event: no hint repeats another name. */
const HOLDERS: readonly string[] = [
  ..."data attributes properties fields body content detail details metadata meta header headers envelope".split(
    " ",
  ),
  ..."context params args extra event core common base mplp".split(" "),
];

/** Where a field that is missing at top level may have gone, as a hint: into another member, or under another name. */
export function whereabouts(event: JsonObject, field: string): { readonly hint?: string } {
  // A payload may have a timestamp of its own.
  const renames = renamedEventFields(event).filter((rename) => rename.field === field);
  if (renames.length > 0) return { hint: renaming(renames) };
  if (isIn(event.payload, field))
    return { hint: `${field} stands under payload: the event needs its own at top level` };
  const holder = HOLDERS.find((name) => isIn(event[name], field));
  if (holder !== undefined) return { hint: `${field} stands under ${holder}: move it to top level` };
  // Some logs write the member event.id, or an object of this name with an id.
  const [prefix = "", ...rest] = field.split("_");
  const isInEvent = prefix === "event" && isIn(event.event, rest.join("_"));
  return hinted(
    isInEvent && `the member ${rest.join("_")} of event stands for it: write it as ${field} at top level`,
  );
}

/** The family that the fields of an event show, as a hint; undefined if they show none. */
export function familyByFields(event: JsonObject): string | undefined {
  const family = familyOfFields(event);
  return family === undefined
    ? undefined
    : `its other fields are those of ${family}: set event_family to "${family}"`;
}

function isIn(holder: unknown, field: string): boolean {
  return isJsonObject(holder) && Object.hasOwn(holder, field);
}
