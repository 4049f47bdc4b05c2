import type { ValidateFunction } from "ajv";
import { isJsonObject } from "../model/subject.js";
import { packageText } from "../package/package-file.js";

/** Says what is wrong with a value; undefined if nothing is wrong. */
type StateProblem = (value: unknown) => string | undefined;

/** The checks of schemas/state.schema.json. */
export interface StateSchema {
  readonly line: StateProblem;
  /** Checks of the values and attachments that a rule keeps. */
  rowsOf(rule: string): { readonly value: StateProblem; readonly attachment: StateProblem };
  /** The check of the sum of a chart. */
  sumOf(chart: string): StateProblem;
}

/** Compiled once in a process: it takes longer than reading a small state. */
let loaded: Promise<StateSchema> | undefined;

/** Compiles schemas/state.schema.json at the first call. */
export function stateSchema(): Promise<StateSchema> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<StateSchema> {
  // Runs without states do not load the schema compiler.
  const { Ajv } = await import("ajv");
  const schema: unknown = JSON.parse(packageText("schemas/state.schema.json"));
  const id = isJsonObject(schema) ? schema.$id : undefined;
  const ajv = new Ajv({ allowUnionTypes: true, strictTuples: false });
  ajv.addSchema(schema as object);
  const part = (place: string): StateProblem => complaintOf(ajv.getSchema(`${id}${place}`));
  const rows = new Map<string, ReturnType<StateSchema["rowsOf"]>>();
  return {
    line: part(""),
    sumOf: (chart) => part(`#/definitions/charts/properties/${chart}`),
    rowsOf: (rule) => {
      const known = rows.get(rule) ?? {
        value: part(`#/definitions/values/properties/${rule}`),
        attachment: part(`#/definitions/attachments/properties/${rule}`),
      };
      rows.set(rule, known);
      return known;
    },
  };
}

function complaintOf(validate: ValidateFunction | undefined): StateProblem {
  return (value) => {
    if (validate === undefined) return "there can be none";
    if (validate(value)) return undefined;
    const [error] = validate.errors ?? [];
    return `${error?.instancePath ?? ""} ${error?.message ?? "is not as it should be"}`.trimStart();
  };
}
