import type { Defect } from "../../model/defect.js";
import { valueAtPointer } from "../../model/pointer.js";
import type { IntegrationFacet, IntegrationKind, JsonObject } from "../../model/subject.js";
import { isOfficialInvariant } from "../../protocol/invariants/invariant-conditions.js";
import { likelyRenamedFields } from "../../protocol/near-misses/integration-words.js";
import type { MplpEventRule } from "../shared/define.js";
import { wordedFault } from "../shared/integration/payload-fault.js";
import { renaming, type Wording, worded } from "../shared/wording.js";

/** IS-4.3-1: an integration event conforms to its schema, wrapped or bare. */
export const integrationSchema: MplpEventRule = {
  evidence: "event",
  id: "integration-schema",
  clauses: ["IS-4.3-1"],
  alsoCites: ["IS-4.3-2"],
  scopes: ["integration"],
  title: "Integration events conform to their schemas",
  why: "The core schema ignores payload: only the integration schema says if the event is usable.",
  fix: "Validate payloads against schemas/integration before you emit them.",
  explain: (defect, { integration }) => {
    if (defect.target !== "integration" || !defect.schema || integration === undefined) return undefined;
    const place = { pointer: defect.pointer };
    if (defect.problem === "unknown-property") return { ...unknownProperty(defect, integration), ...place };
    const wording = { ...wordedField(defect, integration), ...place };
    if (defect.problem === "not-email" || defect.problem === "not-uri")
      return { ...wording, level: "SHOULD" };
    const broken = defect.invariant !== undefined && isOfficialInvariant(defect.invariant);
    return { ...wording, clauses: broken ? ["IS-4.3-1", "IS-4.3-2"] : ["IS-4.3-1"] };
  },
};

/**
 * Words a defect of an integration event's field, or of its payload as a whole. Stages are named by their list index.
 */
export function wordedField(defect: Defect, integration: IntegrationFacet): Wording {
  if (integration.fault !== undefined) return wordedFault(integration, integration.fault);
  const name = defect.field.replace(/\/\d+/g, "[]").replaceAll("/", ".");
  const enumName =
    defect.field === "status" || defect.field.endsWith("/status") ? `${integration.kind} status` : name;
  const wording = worded(
    defect,
    `${integration.kind} ${name}`,
    valueAtPointer(integration.value, `/${defect.field}`),
    enumName,
  );
  const hint = fieldHint(defect, integration);
  return hint === undefined ? wording : { ...wording, hint };
}

function fieldHint({ problem, field }: Defect, { kind, value }: IntegrationFacet): string | undefined {
  if (problem === "empty") return EMPTY_CAUSES[field];
  const renames = problem === "missing" ? likelyRenamedFields(kind, value) : [];
  const own = renames.filter((rename) => rename.field === field);
  return own.length === 0 ? undefined : renaming(own);
}

const EMPTY_CAUSES: Readonly<Record<string, string>> = {
  repo_url: "typical cause: the repository has no remote, so git config prints nothing",
  ref_name: "typical cause: HEAD is detached, so git symbolic-ref prints nothing",
};

const ENVELOPE_FIELDS: ReadonlySet<string> = new Set(["event_id", "event_type", "event_family"]);

const HINTS: ReadonlyMap<string, string> = new Map([
  ["$comment", "the specification's example files carry $comment, but its schemas forbid it: drop it"],
  ["source", "the adapter's name belongs on the envelope, beside event_id; the payload schemas are closed"],
]);

function unknownProperty(defect: Defect, integration: IntegrationFacet) {
  const nested = defect.field.includes("/");
  const hint = nested ? undefined : propertyHint(defect.field, integration);
  return {
    message: `${integration.kind} has a property that its schema does not allow`,
    hint: hint ?? "the schema is closed: carry extra data on the envelope",
    // The sender chooses property names: they must not split one defect into many findings.
    shape: nested ? `${integration.base}/*/*` : `${integration.base}/*`,
  };
}

function propertyHint(field: string, { kind, value, base }: IntegrationFacet): string | undefined {
  if (!ENVELOPE_FIELDS.has(field)) return HINTS.get(field) ?? meantField(field, kind, value);
  if (base === "/payload") return "this field belongs on the envelope only";
  return "envelope fields belong on the envelope: wrap the rest of this object as its payload";
}

function meantField(name: string, kind: IntegrationKind, value: JsonObject): string | undefined {
  const renames = likelyRenamedFields(kind, value).filter(({ found }) => found === name);
  return renames.length === 0 ? undefined : renaming(renames);
}
