import type { AccessMode, EventLevel, Ownership } from "../model/mapping.js";
import type { EventFamily } from "../protocol/fields/families.js";
import type { L2_MODULES } from "../protocol/fields/modules.js";

export type L2Module = (typeof L2_MODULES)[number];

/** Components act for the modules: they change the graph and run the pipelines. */
export const COMPONENTS = ["psg_runtime", "pipeline_controller"] as const;
export type Component = (typeof COMPONENTS)[number];

interface ReferenceArea {
  readonly ownership: Ownership;
  readonly holds: string;
}

/** What one module does with the PSG. */
export interface ReferenceModule {
  readonly access: AccessMode;
  readonly areas: Readonly<Record<string, ReferenceArea>>;
  /** The events that the module emits when it changes the graph; map_profile stands for that profile's events. */
  readonly events: Readonly<Partial<Record<EventFamily | "map_profile", EventLevel>>>;
  /** The families of learning samples that come from the module. */
  readonly learning: readonly string[];
}

const primary = (holds: string): ReferenceArea => ({ ownership: "primary", holds });
const shared = (holds: string): ReferenceArea => ({ ownership: "shared", holds });

/**
 * The PSG areas of each module (Module PSG Paths v1.0.0). Later editions call the page illustrative, so a difference
 * is at most a SHOULD finding (RG-7.1-1b, spec-conflict G-10).
 */
export const REFERENCE_MODULES: Readonly<Record<L2Module, ReferenceModule>> = {
  context: {
    access: "READ-WRITE",
    areas: {
      project_root: primary("project id, title, description"),
      environment: primary("OS, platform, dependencies"),
      constraints: primary("timeline, budget, resource limits"),
    },
    events: { import_process: "OPTIONAL" },
    learning: ["intent_resolution"],
  },
  plan: {
    access: "READ-WRITE",
    areas: {
      plans: primary("plan_id, context_id, status"),
      plan_steps: primary("step_id, description, agent_role, status"),
      plan_edges: primary("step dependency edges"),
    },
    events: { pipeline_stage: "SHOULD" },
    learning: ["intent_resolution", "pipeline_outcome"],
  },
  confirm: {
    access: "READ-WRITE",
    areas: {
      approval_nodes: primary("confirm_id, target_id, status"),
      decision_edges: primary("confirm -> plan edges"),
    },
    events: { runtime_execution: "SHOULD" },
    learning: ["confirm_decision"],
  },
  trace: {
    // The module only appends to an audit log and never reads the graph.
    access: "WRITE",
    areas: {
      execution_traces: primary("trace_id, context_id, root_span_id"),
      trace_spans: primary("span_id, parent_span_id, operation, duration"),
    },
    events: { runtime_execution: "RECOMMENDED" },
    learning: ["pipeline_outcome"],
  },
  role: {
    access: "READ-WRITE",
    areas: {
      agent_roles: primary("role_id, name, capabilities"),
      role_assignments: primary("agent -> role edges"),
    },
    events: {},
    learning: ["multi_agent_coordination"],
  },
  extension: {
    access: "READ-WRITE",
    areas: {
      tool_adapters: primary("extension_id, adapter_type, config"),
      plugin_registry: shared("available plugins and versions"),
    },
    events: { external_integration: "RECOMMENDED" },
    learning: [],
  },
  dialog: {
    access: "READ-WRITE",
    areas: {
      dialog_threads: primary("dialog_id, turn_count"),
      dialog_messages: primary("message_id, role, content"),
    },
    events: { methodology: "OPTIONAL" },
    learning: ["intent_resolution"],
  },
  collab: {
    access: "READ-WRITE",
    areas: {
      collaboration_sessions: primary("session_id, mode, participants"),
      handoff_edges: primary("agent -> agent handoffs"),
    },
    events: { map_profile: "PROFILE" },
    learning: ["multi_agent_coordination"],
  },
  core: {
    access: "READ-WRITE",
    areas: {
      orchestration_nodes: primary("orchestrator state, policies"),
      governance_rules: primary("conflict-resolution policies"),
    },
    events: { pipeline_stage: "MUST" },
    learning: ["pipeline_outcome"],
  },
  network: {
    access: "READ-WRITE",
    areas: {
      external_endpoints: primary("endpoint_url, auth metadata"),
      integration_status: shared("connection health, latency"),
    },
    events: { external_integration: "RECOMMENDED" },
    learning: [],
  },
};

/** The entire graph instead of an area. */
export const WHOLE_GRAPH = "*";

/** What the components do with the PSG. */
export const REFERENCE_COMPONENTS: Readonly<Record<Component, ReferenceModule>> = {
  psg_runtime: {
    access: "READ-WRITE",
    areas: { [WHOLE_GRAPH]: primary("the entire graph: every node and edge") },
    // For every structural change, whichever module requested it.
    events: { graph_update: "MUST" },
    learning: ["graph_evolution"],
  },
  pipeline_controller: {
    access: "READ-WRITE",
    areas: {
      pipeline_state: primary("current pipeline execution state"),
      stage_nodes: primary("stage_id, status, dependencies"),
    },
    // For every transition of a stage.
    events: { pipeline_stage: "MUST" },
    learning: ["pipeline_outcome"],
  },
};
