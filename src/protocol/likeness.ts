import type { Comparison, Terms } from "../model/likeness.js";
import { fieldsOf, INTEGRATION_KINDS, LEADING_FIELDS } from "./fields/integration-fields.js";
import { PLAN_FIELDS } from "./fields/plan-fields.js";
import type { SchemaName } from "./schemas/schemas.js";

/** The facts of schemas by their members. */
type Facts = Readonly<Record<SchemaName, Readonly<Record<string, unknown>>>>;

const EVENT_SCHEMAS = ["core", "graph_update", "pipeline_stage", "runtime_execution", "sa", "map"] as const;

/** Texts of integration events that no schema, invariant or rule looks at. */
const FREE_FIELDS = [
  "output_summary",
  "change_summary",
  "encoding",
  "language",
  "commit_message",
  "branch_name",
] as const;

/** Names and paths: about plain ones, nothing can be found. */
const NAME_FIELDS = ["file_path", "previous_path", "commit_id", "ref_name", "run_id"] as const;

const ADDRESS_FIELDS = ["run_url"] as const;

/** Members of a profile event's payload that tell roles and steps apart. */
const PROFILE_FIELDS = ["role_id", ...PLAN_FIELDS] as const;

/**
 * Decides which events the bundled schemas and invariants, and the rules about one event, cannot tell apart. Of an own
 * value they require only that it is of its kind, and that it has its sign.
 */
export function likenessBy(facts: Facts): Terms {
  return {
    // The envelope of an integration event names its adapter. An event without a timestamp may have another time.
    members: [
      ...new Set(EVENT_SCHEMAS.flatMap((name) => Object.keys(facts[name]))),
      "source",
      "completed_at",
      "started_at",
    ],
    payload: {
      ...comparedBy("word", [...INTEGRATION_KINDS.flatMap(fieldsOf), ...PROFILE_FIELDS]),
      ...comparedBy("free", FREE_FIELDS),
      ...comparedBy("name", NAME_FIELDS),
      ...comparedBy("address", ADDRESS_FIELDS),
    },
    leading: LEADING_FIELDS,
    telling: PLAN_FIELDS,
    integration: "external_integration",
    ids: ["event_id"],
    instants: ["timestamp"],
  };
}

function comparedBy(comparison: Comparison, names: readonly string[]): Record<string, Comparison> {
  return Object.fromEntries(names.map((name) => [name, comparison]));
}
