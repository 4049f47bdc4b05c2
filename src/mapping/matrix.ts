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

/** Other names of an area in the documents; a mapping may use them (G-10). */
export const AREA_ALIASES = {
  plan_edges: ["dependencies", "edges"],
  trace_spans: ["spans"],
  role_assignments: ["assignments"],
  plugin_registry: ["plugins"],
  dialog_messages: ["messages"],
  handoff_edges: ["handoffs"],
  governance_rules: ["governance"],
  integration_status: ["integrations"],
  stage_nodes: ["stages"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const CANONICAL: ReadonlyMap<string, string> = new Map([
  ...Object.entries(AREA_ALIASES).flatMap(([area, aliases]) =>
    aliases.map((alias) => [alias, area] as const),
  ),
  ...["*", "all", "everything", "graph", "entire_graph", "whole_graph", "entire_psg", "psg"].map(
    (alias) => [alias, WHOLE_GRAPH] as const,
  ),
]);

/** The canonical name of an area: "psg.Plan Steps", "planSteps" and "psg.plan_steps[step_id]" are plan_steps. */
export function areaName(spelling: string): string {
  const name = spelling
    .trim()
    .replace(/^the\s+/i, "")
    .replace(/^psg\./i, "")
    .replace(/(?<=.)[[{(<].*$/s, "")
    .replace(/(?<=\w)\.?\*$/, "")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  return CANONICAL.get(name) ?? name;
}

/** Text that people write if they have not decided yet, or if there is nothing to name. */
const NO_NAMES =
  /^(?:none(?:yet)?|not?|na|nil|null|nothing|empty|unknown|various|tb[adc]|tobe\w*|todo.*|fixme.*|fillin|see\w*|your\w*|placeholders?|dummy|foo|bar|baz|areas?|psg|x+|)$/;
/** After "psg." a name follows, and almost any word may be a name: psg.todo_items, psg.unknown. */
const NO_NAMES_IN_PSG = /^(?:none|na|tb[adc]|todo|fixme|placeholder|areas?|x+|)$/;

/** True if the spelling does not name an area: "(none)", "n/a", "???", "TODO: name them", "psg.", "psg.x". */
export function namesNoArea(spelling: string): boolean {
  const text = spelling.trim().toLowerCase();
  if (/^(?:psg\.)?\*$/.test(text) || text === "psg") return false;
  const isInPsg = text.startsWith("psg.");
  const name = (isInPsg ? text.slice(4) : text).replace(/[^\p{L}\p{N}]/gu, "");
  return (isInPsg ? NO_NAMES_IN_PSG : NO_NAMES).test(name);
}

/** The owner of an area in the reference, and its kind of ownership; undefined for unknown areas. */
export function referenceOwner(
  area: string,
): { readonly module: L2Module | Component; readonly ownership: Ownership } | undefined {
  return OWNERS.get(area);
}

const OWNERS: ReadonlyMap<string, { module: L2Module | Component; ownership: Ownership }> = new Map(
  (
    Object.entries({ ...REFERENCE_MODULES, ...REFERENCE_COMPONENTS }) as [
      L2Module | Component,
      ReferenceModule,
    ][]
  ).flatMap(([module, { areas }]) =>
    Object.entries(areas).map(([area, { ownership }]) => [area, { module, ownership }] as const),
  ),
);
