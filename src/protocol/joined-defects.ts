import type { Defect } from "../model/defect.js";
import type { EventSubject, IntegrationFacet, Rename } from "../model/subject.js";
import { CORE_FIELDS } from "./fields/families.js";
import { likelyRenamedFields } from "./near-misses/integration-words.js";

const CORE: ReadonlySet<string> = new Set(CORE_FIELDS);

/** An object of the wrong kind is one defect, whatever fields it lacks. */
export function asOne(defects: readonly Defect[], pointer: string): readonly Defect[] {
  const [first] = defects;
  if (first === undefined) return [];
  const invariant = defects.find((defect) => defect.invariant !== undefined)?.invariant;
  const schema = defects.some((defect) => defect.schema);
  return [{ target: first.target, problem: "misnamed", field: "", pointer, schema, invariant }];
}

/** Respelled core fields are one defect, together with missing ones. */
export function withCoreAsOne(defects: readonly Defect[]): readonly Defect[] {
  const isLost = ({ problem, field }: Defect): boolean => problem === "missing" && CORE.has(field);
  return [...asOne(defects.filter(isLost), ""), ...defects.filter((defect) => !isLost(defect))];
}

/** A missing field that has another name there is one defect; its finding gives both names. */
export function renamedOnce(
  defects: readonly Defect[],
  { kind, value }: IntegrationFacet,
): readonly Defect[] {
  if (defects.length < 2) return defects;
  const missing = new Set(defects.flatMap(({ problem, field }) => (problem === "missing" ? [field] : [])));
  if (missing.size === 0) return defects;
  const renames = likelyRenamedFields(kind, value).filter(({ field }) => missing.has(field));
  return defects.filter(
    ({ problem, field }) =>
      problem !== "unknown-property" || renames.every((rename) => rename.found !== field),
  );
}

export function renamedCore({ renames = [] }: EventSubject): readonly Rename[] {
  return renames.filter(({ field }) => CORE.has(field));
}
