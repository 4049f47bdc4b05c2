import {
  FUNCTION,
  isRecord,
  NUMBER,
  numberFrom,
  OBJECT,
  type OptionShape,
  type OptionShapes,
  objectOf,
  oneOf,
  SIGNAL,
  SWITCH,
  TEXT,
  TEXTS,
} from "../model/arguments.js";
import { isCarrierName } from "../model/carriers.js";
import { CLAIM_NAMES } from "../model/claim.js";
import { MOST_PARTS, type Part } from "../model/part.js";
import { MOST_PARTITIONS } from "../state/run-state.js";
import { FORCED_KINDS } from "./blocks/block-reader.js";
import type { CheckOptions } from "./check-options.js";
import { MOST_NEIGHBOURS } from "./context.js";

const CLAIMS: OptionShape = {
  words: `an array of ${CLAIM_NAMES.join(", ")}`,
  fits: Array.isArray,
  advice: (value) => `pass [${JSON.stringify(value)}]`,
};

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

const NUMBERS_OF_PART = objectOf({ number: numberFrom(1), of: numberFrom(1, MOST_PARTS) });

const PART: OptionShape = {
  ...NUMBERS_OF_PART,
  words: `${NUMBERS_OF_PART.words}, of which number is not the larger one`,
  fits: (value) => NUMBERS_OF_PART.fits(value) && (value as Part).number <= (value as Part).of,
};

/** Of every option of a check; claims are refused one by one. */
export const OPTION_SHAPES: OptionShapes<CheckOptions> = {
  claims: CLAIMS,
  inputs: OBJECT,
  kinds: KINDS,
  schemas: TEXT,
  invariants: TEXTS,
  extraInvariants: TEXTS,
  complete: SWITCH,
  allowEmpty: SWITCH,
  maxFindings: numberFrom(1),
  context: numberFrom(0, MOST_NEIGHBOURS),
  maxRecordBytes: numberFrom(1),
  unwrap: UNWRAP,
  redact: SWITCH,
  activity: SWITCH,
  maxState: NUMBER,
  blockBytes: numberFrom(1),
  jobs: NUMBER,
  inlineBytes: numberFrom(0),
  policy: OBJECT,
  configuration: objectOf({ path: TEXT, origin: oneOf(["found", "named"]) }),
  signal: SIGNAL,
  follow: objectOf({ until: SIGNAL }, { idleMs: NUMBER }),
  onFinding: FUNCTION,
  stdin: OBJECT,
  stdinName: TEXT,
  stateIn: TEXTS,
  part: PART,
  expect: numberFrom(1),
  onState: FUNCTION,
  dealing: objectOf({ partitions: numberFrom(1, MOST_PARTITIONS), onState: FUNCTION }),
  onCounted: FUNCTION,
  onProgress: FUNCTION,
  spool: OBJECT,
  onOccurrences: FUNCTION,
  rejectedSpool: OBJECT,
  onRejected: FUNCTION,
};
