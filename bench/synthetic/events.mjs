// How scripts of defects speak of events: which ones they look for, and what lines they write.

/** What an event is about; no two defects touch the same. */
export function entityOf(event) {
  const { payload } = event;
  const own = event.pipeline_id ?? event.execution_id ?? event.session_id;
  return own ?? payload?.invocation_id ?? payload?.run_id ?? payload?.file_path ?? event.event_id;
}

export const isCoreEvent = (event) => event.event_family !== undefined;
export const isGraphUpdate = (event) => event.event_family === "graph_update";
export const isGraphKind = (kind) => (event) => isGraphUpdate(event) && event.update_kind === kind;
export const isStage = (status) => (event) => event.stage_status === status;
export const isExecution = (status) => (event) => event.execution_id !== undefined && event.status === status;
export const isOfType = (type) => (event) => event.event_type === type;
export const isIntegration = (event) => event.event_family === "external_integration";
/** Whether an event wraps an integration event with such members. */
export const isWrapped = (type, member, value) => (event) =>
  event.event_type === type && event.payload[member] === value;
export const isTool = (status) => isWrapped("tool_execution", "status", status);
export const isCi = (status) => isWrapped("ci_pipeline", "status", status);
export const isSave = isWrapped("file_update", "change_type", "modified");
/** Whether an event is about the same entity as a given one, and of a pipeline about the same stage. */
export function isSameAs(host) {
  const [entity, stage] = [entityOf(host), host.stage_id];
  return (event) => event.stage_id === stage && entityOf(event) === entity;
}

export const plain = (value) => ({ value });
/** A line that the finding refers to besides its own. */
export const evidence = (value) => ({ value, role: "evidence" });
/** The line where the finding belongs. */
export const found = (value) => ({ value, role: "finding" });

const resolved = (changes, event, random) =>
  typeof changes === "function" ? changes(event, random) : changes;
/** An event with other members, given or computed from the event; undefined takes one away. */
export const changed = (changes) => (event, random) => ({ ...event, ...resolved(changes, event, random) });
/** The same for the members of its payload. */
export const changedPayload = (changes) => (event, random) =>
  changed({ payload: { ...event.payload, ...resolved(changes, event, random) } })(event);

/** Yields one step and then nothing, until an event comes that is looked for. Returns that event. */
export function* until(step, isWanted) {
  let event = yield step;
  while (!isWanted(event)) event = yield {};
  return event;
}
