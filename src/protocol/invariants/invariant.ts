import type { Problem } from "../../model/defect.js";
import type { IntegrationKind } from "../../model/subject.js";
import type { FieldFacts } from "../fields/field-facts.js";
import type { InvariantCondition } from "./invariant-conditions.js";

/** What an invariant judges; the last four need documents that mplp-check does not read. */
export const SCOPES = [
  "event",
  "tool_event",
  "file_update_event",
  "git_event",
  "ci_event",
  "learning_sample",
] as const;
export const OTHER_SCOPES = ["context", "plan", "trace", "collab"] as const;

export type InvariantScope = (typeof SCOPES)[number] & ("event" | "learning_sample" | IntegrationKind);

/** A compiled invariant. */
export interface Invariant {
  readonly id: string;
  readonly scope: InvariantScope;
  /** Member names from the object to the value. */
  readonly path: readonly string[];
  /** The same path as a JSON Pointer. */
  readonly pointer: string;
  readonly when: readonly InvariantCondition[];
  /** The value's problem, if any; a missing value is a problem (spec-conflict X-14). */
  readonly objection: (value: unknown) => Problem | undefined;
  readonly allowed?: readonly string[];
  /** True if the schema already guarantees this invariant. Default: never. */
  readonly isProvedBy?: (facts: FieldFacts) => boolean;
}
