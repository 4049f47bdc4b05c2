import type { ClaimName } from "./claim.js";
import type { FindingLevel } from "./clause.js";
import type { Defect } from "./defect.js";
import type { Examined, Scope } from "./examined.js";
import type { Group } from "./group.js";
import type { InputChange } from "./input-change.js";
import type { Observation, Position } from "./observation.js";
import type { Source } from "./source.js";
import type { LogRecord, Rename } from "./subject.js";

export type { Examined, Scope } from "./examined.js";
export type { Instant, Observation, Position } from "./observation.js";

/** A list that the compiler knows not to be empty. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** Numbers that a rule uses where the specification leaves a choice; by name. */
export type RuleOptions = Readonly<Record<string, number>>;

/** What every rule says about itself. Levels are not here: they come from the clauses. */
export interface RuleMeta<ClauseId extends string = string> {
  /** Kebab-case; the rule's file has the same name. */
  readonly id: string;
  /** The clauses that this rule puts to the test; their `checked` counts come from it. */
  readonly clauses: NonEmpty<ClauseId>;
  /** Clauses that a finding of this rule may cite besides, because the same defect breaks them too. */
  readonly alsoCites?: readonly ClauseId[];
  readonly title: string;
  /** Why the clause matters to whoever reads the log. */
  readonly why: string;
  /** What to change in the runtime. */
  readonly fix: string;
}

/** A finding as a rule words it; the engine adds the level, the location and the count. */
export interface Draft<ClauseId extends string = string> {
  /** Must not contain input values: equal defects are grouped by their message. */
  readonly message: string;
  readonly hint?: string;
  /** Pointer into the record; "" is the record itself. */
  readonly pointer: string;
  /**
   * The secrets or ids that it is about, where one is not as good as another: a baseline knows them by keyed digests. Of
   * a finding about one member whose name ends with _id, its value by default.
   */
  readonly values?: readonly string[];
  /** Where in the record's text, where no pointer can name the place. */
  readonly offset?: number;
  /** Grouping key in place of the pointer's own shape, where member names are the sender's. */
  readonly shape?: string;
  /** Only where the finding is below its clause's level. */
  readonly level?: FindingLevel;
  /** The clauses broken; default: the rule's first clause. */
  readonly clauses?: NonEmpty<ClauseId>;
}

export type Emit<ClauseId extends string = string> = (draft: Draft<ClauseId>) => void;

/**
 * A rule that one event can break.
 *
 * `explain` words the schema and invariant defects that belong to this rule; the first rule that
 * explains a defect has it, so one defect is one finding. `check` looks for what schemas cannot say.
 */
export interface EventRule<ClauseId extends string = string> extends RuleMeta<ClauseId> {
  readonly evidence: "event";
  readonly scopes: NonEmpty<Scope>;
  /** True if this event puts the rule's clauses to the test; default: every event of the scope does. */
  readonly applies?: (examined: Examined) => boolean;
  readonly explain?: (defect: Defect, examined: Examined) => Draft<ClauseId> | undefined;
  readonly check?: (examined: Examined, emit: Emit<ClauseId>, allowance: Allowance) => void;
  /**
   * What `check` looks at: the record's text, or, by default, the members that schemas and invariants look at. By
   * default, `check` is not called for an event that is like an earlier one without findings.
   */
  readonly looksAt?: "text";
}

/** What a project accepts. */
export interface Allowance {
  /** True if a secret is known to give access to nothing. */
  isDummy(secret: string): boolean;
}

/** A rule about records as such, before anything is known about what they mean. */
export interface RecordRule<ClauseId extends string = string> extends RuleMeta<ClauseId> {
  readonly evidence: "record";
  readonly inspect: (record: LogRecord, emit: (draft: RecordDraft<ClauseId>) => void) => void;
}

/** A record's draft may point at a text offset, since there need not be a value to point into. */
export interface RecordDraft<ClauseId extends string = string> extends Draft<ClauseId> {
  readonly offset: number;
}

/** What one file as a whole shows about its events. */
export interface FileFacts {
  readonly withFamily: number;
  readonly withoutFamily: number;
  /** Of those without, how many have an event_family under payload. */
  readonly familyUnderPayload: number;
  /** The fields that the first of those without has under other names, where one has. */
  readonly renames?: readonly Rename[] | undefined;
}

