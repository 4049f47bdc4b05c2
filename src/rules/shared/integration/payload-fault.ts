import type { IntegrationFacet, PayloadFault } from "../../../model/subject.js";
import { requiredFields } from "../../../protocol/fields/integration-fields.js";
import { likelyRenamedFields } from "../../../protocol/near-misses/integration-words.js";
import { hinted, renaming, type Wording } from "../wording.js";

type Faulty = Pick<IntegrationFacet, "kind" | "value">;

/** Describes what is wrong with the whole payload of an event that claims to be an integration event (IS 4.3). */
export function wordedFault(integration: Faulty, fault: PayloadFault): Wording {
  const { kind } = integration;
  switch (fault) {
    case "missing":
      return { message: `${kind} has no payload`, hint: fieldsHint(integration) };
    case "not-an-object":
      return { message: `${kind} has a payload that is no object`, hint: fieldsHint(integration) };
    case "empty":
      return { message: `${kind} has an empty payload`, hint: fieldsHint(integration) };
    case "wrapped-again":
      return {
        message: `${kind} is wrapped once more inside the payload`,
        hint: "put its fields directly into payload, and one integration event into each event",
      };
    case "other-spelling":
      return { message: `${kind} has its fields in another spelling`, ...renamesHint(integration) };
    case "other-words":
      return { message: `${kind} has its fields under other names`, ...renamesHint(integration) };
    case "other-fields":
      return { message: `the payload has no field of a ${kind}`, hint: fieldsHint(integration) };
  }
}

/** What the schema of a kind asks for. */
export function fieldsHint({ kind }: Pick<Faulty, "kind">): string {
  return `the payload of a ${kind} needs ${requiredFields(kind).join(", ")}; an event of another kind needs another event_type`;
}

function renamesHint({ kind, value }: Faulty): { readonly hint?: string } {
  const required = requiredFields(kind);
  const renames = likelyRenamedFields(kind, value).filter(({ field }) => required.includes(field));
  const lost = required.filter(
    (name) => value[name] === undefined && renames.every(({ field }) => field !== name),
  );
  return hinted(
    renames.length > 0 && renaming(renames),
    lost.length > 0 && `missing besides: ${lost.join(", ")}`,
  );
}
