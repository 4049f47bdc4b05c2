import type { FindingLevel } from "./clause.js";
import type { Finding } from "./finding.js";
import type { Notice, RunError } from "./report.js";
import type { RuleOptions } from "./rule.js";
import type { ValueDigests } from "./value-digests.js";
import type { Waiver } from "./waiver.js";

/** What makes findings of one kind: rule, clauses, level, message and the shape of their pointers. */
export interface FindingKind {
  readonly rule: string;
  readonly clauses: readonly string[];
  readonly level: FindingLevel;
  readonly message: string;
  /** The pointer with what is the sender's own left out. */
  readonly shape: string;
}

/** What a project has decided about findings of a kind. */
export interface Treatment {
  readonly waiver?: Waiver;
  /** Names the quota that the waiver draws on; without one it waives any number. */
  readonly quota?: string;
  /** The level at which they are reported instead of their own. */
  readonly level?: FindingLevel;
}

/** How much is waived, together, of all findings that draw on it. Of more, nothing is. */
export interface Quota {
  readonly atMost: number;
  /** The values that are waived, where it matters which: with any other, nothing is. */
  readonly values?: ValueDigests;
  /** What is said to those whose findings count because there are more. */
  readonly hint: string;
}

/** What a project has decided about findings: how they count, and the options of rules that have some. */
export interface Policy {
  /** By the ids of rules. Default: the rules' own. */
  readonly options?: Readonly<Record<string, RuleOptions>>;
  /** The same for policies that treat all findings alike, whatever their options; "" where nothing was decided. */
  readonly digest: string;
  /** SHA-256 of secrets that give access to nothing, in hexadecimal digits: they are noted, and are no findings. */
  readonly dummies?: readonly string[];
  /** What digests of values are taken with, so that quotas can tell them apart; without it none are taken. */
  readonly valueKey?: string;
  /** @param path of the input that the finding is in */
  treatmentOf(kind: FindingKind, path: string): Treatment;
  quotaOf(name: string): Quota | undefined;
  /**
   * What is wrong with the decisions themselves, once all findings are known: those that have ended, or match none.
   *
   * @param overdrawn by the names of quotas that did not suffice, how many occurrences there are
   */
  complaintsAbout(findings: readonly Finding[], overdrawn?: ReadonlyMap<string, number>): readonly RunError[];
  /** Decisions that are still right and will not be for long, or that match nothing and may. Default: none. */
  noticesAbout?(findings: readonly Finding[], overdrawn?: ReadonlyMap<string, number>): readonly Notice[];
}

/** Every finding counts as it is. */
export const NO_POLICY: Policy = {
  digest: "",
  treatmentOf: () => ({}),
  quotaOf: () => undefined,
  complaintsAbout: () => [],
};
