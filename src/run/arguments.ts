import { ArgumentError, nounOf, type OptionShape, refuseOptions } from "../model/arguments.js";
import { CLAIM_NAMES } from "../model/claim.js";
import { nearest } from "../model/nearest.js";
import type { CheckOptions } from "./check-options.js";

type Shapes = Readonly<Record<string, OptionShape>>;

/**
 * @param shapes of every option that the function takes
 * @throws ArgumentError
 */
export function refuseArguments(paths: unknown, options: unknown, shapes: Shapes): void {
  if (typeof paths === "string")
    throw new ArgumentError(`paths must be an array: pass [${JSON.stringify(paths)}]`);
  if (!Array.isArray(paths))
    throw new ArgumentError(`paths must be an array of strings, not ${nounOf(paths)}`);
  for (const [index, path] of paths.entries()) refusePath(path, index);
  refuseCheckOptions(options, shapes);
}

function refusePath(path: unknown, index: number): void {
  if (typeof path === "string") return;
  const advice = path instanceof URL ? ": pass fileURLToPath(url), from node:url" : "";
  throw new ArgumentError(`paths[${index}] must be a string, not ${nounOf(path)}${advice}`);
}

/** @throws ArgumentError */
export function refuseCheckOptions(options: unknown, shapes: Shapes): void {
  refuseOptions(options, shapes);
  const { claims = [] } = options as CheckOptions;
  for (const claim of claims as readonly unknown[]) refuseClaim(claim);
}

function refuseClaim(claim: unknown): void {
  if ((CLAIM_NAMES as readonly unknown[]).includes(claim)) return;
  const meant = typeof claim === "string" ? nearest(claim, CLAIM_NAMES) : undefined;
  const advice = meant === undefined ? `claims are ${CLAIM_NAMES.join(", ")}` : `did you mean ${meant}?`;
  throw new ArgumentError(`there is no claim ${String(claim)}: ${advice}`);
}
