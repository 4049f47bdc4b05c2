import { atEnd, far, later, lost } from "./defect.mjs";
import {
  changed,
  changedPayload,
  evidence,
  found,
  isCi,
  isCoreEvent,
  isExecution,
  isGraphUpdate,
  isOfType,
  isSameAs,
  isSave,
  isStage,
  isTool,
  plain,
  until,
} from "./events.mjs";

const ILLEGAL = ["stage-transitions", "RG-4.3-2", "MUST", "/stage_status"];
const RETRY = ["stage-transitions", "RG-4.3-2", "SHOULD", "/stage_status"];
const UNSAID = ["stage-transition-events", "RG-7.1-3", "MUST", "/stage_status"];
const ORDER = ["stage-stability", "PS-6.1-2", "SHOULD", "/stage_order"];
const SHARED_ORDER = ["stage-stability", "PS-6.1-2", "NOTE", "/stage_order"];
const NAME = ["stage-stability", "PS-6.1-2", "SHOULD", "/stage_name"];
const EXECUTION = ["execution-lifecycle", "PS-7.3-2", "SHOULD", "/status"];
const TOOL = ["tool-lifecycle", "IS-3.1-1", "SHOULD", "/payload/status"];
const CI = ["ci-lifecycle", "IS-3.4-1", "SHOULD", "/payload/status"];
const REDELIVERED = ["event-id-unique", "IS-13.2-1", "NOTE", "/event_id"];
const DEBOUNCE = ["file-update-debounced", "IS-13.1-1", "SHOULD", "/payload/timestamp"];
const UNANSWERED = ["map-turns-answered", "MAP-2", "SHOULD", "/event_type"];
const outOfOrder = (rule, pointer) => [rule, "IS-13.2-2", "NOTE", pointer];

const stageTo = (status) => changed({ stage_status: status, event_type: `stage_${status}` });
const executionTo = (status) => changed({ status, event_type: `execution_${status}` });
const payloadTo = (status) => changedPayload({ status });

/** Writes a thing's event again with other statuses, once the time has come. The first of them is wrong. */
const goesOn = (...changes) =>
  function* (host, { random, isDue }) {
    const event = yield* until({ instead: [evidence(host)] }, isDue);
    const [wrong, ...rest] = changes.map((change) => change(newEvent(host, event, random)));
    yield { after: [found(wrong), ...rest.map(plain)] };
  };

/** Goes back within the millisecond, and runs again: what follows in the log is then as it should be. */
const goesBack = (back, again) =>
  function* (host, { random }) {
    const later = (digit) => ({ timestamp: host.timestamp.replace(/(?=Z$|\+)/, digit) });
    const [first, second] = [newEvent(host, later("3"), random), newEvent(host, later("6"), random)];
    yield { instead: [evidence(host), found(back(first)), plain(again(second))] };
  };

/** Leaves out that a thing runs: it goes from pending to its end. */
const neverRuns = (toEnd = changed({})) =>
  function* (host) {
    const end = yield* until({ instead: [] }, isSameAs(host));
    yield { instead: [found(toEnd(end))] };
  };

/** Writes the first event of a thing behind the second, which happened at least a millisecond later. */
function* comesLate(host) {
  const next = yield* until({ instead: [] }, isSameAs(host));
  const earlier = new Date(Date.parse(host.timestamp) - 1).toISOString();
  yield { instead: [evidence(next), found(changed({ timestamp: earlier })(host))] };
}

/** Is the last that is heard of a thing: so many of its following events are left out. */
const staysOpen = (left) =>
  function* (host) {
    let step = { instead: [found(host)] };
    for (let count = 0; count < left; count++) {
      yield* until(step, isSameAs(host));
      step = { instead: [] };
    }
    yield step;
  };

/** An event of the same thing, at the time of another event. */
function newEvent(host, { timestamp }, random) {
  return { ...host, event_id: random.uuid(), timestamp };
}

/** The end of a thing says something else about it than its first event. */
const contradicts = (change) =>
  function* (host) {
    const isSame = isSameAs(host);
    const end = yield* until({ instead: [evidence(host)] }, (event) => isSame(event) && hasEnded(event));
    yield { instead: [found(change(end))] };
  };

/** All events of a stage bear the order of the stage before. */
function* sharesOrder(host) {
  const change = changed({ stage_order: host.stage_order - 1 });
  let [event, line] = [host, found];
  while (!hasEnded(event)) {
    event = yield* until({ instead: [line(change(event))] }, isSameAs(host));
    line = plain;
  }
  yield { instead: [line(change(event))] };
}

/** Another event of the log takes the event_id of this one. */
function* losesItsId(host, { isDue, claim }) {
  const isFree = (event) => isDue() && isCoreEvent(event) && claim(event);
  const other = yield* until({ instead: [evidence(host)] }, isFree);
  yield { instead: [found(changed({ event_id: host.event_id })(other))] };
}

/** Comes again, as it was or in other words that mean the same. */
const comesAgain = (change) =>
  function* (host, { isDue, random }) {
    yield* until({ instead: [evidence(host)] }, isDue);
    yield { after: [found(change(host, random))] };
  };

/** A file is saved again so many milliseconds after it was saved. Only the first of these is a finding. */
const savedAgain = (...delays) =>
  function* (host, { random }) {
    const time = Date.parse(host.payload.timestamp);
    const isOver = (event) => Date.parse(event.timestamp) >= time + Math.max(...delays);
    const event = yield* until({ instead: [evidence(host)] }, isOver);
    const [first, ...others] = delays.map((delay) =>
      changedPayload({ timestamp: new Date(time + delay).toISOString() })(newEvent(host, event, random)),
    );
    yield { after: [found(first), ...others.map(plain)] };
  };

