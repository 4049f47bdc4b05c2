import type { Defect, DefectTarget, Problem } from "../model/defect.js";
import type { JsonObject } from "../model/subject.js";
import type { Invariant } from "./invariants/invariant.js";
import { applies, valueAt } from "./invariants/invariants.js";
import type { SchemaComplaint } from "./schemas/schemas.js";

/** Only the worst problem of a value is reported; this is the order in which a reader would fix them. */
const GRAVITY: readonly Problem[] = [
  "missing",
  "misnamed",
  "type",
  "empty",
  "const",
  "enum",
  "not-uuid",
  "not-date-time",
  "not-email",
  "not-uri",
  "not-uuid-v4",
  "pattern",
  "minimum",
  "maximum",
  "unknown-property",
  "other",
];

interface Broken {
  readonly invariant: Invariant;
  readonly problem: Problem;
}

export function brokenInvariants(invariants: readonly Invariant[], object: JsonObject): Broken[] | undefined {
  let broken: Broken[] | undefined;
  for (const invariant of invariants) {
    if (invariant.when.length > 0 && !applies(invariant, object)) continue;
    const problem = invariant.objection(valueAt(object, invariant.path));
    if (problem === undefined) continue;
    broken ??= [];
    broken.push({ invariant, problem });
  }
  return broken;
}

/** Combines all complaints about one value into one defect. */
export function gathered(
  target: DefectTarget,
  base: string,
  complaints: readonly SchemaComplaint[],
  broken: readonly Broken[],
): Defect[] {
  const byPointer = new Map<string, Defect>();
  const add = (pointer: string, objection: Pick<Defect, "problem" | "allowed" | "schema" | "invariant">) => {
    const earlier = byPointer.get(pointer);
    const isWorse = earlier === undefined || gravityOf(objection) < gravityOf(earlier);
    const { problem, allowed } = isWorse ? objection : earlier;
    byPointer.set(pointer, {
      target,
      problem,
      field: pointer.slice(1),
      pointer: base + pointer,
      allowed,
      schema: objection.schema || earlier?.schema === true,
      invariant: earlier?.invariant ?? objection.invariant,
    });
  };
  for (const { pointer, problem, allowed } of complaints) add(pointer, { problem, allowed, schema: true });
  for (const { invariant, problem } of broken) {
    const { id, pointer, allowed } = invariant;
    add(pointer, { problem, allowed, schema: false, invariant: id });
  }
  return [...byPointer.values()];
}

function gravityOf({ problem }: Pick<Defect, "problem">): number {
  return GRAVITY.indexOf(problem);
}
