import { kindNamedBy, kindsIn } from "./integration.js";
import { isObject, type Members } from "./json.js";
import type { LIFECYCLES } from "./lifecycles.js";

/** What has a lifecycle. */
export type Thing = keyof typeof LIFECYCLES;

const EXECUTORS = ["agent", "tool", "llm", "worker", "external"];

/** What an event says about a thing with a lifecycle. */
export interface About {
  readonly thing: Thing;
  readonly key: readonly unknown[];
  readonly status: unknown;
  /** Values that are to stay the same, each after its clause. */
  readonly stable: readonly (readonly [string, unknown])[];
  /** True if it is open whether the event counts. */
  readonly isOpen: boolean;
}

function aboutStage(event: Members): About {
  const { pipeline_id, stage_id, stage_status: status, stage_order: order, stage_name: name } = event;
  const isOrder = Number.isInteger(order) && (order as number) >= 0;
  return {
    thing: "stage",
    key: [pipeline_id, stage_id],
    status,
    stable: [
      ...(isOrder ? [["PS-6.1-2 order", order] as const] : []),
      ...(typeof name === "string" ? [["PS-6.1-2 name", name] as const] : []),
    ],
    // A number that is no order may be an order that has changed, or no order.
    isOpen: typeof order === "number" && !isOrder,
  };
}

function aboutExecution({ execution_id, status, executor_kind: kind }: Members): About {
  const stable = EXECUTORS.includes(kind as string) ? [["PS-7.3-2 kind", kind] as const] : [];
  return { thing: "execution", key: [execution_id], status, stable, isOpen: false };
}

/** Where family, type and payload do not agree what the payload is, it is open whether it counts. */
function aboutPayload({ event_family: family, event_type, payload }: Members): readonly About[] {
  if (!isObject(payload)) return [];
  const { status, invocation_id, ci_provider, pipeline_id, run_id } = payload;
  const kinds = kindsIn(payload);
  const isCertain =
    family === "external_integration" && kinds.length === 1 && kinds[0] === kindNamedBy(event_type);
  const common = { status, stable: [], isOpen: !isCertain };
  return [
    ...(kinds.includes("tool_event") ? [{ ...common, thing: "tool" as const, key: [invocation_id] }] : []),
    ...(kinds.includes("ci_event")
      ? [{ ...common, thing: "ci" as const, key: [ci_provider, pipeline_id, run_id] }]
      : []),
  ];
}

/** What an event says about things with a lifecycle: of most kinds nothing, of some one thing. */
export function aboutOf(event: Members): readonly About[] {
  if (event.event_family === "pipeline_stage") return [aboutStage(event), ...aboutPayload(event)];
  if (event.event_family === "runtime_execution") return [aboutExecution(event), ...aboutPayload(event)];
  return aboutPayload(event);
}