/**
 * A rule about a file as a whole. Where it has something to say, that one finding stands in for all
 * findings of the file's events without a family.
 */
export interface FileRule<ClauseId extends string = string> extends RuleMeta<ClauseId> {
  readonly evidence: "file";
  readonly judge: (facts: FileFacts) => Draft<ClauseId> | undefined;
}

/** Settings that affect a run besides its inputs. */
export interface RunFacts {
  readonly claims: readonly ClaimName[];
  /** The configuration used, where it lies inside a folder that is under audit. */
  readonly configurationInAudit?: string;
  /** The inputs that did not stay the same while they were read. */
  readonly changes: readonly { readonly path: string; readonly change: InputChange }[];
}

/** A finding in a file that need not be an input. */
interface RunDraft<ClauseId extends string = string> extends Draft<ClauseId> {
  readonly path: string;
}

/** A rule about the settings of a run. */
export interface RunRule<ClauseId extends string = string> extends RuleMeta<ClauseId> {
  readonly evidence: "run";
  readonly judge: (facts: RunFacts) => readonly RunDraft<ClauseId>[];
}

export interface LogDraft<ClauseId extends string = string> extends Draft<ClauseId> {
  readonly at: Position;
  /** The other lines that make up the evidence. */
  readonly related?: readonly Position[];
  /** Pointer into the related records; default: the draft's own. */
  readonly relatedPointer?: string;
  /** The related places point at the first member in which their record differs from this one. */
  readonly showsDifference?: true;
  /** The finding is about something that the whole log lacks. */
  readonly absent?: true;
  /** The number of further occurrences in the same input. They are counted, not listed. Default: 0. */
  readonly more?: number;
}

/** What the graph_update events of one graph add up to, in causal order. */
export interface GraphTotals {
  readonly graph_id: string;
  /** Events counted, redeliveries aside. */
  readonly updates: number;
  /** Sums of the deltas. */
  readonly nodes: number;
  readonly edges: number;
  /** How many nodes and edges the graph must have had before the log, so that none ever went below zero. */
  readonly nodesBefore: number;
  readonly edgesBefore: number;
}

/** Which of the areas and event families that a crosscut is bound to the evidence shows (RG 6). */
export interface CrosscutRow {
  readonly crosscut: string;
  readonly areas: readonly string[];
  readonly events: readonly string[];
  /** True if that binds it: an area and an event, or what section 6 itself names. */
  readonly isBound: boolean;
}

/** The runtime that a mapping names. */
export interface StatedRuntime {
  readonly name?: string;
  readonly version?: string;
  readonly vendor?: string;
}

/** A statement about a clause that was supplied instead of a demonstration. */
export interface PlacedAttestation {
  readonly statement: string;
  readonly evidence: string;
  /** Of the file that is the evidence: 64 hexadecimal digits. */
  readonly sha256?: string;
  readonly at: Position;
  readonly pointer: string;
}

/** What a log rule can say and know when it judges. */
export interface Judging<ClauseId extends string = string> {
  /** True if the user declared that the log covers the whole run: an event that is missing is then a violation. */
  readonly isComplete: boolean;
  /** The claims that are made. */
  readonly claims: readonly ClaimName[];
  /** Parts of the input that could not be read or judged, in words: missing events may be there. */
  readonly gap?: string;
  /** The rule's own, as the project has chosen them. */
  readonly options: RuleOptions;
  /** An id of the sender's, or the name of something of theirs, as it may be shown. */
  shownId(id: string): string;
  emit(draft: LogDraft<ClauseId>): void;
  /** Adds one to a sum over all keys, which `conclude` sees. */
  sum(name: string, at: Position): void;
  /** Says that the condition of a clause is met, though it may be that nothing puts the clause to the test. */
  meet(clause: ClauseId): void;
  /** Says that the log leaves a clause undecided: the clause cannot end as satisfied. */
  leaveOpen(clause: ClauseId, reason: string): void;
  /**
   * Gives the reason why no evidence decides a clause. The clause then stays open even if it is attested, unless other
   * evidence decides it: an announcement alone demonstrates nothing.
   */
  leaveUnshown(clause: ClauseId, reason: string): void;
  /** Says what a clause that ends as satisfied was not looked at for. */
  limit(clause: ClauseId, words: string): void;
  /** Says that the runtime's authors attest a clause. */
  attest(clause: ClauseId, attestation: PlacedAttestation): void;
  /** Says why what they attest counts for nothing: that is the reason where nothing else shows the clause. */
  refuseAttestation(clause: ClauseId, reason: string): void;
  /** Puts a graph into the report's table of graphs. */
  listGraph(totals: GraphTotals): void;
  /** Puts a row into the report's table of crosscuts. */
  listCrosscut(row: CrosscutRow): void;
  /** Puts a runtime into the report. */
  listRuntime(runtime: StatedRuntime, at: Position): void;
}

