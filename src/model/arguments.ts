import { nearest } from "./nearest.js";

/** Thrown if a caller passes something else than the types of a function say. The message tells what to pass. */
export class ArgumentError extends TypeError {
  override readonly name = "ArgumentError";
}

/** What the value of an option must be. */
export interface OptionShape {
  /** As a message says it. */
  readonly words: string;
  fits(value: unknown): boolean;
  /** What to pass instead of a value that does not fit; default: nothing more is said. */
  advice?(value: unknown): string;
}

/** Every option that a function takes, by its name. */
export type OptionShapes<Options> = Readonly<Record<keyof Options, OptionShape>>;

/**
 * Programs in JavaScript have no compiler that reports unknown names, and an ignored option would change the check.
 *
 * @throws ArgumentError
 */
export function refuseOptions(options: unknown, shapes: Readonly<Record<string, OptionShape>>): void {
  if (!isRecord(options)) throw new ArgumentError(`options must be an object, not ${nounOf(options)}`);
  for (const [name, value] of Object.entries(options)) refuseOption(name, value, shapes);
}

function refuseOption(name: string, value: unknown, shapes: Readonly<Record<string, OptionShape>>): void {
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape === undefined) throw new ArgumentError(`there is no option ${name}: ${advised(name, shapes)}`);
  if (value === undefined || shape.fits(value)) return;
  const advice = shape.advice === undefined ? "" : `: ${shape.advice(value)}`;
  throw new ArgumentError(`${name} must be ${shape.words}, not ${shown(value)}${advice}`);
}

function advised(name: string, shapes: Readonly<Record<string, OptionShape>>): string {
  const names = Object.keys(shapes);
  const meant = names.find((each) => wordOf(each) === wordOf(name)) ?? nearest(name, names);
  return meant === undefined ? `leave it out, or pass one of ${names.join(", ")}` : `did you mean ${meant}?`;
}

/** A name without its style: claim is claims, and max-findings is maxFindings. */
function wordOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .replace(/s$/, "");
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : nounOf(value);
}

/** What a value is, for a message. */
export function nounOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value instanceof URL) return "a URL";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

export function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws ArgumentError if a parameter of this name is no text */
export function refuseUnlessText(name: string, value: unknown): void {
  if (!isText(value)) throw new ArgumentError(`${name} must be a string, not ${nounOf(value)}`);
}

const isText = (value: unknown): boolean => typeof value === "string";

export const SWITCH: OptionShape = { words: "true or false", fits: (value) => typeof value === "boolean" };
export const TEXT: OptionShape = { words: "a string", fits: isText };
export const TEXTS: OptionShape = {
  words: "an array of strings",
  fits: (value) => Array.isArray(value) && value.every(isText),
};
export const OBJECT: OptionShape = { words: "an object", fits: isRecord };
export const FUNCTION: OptionShape = {
  words: "a function",
  fits: (value) => typeof value === "function",
};
export const SIGNAL: OptionShape = {
  words: "an AbortSignal",
  fits: (value) => value instanceof AbortSignal,
};
/** Callers compute some numbers: one that means nothing is then the nearest one that does. */
export const NUMBER: OptionShape = { words: "a number", fits: (value) => typeof value === "number" };

/** A whole number; infinity counts as one where there is no most. */
export function numberFrom(least: number, most = Number.POSITIVE_INFINITY): OptionShape {
  return {
    words: `a whole number from ${least}${most === Number.POSITIVE_INFINITY ? "" : ` to ${most}`}`,
    fits: (value) =>
      (Number.isInteger(value) || value === Number.POSITIVE_INFINITY) &&
      Number(value) >= least &&
      Number(value) <= most,
  };
}

export function oneOf(words: readonly string[]): OptionShape {
  return {
    words: `one of ${words.join(", ")}`,
    fits: (value) => (words as readonly unknown[]).includes(value),
  };
}

/** An object that has all members of one list, may have those of another one, and has no others. */
export function objectOf(
  needed: Readonly<Record<string, OptionShape>>,
  possible: Readonly<Record<string, OptionShape>> = {},
): OptionShape {
  const members = { ...needed, ...possible };
  const words = Object.entries(members).map(([name, shape]) => `${name} (${shape.words})`);
  return {
    words: `an object with ${words.join(" and ")}`,
    fits,
    advice: () => "give it these members and no others",
  };

  function fits(value: unknown): boolean {
    if (!isRecord(value)) return false;
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    const names = entries.map(([name]) => name);
    return (
      Object.keys(needed).every((name) => names.includes(name)) &&
      entries.every(([name, each]) => Object.hasOwn(members, name) && members[name]?.fits(each) === true)
    );
  }
}
