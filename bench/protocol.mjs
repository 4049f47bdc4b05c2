// Which schema an event is to meet, for the checkers that ours is compared with.
import { readFileSync } from "node:fs";

const FOLDER = new URL("../schemas/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));

/** The schema of every event with a family. */
export const CORE = read("events/mplp-event-core.schema.json");
/** Further schemas by the member that tells them apart. */
export const FAMILIES = {
  graph_update: read("events/mplp-graph-update-event.schema.json"),
  pipeline_stage: read("events/mplp-pipeline-stage-event.schema.json"),
  runtime_execution: read("events/mplp-runtime-execution-event.schema.json"),
};
/** Schemas of payloads, by a member that only one kind has. */
export const PAYLOADS = {
  tool_id: read("integration/mplp-tool-event.schema.json"),
  file_path: read("integration/mplp-file-update-event.schema.json"),
  repo_url: read("integration/mplp-git-event.schema.json"),
  ci_provider: read("integration/mplp-ci-event.schema.json"),
};
/** Schemas of events without a family, by a member that only one profile has. */
export const PROFILES = {
  sa_id: read("events/mplp-sa-event.schema.json"),
  session_id: read("events/mplp-map-event.schema.json"),
};

/** All of them as one schema, for validators that take one. */
export function combinedSchema() {
  const parts = { core: CORE, ...FAMILIES, ...PAYLOADS, ...PROFILES };
  const definitions = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, embedded(part)]));
  const has = (member) => ({ required: [member] });
  const choose = (members, otherwise) =>
    members.reduceRight((rest, name) => conditional(has(name), definition(name), rest), otherwise);
  const family = (name, then) => conditional({ properties: { event_family: { const: name } } }, then, true);
  const ofFamily = [
    definition("core"),
    ...Object.keys(FAMILIES).map((name) => family(name, definition(name))),
    family("external_integration", { properties: { payload: choose(Object.keys(PAYLOADS), false) } }),
  ];
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    definitions,
    ...conditional(has("event_family"), { allOf: ofFamily }, choose(Object.keys(PROFILES), false)),
  };
}

/** The same for a log that is one array. */
export function combinedArraySchema() {
  const { $schema, definitions, ...items } = combinedSchema();
  return { $schema, definitions, type: "array", items };
}

function conditional(condition, accepted, otherwise) {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  return { if: condition, then: accepted, else: otherwise };
}

function definition(name) {
  return { $ref: `#/definitions/${name}` };
}

/** A schema as a part of another: without an address of its own, by which its references would be read. */
function embedded({ $schema, $id, ...schema }) {
  return JSON.parse(JSON.stringify(schema).replaceAll(CORE.$id.split("/").at(-1), "#/definitions/core"));
}
