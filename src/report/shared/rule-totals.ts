import { type FindingLevel, LEVELS } from "../../model/clause.js";
import type { Finding, Location } from "../../model/finding.js";
import { type Tally, tally } from "../../model/tally.js";

/** The findings of one rule at one level, counted. */
export interface RuleTotal extends Tally {
  readonly rule: string;
  readonly level: FindingLevel;
  /** The message of its finding with most places. */
  readonly message: string;
  /** The first of its places in the input of its first finding. */
  readonly first: Location | undefined;
}

/** The rules of some findings: the strictest level first, then the rule with most places. */
export function ruleTotals(findings: readonly Finding[]): readonly RuleTotal[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.level} ${finding.rule}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  const totals = [...groups.values()].flatMap(totalOf);
  return totals.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || b.places - a.places);
}

function totalOf(group: readonly Finding[]): RuleTotal[] {
  const [largest] = [...group].sort((a, b) => b.count - a.count);
  if (largest === undefined) return [];
  const { rule, level, message } = largest;
  return [{ rule, level, message, first: firstOf(group), ...tally(group) }];
}

function firstOf(group: readonly Finding[]): Location | undefined {
  const places = group.flatMap(({ locations }) => locations.slice(0, 1));
  const path = places[0]?.path;
  const [first] = places.filter((place) => place.path === path).sort((a, b) => a.line - b.line);
  return first;
}
