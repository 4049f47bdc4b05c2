import type { Mutable } from "../../model/mutable.js";
import type { Position, Sum } from "../../model/rule.js";
import { comparePositions } from "../ledger.js";

/** What the keys of one rule have shown, except its findings. Those of disjoint sets of keys can be added up. */
export interface KeysJudged {
  /** Number of keys. */
  readonly size: number;
  /** How often they tested the rule's clauses. */
  readonly checks: number;
  /** Findings at the level of their clauses. */
  readonly violations: number;
  /** The first observation of the first key without a finding. */
  readonly clean?: Position;
  readonly sums: ReadonlyMap<string, Sum>;
  /** Findings of `conclude`, if it has run for these keys; undefined if it is still to come. */
  readonly concluded?: number;
}

export const NO_KEYS: KeysJudged = { size: 0, checks: 0, violations: 0, sums: new Map() };

/** Adds up what two disjoint sets of keys have shown. */
export function joinedKeys(a: KeysJudged, b: KeysJudged): KeysJudged {
  const sums = new Sums(a.sums);
  for (const [name, { count, first }] of b.sums) sums.add(name, count, first);
  const clean = earlier(a.clean, b.clean);
  const concluded = a.concluded === undefined ? b.concluded : a.concluded + (b.concluded ?? 0);
  return {
    size: a.size + b.size,
    checks: a.checks + b.checks,
    violations: a.violations + b.violations,
    ...(clean !== undefined && { clean }),
    sums: sums.all,
    ...(concluded !== undefined && { concluded }),
  };
}

/** Sums by name. */
export class Sums {
  readonly #sums = new Map<string, Mutable<Sum>>();

  constructor(sums: ReadonlyMap<string, Sum> = new Map()) {
    for (const [name, { count, first }] of sums) this.add(name, count, first);
  }

  add(name: string, count: number, first: Position): void {
    const known = this.#sums.get(name);
    if (known === undefined) {
      this.#sums.set(name, { count, first });
      return;
    }
    known.count += count;
    if (comparePositions(first, known.first) < 0) known.first = first;
  }

  get all(): ReadonlyMap<string, Sum> {
    return this.#sums;
  }
}

/** The earlier of two places; one of them may be missing. */
export function earlier(a: Position | undefined, b: Position | undefined): Position | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return comparePositions(b, a) < 0 ? b : a;
}
