import { CLAIM_NAMES } from "../model/claim.js";
import { nearest } from "../model/nearest.js";
import type { CheckOptions } from "./check-options.js";
import { OPTION_SHAPES } from "./option-shapes.js";

/** Thrown if a caller passes something else than the types of a function say. The message tells what to pass. */
export class ArgumentError extends TypeError {
  override readonly name = "ArgumentError";
}

/** Programs in JavaScript have no compiler that would tell them. @throws ArgumentError */
export function refuseArguments(paths: unknown, options: unknown): void {
  if (typeof paths === "string")
    throw new ArgumentError(`paths must be an array: pass [${JSON.stringify(paths)}]`);
  if (!Array.isArray(paths))
    throw new ArgumentError(`paths must be an array of strings, not ${nounOf(paths)}`);
  for (const [index, path] of paths.entries()) refusePath(path, index);
  refuseOptions(options);
}

function refusePath(path: unknown, index: number): void {
  if (typeof path === "string") return;
  const advice = path instanceof URL ? ": pass fileURLToPath(url), from node:url" : "";
  throw new ArgumentError(`paths[${index}] must be a string, not ${nounOf(path)}${advice}`);
}

/** @throws ArgumentError */
export function refuseOptions(options: unknown): void {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new ArgumentError(`options must be an object, not ${nounOf(options)}`);
  const { claims = [] } = options as CheckOptions;
  if (!Array.isArray(claims))
    throw new ArgumentError(`claims must be an array: pass [${JSON.stringify(claims)}]`);
  for (const claim of claims as readonly unknown[]) refuseClaim(claim);
  for (const [name, value] of Object.entries(options)) refuseOption(name, value);
}

function refuseOption(name: string, value: unknown): void {
  if (value === undefined) return;
  if (!isOption(name)) {
    const meant = OPTION_NAMES.find((each) => wordOf(each) === wordOf(name));
    if (meant !== undefined) throw new ArgumentError(`there is no option ${name}: did you mean ${meant}?`);
    return;
  }
  const { words, fits } = OPTION_SHAPES[name];
  if (!fits(value)) throw new ArgumentError(`${name} must be ${words}, not ${shown(value)}`);
}

const OPTION_NAMES = Object.keys(OPTION_SHAPES) as (keyof CheckOptions)[];

/** A name without its style: claim is claims, and max-findings is maxFindings. Callers may have options of their own. */
function wordOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .replace(/s$/, "");
}

function isOption(name: string): name is keyof CheckOptions {
  return Object.hasOwn(OPTION_SHAPES, name);
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : nounOf(value);
}

function refuseClaim(claim: unknown): void {
  if ((CLAIM_NAMES as readonly unknown[]).includes(claim)) return;
  const meant = typeof claim === "string" ? nearest(claim, CLAIM_NAMES) : undefined;
  const advice = meant === undefined ? `claims are ${CLAIM_NAMES.join(", ")}` : `did you mean ${meant}?`;
  throw new ArgumentError(`there is no claim ${String(claim)}: ${advice}`);
}

/** What a value is, for a message. */
export function nounOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value instanceof URL) return "a URL";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
