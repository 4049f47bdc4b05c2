import { readFile } from "node:fs/promises";
import type { ValidateFunction } from "ajv";
import { isJsonObject } from "../model/subject.js";
import { packageFile } from "../package/package-file.js";

/** Tells what is wrong with a value; undefined where nothing is. */
type StateProblem = (value: unknown) => string | undefined;

/** What a state may hold. */
export interface StateSchema {
  readonly line: StateProblem;
  /** The values and attachments that are kept for a rule. */
  rowsOf(rule: string): { readonly value: StateProblem; readonly attachment: StateProblem };
}

/** Compiled once a process: it takes longer than to read a small state. */
let loaded: Promise<StateSchema> | undefined;

/** What schemas/state.schema.json says. */
export function stateSchema(): Promise<StateSchema> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<StateSchema> {
  // Only those who read states need a compiler of schemas.
  const { Ajv } = await import("ajv");
  const schema: unknown = JSON.parse(await readFile(packageFile("schemas/state.schema.json"), "utf8"));
  const id = isJsonObject(schema) ? schema.$id : undefined;
  const ajv = new Ajv({ allowUnionTypes: true, strictTuples: false });
  ajv.addSchema(schema as object);
  const part = (place: string): StateProblem => complaintOf(ajv.getSchema(`${id}${place}`));
  const rows = new Map<string, ReturnType<StateSchema["rowsOf"]>>();
  return {
    line: part(""),
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
