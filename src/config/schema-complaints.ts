import type { ErrorObject } from "ajv";
import { nearest } from "../model/nearest.js";
import { type ConfigProblem, didYouMean } from "./config-problem.js";

/** Words for an error of the configuration's schema. */
export function complaintOf(error: ErrorObject): ConfigProblem {
  const { keyword, instancePath, params, message = "is not as it should be" } = error;
  const at = keyword === "additionalProperties" ? `/${String(params.additionalProperty)}` : "";
  const words = WORDS[keyword];
  return { pointer: `${instancePath}${at}`, message: words === undefined ? `this ${message}` : words(error) };
}

const SHORT = ({ params }: ErrorObject): string =>
  params.limit > 1 ? `this must have at least ${params.limit} characters` : "this must not be empty";

/** By the violated keyword of the schema. */
const WORDS: Readonly<Record<string, (error: ErrorObject) => string>> = {
  additionalProperties: unknownSetting,
  required: ({ params }) => `${String(params.missingProperty)} is missing`,
  enum: ({ params }) => `this must be one of ${(params.allowedValues as unknown[]).join(", ")}`,
  anyOf: noneOfThem,
  pattern: () => "this must be a date like 2026-12-31",
  type: ({ params }) => `this must be ${[params.type].flat().map(typeInWords).join(" or ")}`,
  minLength: SHORT,
  minItems: () => "this must not be empty",
};

function unknownSetting({ params, parentSchema }: ErrorObject): string {
  const names = Object.keys((parentSchema?.properties ?? {}) as object).filter((each) => each !== "$schema");
  const meant = nearest(String(params.additionalProperty), names);
  const advice = meant === undefined ? `; there are ${names.join(", ")}` : didYouMean(meant);
  return `this setting does not exist${advice}`;
}

/** One of the schemas that a value may satisfy. */
interface Alternative {
  readonly enum?: readonly string[];
  readonly pattern?: string;
}

function noneOfThem({ schemaPath, parentSchema }: ErrorObject): string {
  if (schemaPath.includes("/waivers/")) return "a waiver needs a rule or a clause";
  const alternatives = (parentSchema?.anyOf ?? []) as readonly Alternative[];
  const names = alternatives.flatMap((each) => each.enum ?? []);
  if (names.length === 0) return "this must be text, or a list of texts";
  const isPointer = alternatives.some(({ pattern }) => pattern !== undefined);
  return `this must be one of ${names.join(", ")}${isPointer ? ", or a JSON pointer such as /detail" : ""}`;
}

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  object: "settings with values",
  string: "text",
  boolean: "true or false",
  integer: "a whole number",
};

function typeInWords(type: unknown): string {
  return TYPES[String(type)] ?? String(type);
}