/** What a log rule can say and know when it concludes from all keys. */
export interface Concluding<ClauseId extends string = string>
  extends Omit<Judging<ClauseId>, "sum" | "listGraph"> {
  /** Counts tests of the rule's clauses that no key shows alone, and gives a place where they were kept. */
  show(count: number, at: Position): void;
}

/** What `judge` has summed up under one name. */
export interface Sum {
  readonly count: number;
  /** The first place in the log. */
  readonly first: Position;
}

/** What has been kept of the whole log for one rule. */
export interface Kept<Value> {
  /** How many keys there are. */
  readonly size: number;
  readonly sums: ReadonlyMap<string, Sum>;
  /** The observations of one key; none where it never came. */
  of(key: string): readonly Observation<Value>[];
  /** Every key with its observations, in the order of their first ones. Of columns, these are made when asked for. */
  groups(): Iterable<readonly [key: string, observations: Group<Value>]>;
}

/**
 * A rule that only several events together can break: its source observes events and groups them by key, the rule
 * judges a key's observations.
 *
 * The rule never holds the log. The engine groups the observations of all blocks by key and calls
 * `judge` once for a key that has at least `atLeast` observations, then `conclude` once. Rules that name
 * the same source share what is kept.
 */
export interface LogRule<ClauseId extends string = string, Value = unknown> extends RuleMeta<ClauseId> {
  readonly evidence: "log";
  /** What is kept of the log for the rule. */
  readonly source: Source<Value>;
  /** The claim without which the rule does not apply at all. */
  readonly claim?: ClaimName;
  /** The numbers that a project may choose, with their defaults. */
  readonly options?: RuleOptions;
  /** Groups with fewer observations cannot break the rule and are not judged. Default: 1. */
  readonly atLeast?: number;
  /**
   * For rules that compare keys with each other: with fewer keys and no finding, the clause counts as not tested.
   * Default: 1.
   */
  readonly leastKeys?: number;
  /**
   * True if what `checks` and `judge` find in events at different times follows from their values in that order alone: not
   * from the key, or from how far the times are apart. If the rule finds nothing in a history, it is not asked about others
   * with the same values in the same order.
   */
  readonly judgesOrder?: boolean;
  /** How often the observations of one key put the rule's clauses to the test; default: once, or never without `judge`. */
  checks?(key: string, observations: Group<Value>): number;
  judge?(key: string, observations: Group<Value>, judging: Judging<ClauseId>): void;
  /**
   * Judges what no single key shows. `kept` knows the values of one key only if the store is a map or a store of
   * values.
   */
  conclude?(kept: Kept<Value>, judging: Concluding<ClauseId>): void;
  /**
   * What `conclude` looks at. "keys": all that is kept; partitions of a log then keep it in one place, so it must be
   * little. "firsts": of each key the first observations of each input; the last of them counts for those that follow,
   * too. Observations with an attachment are all there. "sums": nothing except sizes and sums. "partition": the keys of
   * one partition and those of `everywhere`; it then concludes in each of them, and `show` does not go. Default: "keys".
   */
  readonly concludesFrom?: "keys" | "firsts" | "sums" | "partition";
  /** True for a key that every partition needs. `checks` must count nothing for it. */
  everywhere?(key: string): boolean;
}

export type Rule<ClauseId extends string = string> =
  | EventRule<ClauseId>
  | RecordRule<ClauseId>
  | FileRule<ClauseId>
  | LogRule<ClauseId>
  | RunRule<ClauseId>;
