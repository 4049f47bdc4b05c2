import { escapeSegment } from "../../model/pointer.js";
import { isJsonObject, type JsonObject } from "../../model/subject.js";
import type { SchemaFacts } from "../fields/field-facts.js";
import { ProtocolError, type ProtocolFile } from "../schemas/schemas.js";
import { type Invariant, type InvariantScope, OTHER_SCOPES, SCOPES } from "./invariant.js";
import { CONDITIONS, type InvariantCondition } from "./invariant-conditions.js";
import { compileRule } from "./invariant-tests.js";

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
