// What one would write in an afternoon: readline, JSON.parse, ajv with the official schemas, and the invariants of
// single events. It counts what fails, by message; it gives no places and looks at no two events together.
//
//   node bench/ajv-loop.mjs events.ndjson
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { load } from "js-yaml";
import { CORE, FAMILIES, PAYLOADS, PROFILES } from "./protocol.mjs";

const ajv = new Ajv({ strict: false });
formats.default(ajv);
const core = ajv.compile(CORE);
const compiled = (schemas) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]));
const families = compiled(FAMILIES);
const payloads = compiled(PAYLOADS);
const profiles = compiled(PROFILES);

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const RULES = {
  "uuid-v4": () => (value) => typeof value === "string" && UUID_V4.test(value),
  "non-empty-string": () => (value) => typeof value === "string" && value !== "",
  "iso-datetime": () => (value) => typeof value === "string" && ISO.test(value),
  enum: (words) => (value) => words.includes(value),
};
const SCOPES = {
  event: "event",
  tool_id: "tool_event",
  file_path: "file_update_event",
  repo_url: "git_event",
  ci_provider: "ci_event",
};
const invariants = ["observability", "integration"].flatMap((name) => {
  const path = new URL(`../invariants/${name}-invariants.yaml`, import.meta.url);
  return load(readFileSync(path, "utf8")).invariants.map(withTest);
});
const byScope = Object.fromEntries(
  Object.entries(SCOPES).map(([name, scope]) => [name, invariants.filter((entry) => entry.scope === scope)]),
);

const failures = new Map();
let events = 0;
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  if (line.trim() === "") continue;
  events++;
  try {
    check(JSON.parse(line));
  } catch {
    fail("not JSON");
  }
}
console.log(`${events} events`);
for (const [message, count] of failures) console.log(`${count} × ${message}`);
process.exitCode = failures.size > 0 ? 1 : 0;

function check(event) {
  if (event.event_family === undefined) {
    validate(event, memberOf(event, profiles), profiles);
    return;
  }
  const validator = families[event.event_family] ?? core;
  if (!validator(event)) failSchema(validator);
  keep(byScope.event, event);
  if (event.event_family !== "external_integration") return;
  const kind = memberOf(event.payload, payloads);
  validate(event.payload, kind, payloads);
  keep(byScope[kind] ?? [], event.payload);
}

function memberOf(value, validators) {
  for (const member in validators) if (value?.[member] !== undefined) return member;
  return undefined;
}

function validate(value, name, validators) {
  if (name === undefined) fail("of no known kind");
  else if (!validators[name](value)) failSchema(validators[name]);
}

function failSchema({ errors }) {
  for (const { instancePath, message } of errors) fail(`${instancePath} ${message}`);
}

function keep(entries, value) {
  for (const { id, path, when, test } of entries) {
    if (when?.equals !== undefined && value[when.field] !== when.equals) continue;
    if (when?.exists === true && value[when.field] === undefined) continue;
    if (!test(value[path])) fail(id);
  }
}

function withTest(entry) {
  const [, word, list = ""] = /^([\w-]+)(?:\((.*)\))?$/.exec(entry.rule);
  return { ...entry, test: RULES[word](list.split(",")) };
}

function fail(message) {
  failures.set(message, (failures.get(message) ?? 0) + 1);
}
