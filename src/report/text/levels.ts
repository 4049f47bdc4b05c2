import type { FindingLevel } from "../../model/clause.js";
import type { Paints, Tone } from "./paint.js";

export const MARKS: Readonly<Record<FindingLevel, string>> = { MUST: "✗", SHOULD: "!", MAY: "?", NOTE: "i" };

export function levelPaint(level: FindingLevel, paint: Paints): Tone {
  return { MUST: paint.red, SHOULD: paint.yellow, MAY: paint.cyan, NOTE: paint.blue }[level];
}
