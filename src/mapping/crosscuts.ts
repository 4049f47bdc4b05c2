import type { EventLevel } from "../model/mapping.js";
import type { EventFamily } from "../protocol/fields/families.js";

/** The nine crosscutting concerns (RG 6), in the specification's order. */
export const CROSSCUTS = [
  "coordination",
  "error-handling",
  "event-bus",
  "orchestration",
  "performance",
  "protocol-version",
  "security",
  "state-sync",
  "transaction",
] as const;
export type Crosscut = (typeof CROSSCUTS)[number];

/** An event of a concern, and how strongly the concern requires it. */
export interface CrosscutEvent {
  /** map_profile stands for the events of the MAP profile. */
  readonly family: EventFamily | "map_profile";
  readonly level: EventLevel;
  /** Only bulk updates, or only failed stages and executions. */
  readonly only?: EventQualifier;
  /** Section 6 itself names the event, so it is required even without the page that the section refers to. */
  readonly isNamed?: true;
}

/** The part of a family's events that a concern is about. */
export type EventQualifier = "bulk" | "failed";

export interface CrosscutBinding {
  /** Areas of the PSG; some of them belong to no module. */
  readonly areas: readonly string[];
  /** "all": the concern accompanies the events of every family and emits none of its own. */
  readonly events: readonly CrosscutEvent[] | "all";
  /** The occasion, if the events are due only then. */
  readonly when?: string;
  readonly learning: readonly string[];
}

/** Areas and events of each concern (Crosscut PSG Event Binding v1.0.0). */
export const CROSSCUT_BINDINGS: Readonly<Record<Crosscut, CrosscutBinding>> = {
  coordination: {
    areas: ["collaboration_sessions", "agent_roles", "handoff_edges"],
    events: [
      { family: "map_profile", level: "PROFILE", isNamed: true },
      { family: "runtime_execution", level: "RECOMMENDED" },
    ],
    learning: ["multi_agent_coordination"],
  },
  "error-handling": {
    areas: ["failure_nodes"],
    events: [
      { family: "pipeline_stage", level: "MUST", only: "failed", isNamed: true },
      { family: "runtime_execution", level: "SHOULD", only: "failed" },
    ],
    when: "a stage or an execution fails",
    learning: ["pipeline_outcome"],
  },
  "event-bus": { areas: ["event_sinks", "event_routing"], events: "all", learning: [] },
  orchestration: {
    areas: ["pipeline_state", "stage_nodes", "orchestration_nodes"],
    events: [
      { family: "pipeline_stage", level: "MUST", isNamed: true },
      { family: "methodology", level: "OPTIONAL" },
    ],
    learning: ["pipeline_outcome"],
  },
  performance: {
    areas: ["trace_spans", "plan_steps", "resource_usage"],
    events: [
      { family: "cost_budget", level: "RECOMMENDED", isNamed: true },
      { family: "runtime_execution", level: "RECOMMENDED" },
    ],
    learning: ["pipeline_outcome"],
  },
  "protocol-version": {
    areas: ["protocol_version", "migration_log"],
    events: [
      { family: "import_process", level: "OPTIONAL" },
      { family: "graph_update", level: "MUST" },
    ],
    learning: [],
  },
  security: {
    areas: ["permission_edges", "audit_log"],
    events: [{ family: "runtime_execution", level: "OPTIONAL" }],
    learning: [],
  },
  "state-sync": {
    areas: ["sync_checkpoints", "conflicts"],
    events: [{ family: "graph_update", level: "MUST", isNamed: true }],
    learning: ["graph_evolution"],
  },
  transaction: {
    areas: ["transactions", "transaction_snapshots"],
    events: [
      { family: "graph_update", level: "MUST", only: "bulk", isNamed: true },
      { family: "external_integration", level: "RECOMMENDED" },
    ],
    learning: ["delta_impact"],
  },
};

/** Names that later documents use for a concern. */
export const CROSSCUT_ALIASES = {
  "protocol-version": ["protocol-versioning"],
} as const satisfies Partial<Record<Crosscut, readonly string[]>>;
