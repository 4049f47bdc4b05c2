import type { ClaimName } from "../model/claim.js";
import type { Clause } from "../model/clause.js";
import { NO_POLICY, type Policy } from "../model/policy.js";
import type { EventRule, FileRule, LogRule, NonEmpty, RecordRule, Rule, Scope } from "../model/rule.js";
import type { Subject } from "../model/subject.js";

/** The rules that one scope runs, sorted by what the engine does with them. */
export interface ScopeRules {
  /** Clauses that every event of the scope puts to the test. */
  readonly always: readonly string[];
  /** Rules whose clauses only some events put to the test. */
  readonly conditional: readonly EventRule[];
  readonly checking: readonly EventRule[];
}

/** All rules of a run, indexed once. */
export interface Rulebook {
  readonly clauses: ReadonlyMap<string, Clause>;
  readonly rules: readonly Rule[];
  readonly record: readonly RecordRule[];
  readonly explaining: readonly EventRule[];
  readonly file: readonly FileRule[];
  readonly policy: Policy;
  /** Log rules, those together that observe the same. */
  readonly observers: readonly NonEmpty<LogRule>[];
  scope(scope: Scope): ScopeRules;
}

/**
 * Indexes the rules of a run. Rules that only matter to a claim that was not made are left out.
 */
export function rulebookOf(
  rules: readonly Rule[],
  clauses: readonly Clause[],
  claims: readonly ClaimName[] = [],
  policy: Policy = NO_POLICY,
): Rulebook {
  const event = rules.filter((rule) => rule.evidence === "event");
  const scopes = new Map<Scope, ScopeRules>();
  for (const scope of new Set(event.flatMap((rule) => rule.scopes))) {
    const own = event.filter((rule) => rule.scopes.includes(scope));
    scopes.set(scope, {
      always: own.filter((rule) => rule.applies === undefined).flatMap((rule) => rule.clauses),
      conditional: own.filter((rule) => rule.applies !== undefined),
      checking: own.filter((rule) => rule.check !== undefined),
    });
  }
  return {
    policy,
    clauses: new Map(clauses.map((clause) => [clause.id, clause])),
    rules,
    record: rules.filter((rule) => rule.evidence === "record"),
    explaining: event.filter((rule) => rule.explain !== undefined),
    file: rules.filter((rule) => rule.evidence === "file"),
    observers: sharing(
      rules.filter((rule) => rule.evidence === "log").filter((rule) => isAskedFor(rule, claims)),
    ),
    scope: (scope) => scopes.get(scope) ?? NO_RULES,
  };
}

/** Whether a rule matters where some claims are made. */
export function isAskedFor({ claim }: LogRule, claims: readonly ClaimName[]): boolean {
  return claim === undefined || claims.includes(claim);
}

/** Groups rules by what they observe, so that it is kept once. */
function sharing(rules: readonly LogRule[]): NonEmpty<LogRule>[] {
  const groups = new Map<LogRule["observe"], [LogRule, ...LogRule[]]>();
  for (const rule of rules) {
    const group = groups.get(rule.observe);
    if (group === undefined) groups.set(rule.observe, [rule]);
    else group.push(rule);
  }
  return [...groups.values()];
}

const NO_RULES: ScopeRules = { always: [], conditional: [], checking: [] };

/** The scopes that a subject is in. An integration event is in its own scope besides its envelope's. */
export function scopesOf(subject: Subject): readonly Scope[] {
  switch (subject.kind) {
    case "event":
      return eventScopes(subject.family, subject.integration !== undefined);
    case "integration-event":
      return BARE;
    case "profile-event":
      return subject.profile === "sa" ? SA : MAP;
    case "learning-sample":
      return SAMPLE;
    case "snapshot":
      return SNAPSHOT;
    case "mapping":
      return MAPPING;
    case "unrecognised":
      return UNRECOGNISED;
  }
}

const BARE: readonly Scope[] = ["any", "integration"];
const SA: readonly Scope[] = ["any", "sa"];
const MAP: readonly Scope[] = ["any", "map"];
const SAMPLE: readonly Scope[] = ["learning-sample"];
const SNAPSHOT: readonly Scope[] = ["snapshot"];
const MAPPING: readonly Scope[] = ["mapping"];
const UNRECOGNISED: readonly Scope[] = ["unrecognised"];
const EVENT: readonly Scope[] = ["any", "event"];
const WRAPPED: readonly Scope[] = ["any", "event", "integration"];
const STRUCTURED: ReadonlyMap<string, { plain: readonly Scope[]; wrapped: readonly Scope[] }> = new Map(
  (["graph_update", "pipeline_stage", "runtime_execution"] as const).map((family) => [
    family,
    { plain: ["any", "event", family], wrapped: ["any", "event", family, "integration"] },
  ]),
);

function eventScopes(family: string | undefined, isIntegration: boolean): readonly Scope[] {
  const structured = family === undefined ? undefined : STRUCTURED.get(family);
  if (structured !== undefined) return isIntegration ? structured.wrapped : structured.plain;
  return isIntegration ? WRAPPED : EVENT;
}
