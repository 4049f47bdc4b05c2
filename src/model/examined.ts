import type { EventSubject, IntegrationFacet, ParsedRecord, Subject } from "./subject.js";

/** The part of a subject that a rule looks at; a rule runs once for each scope the subject is in. */
export type Scope =
  | "event"
  | "graph_update"
  | "pipeline_stage"
  | "runtime_execution"
  | "integration"
  | "sa"
  | "map"
  | "learning-sample"
  | "snapshot"
  | "mapping"
  | "unrecognised"
  /** Every event of any kind, once. */
  | "any";

/** A record and its recognised kind. */
export interface Examined {
  readonly record: ParsedRecord;
  readonly subject: Subject;
  /** The event itself (an event, a profile event or a bare integration event). */
  readonly event: EventSubject["value"];
  readonly integration: IntegrationFacet | undefined;
}
