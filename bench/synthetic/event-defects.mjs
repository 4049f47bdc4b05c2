import { alone } from "./defect.mjs";
import {
  changed,
  changedPayload,
  isCoreEvent,
  isExecution,
  isGraphKind,
  isGraphUpdate,
  isIntegration,
  isOfType,
  isStage,
} from "./events.mjs";

const BAD_TIMES = [
  (time) => time.replace(/(Z|[+-]\d\d:\d\d)$/, ""),
  (time) => time.replace("T", " "),
  (time) => time.replace(/(Z|[+-]\d\d:\d\d)$/, "+0200"),
  (time) => time.replace(/-\d\d-\d\dT/, "-02-30T"),
  (time) => String(Date.parse(time)),
];
const CLASS_NAMES = { graph_update: "GraphUpdateEvent", external_integration: "ExternalIntegrationEvent" };

// Where an event takes part in a history, the host is one that the history can do without.
const ENVELOPE = [
  alone(
    "event_id is no UUID",
    ["event-id-v4", "PS-4.1-2", "MUST", "/event_id"],
    isCoreEvent,
    changed((_event, random) => ({ event_id: `evt-${random.hex(12)}` })),
  ),
  alone(
    "event_id of version 1",
    ["event-id-v4", "PS-4.1-2", "MUST", "/event_id"],
    isCoreEvent,
    changed((_event, random) => ({ event_id: random.uuid(1) })),
  ),
  alone(
    "event_type is blank",
    ["event-type-non-empty", "PS-4.1-4", "MUST", "/event_type"],
    isCoreEvent,
    changed({ event_type: "  " }),
  ),
  alone(
    "event_type is missing",
    ["event-core-fields", "PS-4.1-1", "MUST", "/event_type"],
    isCoreEvent,
    changed({ event_type: undefined }),
  ),
  alone(
    "bad timestamp",
    ["timestamp-rfc3339", "PS-4.1-5", "MUST", "/timestamp"],
    isCoreEvent,
    changed((event, random) => ({ timestamp: random.pick(BAD_TIMES)(event.timestamp) })),
  ),
  alone(
    "timestamp is a number",
    ["event-core-fields", "PS-4.1-1", "MUST", "/timestamp"],
    isCoreEvent,
    changed((event) => ({ timestamp: Date.parse(event.timestamp) })),
  ),
  alone(
    "class name as event_family",
    ["event-family-known", "PS-4.2-1", "MUST", "/event_family"],
    (event) => CLASS_NAMES[event.event_family] !== undefined,
    changed((event) => ({ event_family: CLASS_NAMES[event.event_family] })),
  ),
  alone(
    "event_family is missing",
    ["event-core-fields", "PS-4.1-1", "MUST", "/event_family"],
    isGraphUpdate,
    changed({ event_family: undefined }),
  ),
  alone(
    "project_id is a name",
    ["project-id-uuid", "PS-4.1-6", "MUST", "/project_id"],
    isCoreEvent,
    changed((_event, random) => ({ project_id: `shop-${random.hex(8)}` })),
  ),
  alone(
    "project_id of version 1",
    ["project-id-uuid", "PS-4.1-6", "SHOULD", "/project_id"],
    isCoreEvent,
    changed((_event, random) => ({ project_id: random.uuid(1) })),
  ),
  alone(
    "payload is text",
    ["payload-object", "PS-4.1-7", "MUST", "/payload"],
    (event) => isCoreEvent(event) && !isIntegration(event),
    changed({ payload: "see the trace" }),
  ),
];

const GRAPH = [
  alone(
    "unknown update_kind",
    ["update-kind-known", "PS-5.2-1", "MUST", "/update_kind"],
    isGraphKind("node_add"),
    changed({ update_kind: "node_added" }),
  ),
  alone(
    "node_add without nodes",
    ["update-kind-delta", "PS-5.2-2", "MUST", "/node_delta"],
    isGraphKind("node_add"),
    changed({ node_delta: 0 }),
  ),
  alone(
    "node_add takes edges away",
    ["update-kind-other-delta", "PS-5.2-3", "SHOULD", "/edge_delta"],
    isGraphKind("node_add"),
    changed({ edge_delta: -2 }),
  ),
  alone(
    "edge_add adds a node",
    ["update-kind-other-delta", "PS-5.2-3", "SHOULD", "/node_delta"],
    isGraphKind("edge_add"),
    changed({ node_delta: 1 }),
  ),
  alone(
    "bulk of nothing",
    ["update-kind-other-delta", "PS-5.2-3", "NOTE", "/update_kind"],
    isGraphKind("bulk"),
    changed({ node_delta: 0, edge_delta: 0 }),
  ),
  alone(
    "edge_delta is missing",
    ["graph-update-fields", "PS-5.1-1", "MUST", "/edge_delta"],
    isGraphUpdate,
    changed({ edge_delta: undefined }),
  ),
  alone(
    "node_delta is text",
    ["graph-update-fields", "PS-5.1-1", "MUST", "/node_delta"],
    isGraphUpdate,
    changed((event) => ({ node_delta: String(event.node_delta) })),
  ),
  alone(
    "update_kind under payload",
    ["field-at-top-level", "PS-4.1-8 PS-5.1-1", "MUST", "/update_kind"],
    isGraphUpdate,
    ({ update_kind, ...event }) => changedPayload({ update_kind })(event),
  ),
  alone(
    "source_module is missing",
    ["source-module-present", "RG-4.2-1", "SHOULD", "/source_module"],
    isGraphUpdate,
    changed({ source_module: undefined }),
  ),
  alone(
    "unknown source_module",
    ["source-module-known", "RG-4.2-2", "SHOULD", "/source_module"],
    isGraphUpdate,
    changed({ source_module: "billing" }),
  ),
  alone(
    "source_module of the vendor",
    ["source-module-known", "RG-4.2-2", "NOTE", "/source_module"],
    isGraphUpdate,
    changed({ source_module: "acme/billing" }),
  ),
];

