import type { Chart, Observer } from "../../model/chart.js";
import type { ClaimName } from "../../model/claim.js";
import type { Clause } from "../../model/clause.js";
import { shapeOf } from "../../model/pointer.js";
import type {
  Draft,
  EventRule,
  FileRule,
  LogRule,
  RecordRule,
  Rule,
  RuleMeta,
  RunRule,
  Scope,
} from "../../model/rule.js";
import type { Subject } from "../../model/subject.js";
import type { GroupIdentity } from "../ledger.js";

/** The rules for records in some scopes. A rule appears once for each of its scopes. */
export interface Track {
  /** Clauses that every record on this track tests. */
  readonly always: readonly string[];
  /** Rules whose clauses only some records test. */
  readonly conditional: readonly EventRule[];
  readonly checking: readonly EventRule[];
  /** Rules that word what the schemas and invariants reject; the first that has words for a defect wins. */
  readonly explaining: readonly EventRule[];
  /** Rules that look at the record's text. */
  readonly textual: readonly EventRule[];
  /** The observers of such records. */
  readonly observing: readonly Observer[];
}

/** All rules of a run, indexed once. */
export interface Rulebook {
  readonly clauses: ReadonlyMap<string, Clause>;
  readonly rules: readonly Rule[];
  readonly record: readonly RecordRule[];
  /** Rules that look at a record's text, for every kind of record. */
  readonly textual: readonly EventRule[];
  readonly file: readonly FileRule[];
  /** Rules about the run itself: its configuration, files that changed. */
  readonly run: readonly RunRule[];
  /** Log rules and charts, grouped by their source. */
  readonly observers: readonly Observer[];
  /** @param scopes a list that `scopesOf` gave */
  track(scopes: readonly Scope[]): Track;
}

/** Indexes the rules of a run. Rules that only matter to a claim are left out unless the claim is made. */
export function rulebookOf(
  rules: readonly Rule[],
  clauses: readonly Clause[],
  claims: readonly ClaimName[] = [],
  charts: readonly Chart[] = [],
): Rulebook {
  const event = rules.filter((rule) => rule.evidence === "event");
  const asked = rules.filter((rule) => rule.evidence === "log").filter((rule) => isAskedFor(rule, claims));
  const observers = observersOf(asked, charts);
  const tracks = new Map<readonly Scope[], Track>();
  const trackFor = (scopes: readonly Scope[]): Track => {
    const own = scopes.flatMap((scope) => event.filter((rule) => rule.scopes.includes(scope)));
    const track = {
      always: own.filter((rule) => rule.applies === undefined).flatMap((rule) => rule.clauses),
      conditional: own.filter((rule) => rule.applies !== undefined),
      checking: own.filter((rule) => rule.check !== undefined && rule.looksAt === undefined),
      explaining: event.filter(
        (rule) => rule.explain !== undefined && rule.scopes.some((scope) => scopes.includes(scope)),
      ),
      textual: own.filter(isTextual),
      observing: observers.filter(({ source }) => source.scopes.some((scope) => scopes.includes(scope))),
    };
    tracks.set(scopes, track);
    return track;
  };
  return {
    clauses: new Map(clauses.map((clause) => [clause.id, clause])),
    rules,
    record: rules.filter((rule) => rule.evidence === "record"),
    textual: event.filter(isTextual),
    file: rules.filter((rule) => rule.evidence === "file"),
    run: rules.filter((rule) => rule.evidence === "run"),
    observers,
    track: (scopes) => tracks.get(scopes) ?? trackFor(scopes),
  };
}

function isTextual(rule: EventRule): boolean {
  return rule.looksAt === "text";
}

/** True if the rule belongs to no claim, or to one that is made. */
export function isAskedFor({ claim }: LogRule, claims: readonly ClaimName[]): boolean {
  return claim === undefined || claims.includes(claim);
}

/** Groups rules and charts by their source, so that it is kept once. */
function observersOf(rules: readonly LogRule[], charts: readonly Chart[]): Observer[] {
  const sources = new Set([...rules, ...charts].map(({ source }) => source));
  return [...sources].flatMap((source) => {
    const own = {
      rules: rules.filter((rule) => rule.source === source),
      charts: charts.filter((chart) => chart.source === source),
    };
    const [first] = [...own.rules, ...own.charts];
    return first === undefined ? [] : [{ id: first.id, source, ...own }];
  });
}

/**
 * The scopes of a subject; subjects of one kind get the same list. An integration event has its own scope and that of
 * its envelope.
 */
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

/** The group of a draft. Clauses: the draft's own, or else the rule's first. Level: that of the first clause. */
export function groupIdentityOf(rule: RuleMeta, draft: Draft, { clauses: known }: Rulebook): GroupIdentity {
  const { message, hint, shape = shapeOf(draft.pointer) } = draft;
  const clauses = draft.clauses ?? [rule.clauses[0]];
  const level = draft.level ?? known.get(clauses[0])?.level;
  if (level === undefined) throw new Error(`rule ${rule.id} cites ${clauses[0]}, which is no clause`);
  return { rule: rule.id, clauses, level, message, shape, ...(hint !== undefined && { hint }) };
}