/** A project that has no other events gets two graphs. */
function* secondGraph(host, { isDue, random }) {
  const project_id = random.uuid();
  const update = (event) => ({ ...newEvent(host, event, random), project_id, graph_id: random.uuid() });
  const event = yield* until({ after: [evidence(update(host))] }, isDue);
  yield { after: [found(update(event))] };
}

const hasEnded = ({ stage_status: stage, status }) => !/pending|running/.test(stage ?? status);
const inReverse = (event) => Object.fromEntries(Object.entries(event).reverse());
const otherKind = (event) => ({ ...event, executor_kind: event.executor_kind === "agent" ? "llm" : "agent" });

const STAGES = [
  far(
    "completed stage runs again",
    ILLEGAL,
    isStage("completed"),
    goesOn(stageTo("running"), stageTo("completed")),
  ),
  far("completed stage fails", ILLEGAL, isStage("completed"), goesOn(stageTo("failed"))),
  far("skipped stage runs", ILLEGAL, isStage("skipped"), goesOn(stageTo("running"), stageTo("completed"))),
  far("failed stage is retried", RETRY, isStage("failed"), goesOn(stageTo("running"), stageTo("completed"))),
  far("failed stage is completed", RETRY, isStage("failed"), goesOn(stageTo("completed"))),
  later(
    "running stage goes back to pending",
    RETRY,
    isStage("running"),
    goesBack(stageTo("pending"), stageTo("running")),
  ),
  lost("stage ends without running", UNSAID, isStage("running"), neverRuns()),
  later("stage_order changes", ORDER, isStage("pending"), contradicts(changed({ stage_order: 97 }))),
  later("stage_name changes", NAME, isStage("pending"), contradicts(changed({ stage_name: "Stage 2" }))),
  later(
    "two stages share an order",
    SHARED_ORDER,
    (event) => isStage("pending")(event) && event.stage_order > 0,
    sharesOrder,
  ),
  later(
    "stage lines out of order",
    outOfOrder("stage-transitions", "/stage_status"),
    isStage("pending"),
    comesLate,
  ),
  atEnd("stage stays open", UNSAID, isStage("running"), staysOpen(1)),
];

const EXECUTIONS = [
  far(
    "execution runs after its end",
    EXECUTION,
    isExecution("completed"),
    goesOn(executionTo("running"), executionTo("completed")),
  ),
  far("execution ends in two ways", EXECUTION, isExecution("completed"), goesOn(executionTo("cancelled"))),
  later(
    "execution goes back to pending",
    EXECUTION,
    isExecution("running"),
    goesBack(executionTo("pending"), executionTo("running")),
  ),
  atEnd("execution stays open", EXECUTION, isExecution("running"), staysOpen(1)),
  lost(
    "execution completed without running",
    EXECUTION,
    isExecution("running"),
    neverRuns(executionTo("completed")),
  ),
  later(
    "executor_kind changes",
    ["execution-lifecycle", "PS-7.3-2", "SHOULD", "/executor_kind"],
    isExecution("pending"),
    contradicts(otherKind),
  ),
  later(
    "execution lines out of order",
    outOfOrder("execution-lifecycle", "/status"),
    isExecution("pending"),
    comesLate,
  ),
];

const INTEGRATION = [
  far("tool succeeded, then failed", TOOL, isTool("succeeded"), goesOn(payloadTo("failed"))),
  far(
    "tool runs after its end",
    TOOL,
    isTool("succeeded"),
    goesOn(payloadTo("running"), payloadTo("succeeded")),
  ),
  atEnd("tool invocation stays open", TOOL, isTool("running"), staysOpen(1)),
  lost("tool succeeded without running", TOOL, isTool("running"), neverRuns()),
  later(
    "tool lines out of order",
    outOfOrder("tool-lifecycle", "/payload/status"),
    isTool("pending"),
    comesLate,
  ),
  far(
    "invocation repeated under another event_id",
    ["repeated-invocation", "IS-13.2-1", "NOTE", "/payload/invocation_id"],
    isTool("succeeded"),
    comesAgain((host, random) => newEvent(host, host, random)),
  ),
  later(
    "CI run goes back to pending",
    CI,
    isCi("running"),
    goesBack(payloadTo("pending"), payloadTo("running")),
  ),
  far("CI run goes on after its end", CI, isCi("succeeded"), goesOn(payloadTo("running"))),
  lost("CI run succeeded without running", CI, isCi("running"), neverRuns()),
  atEnd(
    "CI run without an end",
    ["ci-runs-covered", "IS-4.2-2", "SHOULD", "/payload/status"],
    isCi("pending"),
    staysOpen(2),
  ),
  later("saved again within 500 ms", DEBOUNCE, isSave, savedAgain(450)),
  later("burst of saves", DEBOUNCE, isSave, savedAgain(120, 240, 360)),
];

const ACROSS = [
  far("event_id used again", ["event-id-unique", "PS-4.1-3", "MUST", "/event_id"], isCoreEvent, losesItsId),
  far("redelivered", REDELIVERED, isCoreEvent, comesAgain(changed({}))),
  far("redelivered with members in another order", REDELIVERED, isCoreEvent, comesAgain(inReverse)),
  far(
    "second graph of a project",
    ["single-graph-per-project", "RG-7.1-4", "NOTE", "/graph_id"],
    isGraphUpdate,
    secondGraph,
  ),
  atEnd("MAP turn without an end", UNANSWERED, isOfType("MAPTurnDispatched"), staysOpen(1)),
  atEnd("MAP broadcast that nobody receives", UNANSWERED, isOfType("MAPBroadcastSent"), staysOpen(1)),
];

export const LOG_DEFECTS = [...STAGES, ...EXECUTIONS, ...INTEGRATION, ...ACROSS];