const STAGES_AND_EXECUTIONS = [
  alone(
    "stage_id is missing",
    ["pipeline-stage-fields", "PS-6.1-1", "MUST", "/stage_id"],
    isStage("pending"),
    changed({ stage_id: undefined }),
  ),
  alone(
    "stage_order is text",
    ["pipeline-stage-fields", "PS-6.1-1", "MUST", "/stage_order"],
    isStage("completed"),
    changed((event) => ({ stage_order: String(event.stage_order) })),
  ),
  alone(
    "unknown stage_status",
    ["stage-status-known", "PS-6.2-1", "MUST", "/stage_status"],
    isStage("pending"),
    changed({ stage_status: "queued" }),
  ),
  alone(
    "stage_name is missing",
    ["stage-name-and-order", "RG-4.3-1", "SHOULD", "/stage_name"],
    isStage("running"),
    changed({ stage_name: undefined }),
  ),
  alone(
    "execution_id is a name",
    ["runtime-execution-fields", "PS-7.1-1", "MUST", "/execution_id"],
    isExecution("pending"),
    // An execution of its own then, which has to end.
    changed((_event, random) => ({ execution_id: `run-${random.hex(8)}`, status: "cancelled" })),
  ),
  alone(
    "executor_kind is missing",
    ["runtime-execution-fields", "PS-7.1-1", "MUST", "/executor_kind"],
    isExecution("running"),
    changed({ executor_kind: undefined }),
  ),
  alone(
    "unknown executor_kind",
    ["executor-kind-known", "PS-7.2-1", "MUST", "/executor_kind"],
    isExecution("running"),
    changed({ executor_kind: "human" }),
  ),
  alone(
    "unknown execution status",
    ["execution-status-known", "PS-7.3-1", "MUST", "/status"],
    isExecution("pending"),
    changed({ status: "queued" }),
  ),
];

const PROFILES = [
  alone(
    "member that the MAP schema does not allow",
    ["map-profile-event", "MAP-1", "MUST", "/turn"],
    isOfType("MAPSessionStarted"),
    changed({ turn: 1 }),
  ),
  alone(
    "MAP event_id is no UUID",
    ["event-id-v4", "PS-4.1-2 MAP-1", "MUST", "/event_id"],
    isOfType("MAPSessionCompleted"),
    changed((_event, random) => ({ event_id: `evt-${random.hex(12)}` })),
  ),
  alone(
    "sa_id is missing",
    ["sa-profile-event", "SA-1", "MUST", "/sa_id"],
    isOfType("SAInitialized"),
    changed({ sa_id: undefined }),
  ),
];

const RECORDS = [
  alone("repeated key", ["duplicate-key", "IN-2", "SHOULD", "/event_type"], isCoreEvent, (event) =>
    JSON.stringify(event).replace("{", '{"event_type":"draft",'),
  ),
  alone("line cut off", ["json-object-per-record", "IN-1", "MUST", ""], isGraphUpdate, (event) => {
    const text = JSON.stringify(event);
    return text.slice(0, text.length / 2);
  }),
  alone("line that is a list", ["json-object-per-record", "IN-1", "MUST", ""], isGraphUpdate, (event) =>
    JSON.stringify([event]),
  ),
  alone("line that is no UTF-8", ["json-object-per-record", "IN-1", "MUST", ""], isGraphUpdate, (event) =>
    Buffer.from(JSON.stringify(changedPayload({ reason: "caf\u00e9" })(event)), "latin1"),
  ),
  alone(
    "record of another shape",
    ["unrecognised-record", "PS-4.1-1", "NOTE", ""],
    isGraphUpdate,
    ({ payload }) => ({ level: "info", message: payload.reason }),
  ),
];

export const EVENT_DEFECTS = [...ENVELOPE, ...GRAPH, ...STAGES_AND_EXECUTIONS, ...PROFILES, ...RECORDS];
