import type { ChalkInstance } from "chalk";
import type { FindingLevel } from "../../model/clause.js";

export const MARKS: Readonly<Record<FindingLevel, string>> = { MUST: "✗", SHOULD: "!", MAY: "?", NOTE: "i" };

export function levelPaint(level: FindingLevel, paint: ChalkInstance): ChalkInstance {
  return { MUST: paint.red, SHOULD: paint.yellow, MAY: paint.cyan, NOTE: paint.blue }[level];
}
