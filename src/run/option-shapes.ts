import { isCarrierName } from "../model/carriers.js";
import { CLAIM_NAMES } from "../model/claim.js";
import { FORCED_KINDS } from "./blocks/block-reader.js";
import type { CheckOptions } from "./check-options.js";
import { MOST_NEIGHBOURS } from "./context.js";

/** What the value of an option must be. */
export interface OptionShape {
  /** As a message says it. */
  readonly words: string;
  fits(value: unknown): boolean;
}

const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === "string";

const SWITCH: OptionShape = { words: "true or false", fits: (value) => typeof value === "boolean" };
const TEXT: OptionShape = { words: "a string", fits: isText };
const TEXTS: OptionShape = {
  words: "an array of strings",
  fits: (value) => Array.isArray(value) && value.every(isText),
};
const OBJECT: OptionShape = { words: "an object", fits: isRecord };
const FUNCTION: OptionShape = { words: "a function", fits: (value) => typeof value === "function" };
const SIGNAL: OptionShape = { words: "an AbortSignal", fits: (value) => value instanceof AbortSignal };

function numberFrom(least: number): OptionShape {
  return {
    words: `a whole number from ${least}`,
    fits: (value) =>
      (Number.isInteger(value) || value === Number.POSITIVE_INFINITY) && Number(value) >= least,
  };
}

/** Callers compute these two: a number that means nothing is the nearest one that does. */
const NUMBER: OptionShape = { words: "a number", fits: (value) => typeof value === "number" };

const KINDS: OptionShape = {
  words: `an object with a kind for each path: ${FORCED_KINDS.join(", ")}`,
  fits: (value) =>
    isRecord(value) &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null) &&
    Object.values(value).every((kind) => (FORCED_KINDS as readonly unknown[]).includes(kind)),
};

const UNWRAP: OptionShape = {
  words: "auto, none, a carrier, or a JSON pointer such as /detail",
  fits: (value) =>
    typeof value === "string" &&
    (["auto", "none"].includes(value) || isCarrierName(value) || value.startsWith("/")),
};

const NEIGHBOURS: OptionShape = {
  words: `a whole number from 0 to ${MOST_NEIGHBOURS}`,
  fits: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_NEIGHBOURS,
};

/** Of every option of a check; claims are refused one by one. */
export const OPTION_SHAPES: Readonly<Record<keyof CheckOptions, OptionShape>> = {
  claims: { words: `an array of ${CLAIM_NAMES.join(", ")}`, fits: Array.isArray },
  inputs: OBJECT,
  kinds: KINDS,
  schemas: TEXT,
  invariants: TEXTS,
  extraInvariants: TEXTS,
  complete: SWITCH,
  allowEmpty: SWITCH,
  maxFindings: numberFrom(1),
  context: NEIGHBOURS,
  maxRecordBytes: numberFrom(1),
  unwrap: UNWRAP,
  redact: SWITCH,
  activity: SWITCH,
  maxState: NUMBER,
  blockBytes: numberFrom(1),
  jobs: NUMBER,
  inlineBytes: numberFrom(0),
  policy: OBJECT,
  configuration: OBJECT,
  signal: SIGNAL,
  follow: OBJECT,
  onFinding: FUNCTION,
  stdin: OBJECT,
  stdinName: TEXT,
  stateIn: TEXTS,
  part: OBJECT,
  expect: numberFrom(1),
  onState: FUNCTION,
  dealing: OBJECT,
  onCounted: FUNCTION,
  onProgress: FUNCTION,
  spool: OBJECT,
  onOccurrences: FUNCTION,
  rejectedSpool: OBJECT,
  onRejected: FUNCTION,
};
