import type { Problem } from "../../model/defect.js";
import { escapeSegment } from "../../model/pointer.js";
import { type IntegrationKind, isJsonObject, type JsonObject } from "../../model/subject.js";
import type { FieldFacts, SchemaFacts } from "../fields/field-facts.js";
import { isDateTime, isUuid, isUuidV4 } from "../fields/formats.js";
import { ProtocolError, type ProtocolFile } from "../schemas/schemas.js";
import { CONDITIONS, type InvariantCondition } from "./invariant-conditions.js";

/** What an invariant judges; the last four need documents that mplp-check does not read. */
const SCOPES = [
  "event",
  "tool_event",
  "file_update_event",
  "git_event",
  "ci_event",
  "learning_sample",
] as const;
const OTHER_SCOPES = ["context", "plan", "trace", "collab"] as const;

type InvariantScope = (typeof SCOPES)[number] & ("event" | "learning_sample" | IntegrationKind);

/** A compiled invariant. */
export interface Invariant {
  readonly id: string;
  readonly scope: InvariantScope;
  /** Member names from the object to the value. */
  readonly path: readonly string[];
  /** The same path as a JSON Pointer. */
  readonly pointer: string;
  readonly when: readonly InvariantCondition[];
  /** The value's problem, if any; a missing value is a problem (spec-conflict X-14). */
  readonly objection: (value: unknown) => Problem | undefined;
  readonly allowed?: readonly string[];
  /** True if the schema already guarantees this invariant. Default: never. */
  readonly isProvedBy?: (facts: FieldFacts) => boolean;
}

