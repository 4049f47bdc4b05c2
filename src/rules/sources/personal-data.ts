import type { Examined } from "../../model/examined.js";
import type { Observed } from "../../model/source.js";
import { stringsIn } from "../../model/strings-in.js";
import { holdsEmailAddress, isPersonName, mayHoldEmailAddress } from "../../privacy/personal-data.js";
import { pointer } from "../shared/source/forms.js";
import { source } from "../shared/source/source.js";

/** What personal data an event holds. */
export type PersonalData = "none" | "names" | "addresses" | "both";

/** What most events show. */
const CLEAN: Observed<string> = { key: "none", value: "" };

/** How many records hold personal data of each kind, and where the first of them does. */
export const personalRecords = source({
  of: ["any", "learning-sample", "snapshot", "mapping", "unrecognised"],
  value: pointer,
  keep: "count",
  // Key and value are of one search.
  observe: (examined) => {
    const name = nameIn(examined);
    const address = addressIn(examined);
    const found = name ?? address;
    return found === undefined
      ? CLEAN
      : { key: personalDataOf(name !== undefined, address !== undefined), value: found };
  },
});

export function personalDataOf(hasNames: boolean, hasAddresses: boolean): PersonalData {
  if (hasNames) return hasAddresses ? "both" : "names";
  return hasAddresses ? "addresses" : "none";
}

/** Where the event names the author of a change, unless it is a bot. */
function nameIn({ integration }: Examined): string | undefined {
  const name = integration?.value.author_name;
  return typeof name === "string" && isPersonName(name)
    ? `${integration?.base ?? ""}/author_name`
    : undefined;
}

function addressIn({ record }: Examined): string | undefined {
  if (record.signs === 0 || !mayHoldEmailAddress(record.text, record.signs)) return undefined;
  for (const { pointer, text } of stringsIn(record.value)) if (holdsEmailAddress(text)) return pointer;
  return undefined;
}
