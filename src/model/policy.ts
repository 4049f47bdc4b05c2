import type { FindingLevel } from "./clause.js";
import type { Finding } from "./finding.js";
import type { Notice, RunError } from "./report.js";
import type { RuleOptions } from "./rule.js";
import type { ValueDigests } from "./value-digests.js";
import type { Waiver } from "./waiver.js";

/** Identifies findings of one kind: rule, clauses, level, message and the shape of their pointers. */
export interface FindingKind {
  readonly rule: string;
  readonly clauses: readonly string[];
  readonly level: FindingLevel;
  readonly message: string;
  /** The pointer without the sender's own names. */
  readonly shape: string;
}

/** A project's decision about findings of a kind. */
export interface Treatment {
  readonly waiver?: Waiver;
  /** The name of the waiver's quota; default: it waives any number. */
  readonly quota?: string;
  /** The level at which they are reported instead of their original one. */
  readonly level?: FindingLevel;
}

/** How many occurrences a waiver covers, over all findings that share it. If there are more, all of them count. */
export interface Quota {
  readonly atMost: number;
  /** The waived values, if the waiver depends on them: with any other value, all findings count. */
  readonly values?: ValueDigests;
  /** The hint of findings that exceed the quota. */
  readonly hint: string;
}

/** A project's decisions about findings, and the options of rules. */
export interface Policy {
  /** By rule id. Default: the rules' own options. */
  readonly options?: Readonly<Record<string, RuleOptions>>;
  /** The same for policies that treat all findings alike, whatever their options; "" without decisions. */
  readonly digest: string;
  /** SHA-256 of dummy secrets, in hexadecimal digits: they are noted, but are not findings. */
  readonly dummies?: readonly string[];
  /** The key of value digests, so that quotas can tell values apart; without it there are no digests. */
  readonly valueKey?: string;
  /** @param path of the finding's input */
  treatmentOf(kind: FindingKind, path: string): Treatment;
  quotaOf(name: string): Quota | undefined;
  /**
   * Problems of the decisions themselves, given all findings: expired decisions, and those that match nothing.
   *
   * @param overdrawn number of occurrences for each exceeded quota, by its name
   */
  complaintsAbout(findings: readonly Finding[], overdrawn?: ReadonlyMap<string, number>): readonly RunError[];
  /** Decisions that will soon be wrong, or that match nothing but may. Default: none. */
  noticesAbout?(findings: readonly Finding[], overdrawn?: ReadonlyMap<string, number>): readonly Notice[];
}

/** Leaves every finding as it is. */
export const NO_POLICY: Policy = {
  digest: "",
  treatmentOf: () => ({}),
  quotaOf: () => undefined,
  complaintsAbout: () => [],
};