/** A loaded invariant that cannot run, and the reason; the report lists all of them. */
interface NotEvaluated {
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

export interface InvariantSet {
  readonly byScope: Readonly<Record<InvariantScope, readonly Invariant[]>>;
  readonly ids: ReadonlySet<string>;
  readonly notEvaluated: readonly NotEvaluated[];
}

/**
 * Reads invariant files in the upstream vocabulary.
 *
 * An invariant's condition is its structured `when:`; for a known id, that of the typed table. A prose `note` alone,
 * an unknown rule word or an unknown scope makes it not evaluated.
 *
 * @throws ProtocolError if a file lacks a list of invariants
 */
export function compileInvariants(files: readonly ProtocolFile[]): InvariantSet {
  const byScope: Record<InvariantScope, Invariant[]> = {
    event: [],
    tool_event: [],
    file_update_event: [],
    git_event: [],
    ci_event: [],
    learning_sample: [],
  };
  const ids = new Set<string>();
  const seen = new Set<string>();
  const notEvaluated: NotEvaluated[] = [];
  for (const file of files) {
    for (const entry of entriesOf(file)) {
      const id = typeof entry.id === "string" ? entry.id : "(no id)";
      if (typeof entry.id === "string" && seen.has(id)) {
        throw new ProtocolError(`${file.path}: invariant ${id} is defined twice`);
      }
      seen.add(id);
      const result = compileEntry(entry);
      if (typeof result === "string") {
        notEvaluated.push({ id, path: file.path, line: lineOf(file.text, id), reason: result });
        continue;
      }
      ids.add(id);
      byScope[result.scope].push(result);
    }
  }
  return { byScope, ids, notEvaluated };
}

function entriesOf(file: ProtocolFile): JsonObject[] {
  const list = isJsonObject(file.content) ? file.content.invariants : undefined;
  if (!Array.isArray(list)) throw new ProtocolError(`${file.path}: no list "invariants"`);
  return list.map((entry: unknown) => {
    if (!isJsonObject(entry)) throw new ProtocolError(`${file.path}: an invariant is not a mapping`);
    return entry;
  });
}

function lineOf(text: string, id: string): number {
  const lines = text.split("\n");
  const exact = lines.findIndex((line) => /\bid:\s*["']?([^\s"',}]+)/.exec(line)?.[1] === id);
  return exact < 0 ? 1 : exact + 1;
}

/** Member names separated by dots; "[*]" and similar parts mean several values, which we do not support. */
const PATH = /^[^.[\]*]+(?:\.[^.[\]*]+)*$/;

/** The invariant, or the reason why it cannot run. */
function compileEntry(entry: JsonObject): Invariant | string {
  const { id, scope, path, rule } = entry;
  if (typeof id !== "string" || id === "") return "it has no id";
  const known: readonly string[] = OTHER_SCOPES;
  if (typeof scope === "string" && known.includes(scope))
    return `it is about a ${scope}, which no event log holds`;
  const ownScope = SCOPES.find((candidate) => candidate === scope);
  if (ownScope === undefined) return "its scope is not known";
  if (typeof path !== "string" || !PATH.test(path)) return "its path cannot be followed in an event";
  const test = compileRule(rule);
  if (test === undefined) return "its rule word is not known";
  const conditions = conditionsOf(entry, id);
  if (conditions === undefined) {
    return entry.when === undefined
      ? "its condition is prose that is not known; give it a structured when:"
      : "its condition (when:) is neither {field, equals} nor {field, exists: true}, nor a list of these";
  }
  const segments = path.split(".");
  return {
    id,
    scope: ownScope,
    path: segments,
    pointer: segments.map((name) => `/${escapeSegment(name)}`).join(""),
    when: conditions,
    ...test,
  };
}

function conditionsOf(entry: JsonObject, id: string): readonly InvariantCondition[] | undefined {
  if (entry.when !== undefined) {
    const list = Array.isArray(entry.when) ? entry.when : [entry.when];
    return list.every(isCondition) ? list : undefined;
  }
  const table = CONDITIONS.get(id);
  if (table !== undefined) return table;
  return entry.note === undefined ? [] : undefined;
}

function isCondition(value: unknown): value is InvariantCondition {
  if (!isJsonObject(value) || typeof value.field !== "string" || Object.keys(value).length !== 2)
    return false;
  return typeof value.equals === "string" || value.exists === true;
}

/**
 * Specialises invariants for objects with a known value of one field: a condition on that field is decided once
 * instead of for every object.
 */
export function narrowed(
  invariants: readonly Invariant[],
  field: string,
  value: string | undefined,
): Invariant[] {
  return invariants.flatMap((invariant) => {
    const settled = invariant.when.filter((condition) => condition.field === field && "equals" in condition);
    if (!settled.every((condition) => "equals" in condition && condition.equals === value)) return [];
    return [{ ...invariant, when: invariant.when.filter((condition) => !settled.includes(condition)) }];
  });
}

/** True if the object meets all conditions of the invariant. */
export function applies(invariant: Invariant, object: JsonObject): boolean {
  return invariant.when.every((condition) => {
    const value = valueAt(object, condition.field.split("."));
    return "equals" in condition ? value === condition.equals : value !== undefined;
  });
}

const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Follows member names into the object; undefined if one is missing. */
export function valueAt(object: JsonObject, path: readonly string[]): unknown {
  const [only] = path;
  // Fast path: most paths have one member, with a name that objects do not inherit.
  if (path.length === 1 && only !== undefined && !INHERITED.has(only)) return object[only];
  let value: unknown = object;
  for (const name of path) {
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** The invariants that a schema does not guarantee for the objects it accepts. */
export function unproved(invariants: readonly Invariant[], known: SchemaFacts): readonly Invariant[] {
  return invariants.filter(({ path, when, isProvedBy }) => {
    const [field = "", ...further] = path;
    const facts = Object.hasOwn(known, field) ? known[field] : undefined;
    if (isProvedBy === undefined || facts === undefined || further.length > 0) return true;
    const isAsked = when.some((condition) => condition.field === field && "exists" in condition);
    return !isProvedBy(isAsked ? { ...facts, isRequired: true } : facts);
  });
}

type Test = Pick<Invariant, "objection" | "allowed" | "isProvedBy">;

/** The rule words: uuid-v4, non-empty-string, iso-datetime, exists, optional-string, enum(...), min-length(n). */
function compileRule(rule: unknown): Test | undefined {
  if (typeof rule !== "string") return undefined;
  const call = /^([a-z0-9-]+)\((.*)\)$/.exec(rule);
  return call === null ? plainTest(rule) : testWithArgument(call[1] ?? "", call[2] ?? "");
}

function plainTest(word: string): Test | undefined {
  switch (word) {
    case "uuid-v4":
      return {
        objection: onString((text) =>
          isUuidV4(text) ? undefined : isUuid(text) ? "not-uuid-v4" : "not-uuid",
        ),
      };
    case "non-empty-string":
      return { objection: onString((text) => (text.trim() === "" ? "empty" : undefined)) };
    case "iso-datetime":
      return {
        objection: onString((text) => (isDateTime(text) ? undefined : "not-date-time")),
        isProvedBy: ({ isRequired, isString, format }) => isRequired && isString && format === "date-time",
      };
    case "exists":
      return {
        objection: (value) => (value === undefined ? "missing" : undefined),
        isProvedBy: ({ isRequired }) => isRequired,
      };
    case "optional-string":
      return {
        objection: (value) => (value === undefined || typeof value === "string" ? undefined : "type"),
      };
    default:
      return undefined;
  }
}

function testWithArgument(word: string, argument: string): Test | undefined {
  if (word === "enum" && argument.trim() !== "")
    return enumTest(argument.split(",").map((value) => value.trim()));
  return word === "min-length" && /^\d+$/.test(argument) ? minLengthTest(Number(argument)) : undefined;
}

function onString(test: (text: string) => Problem | undefined): (value: unknown) => Problem | undefined {
  return (value) => {
    if (typeof value === "string") return test(value);
    return value === undefined ? "missing" : "type";
  };
}

function enumTest(allowed: readonly string[]): Test {
  const set: ReadonlySet<string> = new Set(allowed);
  return {
    allowed,
    objection: onString((text) => (set.has(text) ? undefined : "enum")),
    isProvedBy: ({ isRequired, values }) =>
      isRequired && values?.every((value) => set.has(value as string)) === true,
  };
}

function minLengthTest(length: number): Test {
  return {
    allowed: [String(length)],
    objection: (value) => {
      if (value === undefined) return "missing";
      if (typeof value !== "string" && !Array.isArray(value)) return "type";
      return value.length >= length ? undefined : "other";
    },
  };
}
