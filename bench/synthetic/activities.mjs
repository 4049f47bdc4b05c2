// What the stages of a pipeline do: each activity yields the events that a runtime would emit about it.

const MODULES = [
  "context",
  "plan",
  "confirm",
  "trace",
  "role",
  "extension",
  "dialog",
  "collab",
  "core",
  "network",
];
const GRAPH_KINDS = ["node_add", "node_add", "edge_add", "edge_add", "node_update", "bulk", "node_delete"];
const TOOLS = [
  { tool_id: "eslint-v9.1.0", tool_kind: "linter" },
  { tool_id: "prettier-v3.2.5", tool_kind: "formatter" },
  { tool_id: "vitest-v1.6.0", tool_kind: "test_runner" },
];

/** One change of the project's graph, with deltas that suit its kind. */
export function graphUpdate({ random, envelope, sentence }, project) {
  const kind = random.pick(GRAPH_KINDS);
  const [nodes, edges] = deltasOf(kind, random);
  return {
    ...envelope(project, "graph_update", `psg_${kind}`),
    graph_id: project.graphId,
    update_kind: kind,
    node_delta: nodes,
    edge_delta: edges,
    source_module: random.pick(MODULES),
    payload: { reason: sentence(), node_ids: Array.from({ length: Math.abs(nodes) }, () => random.uuid()) },
  };
}

function deltasOf(kind, { below }) {
  switch (kind) {
    case "node_add":
      return [1 + below(3), below(3)];
    case "node_delete":
      return [-1, -below(3)];
    case "edge_add":
      return [0, 1 + below(3)];
    case "bulk":
      return [2 + below(5), 1 + below(3)];
    default:
      return [0, 0];
  }
}

export function intent({ random, envelope, sentence }, project) {
  return {
    ...envelope(project, "intent", "intent_received"),
    payload: { intent_id: random.uuid(), text: sentence() },
  };
}

/** One execution with what it does to graph, files, tools and services. */
export function* execution(world, project) {
  const { random, envelope, sentence } = world;
  const activity = random.pick(ACTIVITIES);
  const identity = {
    execution_id: random.uuid(),
    executor_kind: activity === toolRun ? "tool" : random.pick(["agent", "llm", "worker"]),
    executor_role: "coder",
  };
  const event = (status, payload) => ({
    ...envelope(project, "runtime_execution", `execution_${status}`),
    ...identity,
    status,
    payload,
  });
  yield event("pending", { queue: "default" });
  yield event("running", { attempt: 1 });
  yield graphUpdate(world, project);
  yield* activity(world, project);
  const usage = { prompt_tokens: random.below(4000), completion_tokens: random.below(900) };
  yield event(random.below(20) === 0 ? "failed" : "completed", { ...usage, summary: sentence() });
  yield graphUpdate(world, project);
}

/** Activities by how often they occur. */
const ACTIVITIES = [
  toolRun,
  toolRun,
  fileSaves,
  fileSaves,
  ciRun,
  gitWork,
  session,
  agent,
  intents,
  budget,
  reasoning,
];

function wrapped({ envelope }, project, type, payload) {
  return { ...envelope(project, "external_integration", type), source: "bench-adapter-v1.0", payload };
}

function* toolRun(world, project) {
  const tool = { ...world.random.pick(TOOLS), invocation_id: world.random.uuid() };
  const event = (payload) => wrapped(world, project, "tool_execution", { ...tool, ...payload });
  yield event({ status: "pending", args: ["--quiet", "src"] });
  const started = { started_at: world.time() };
  yield event({ status: "running", ...started });
  const ended = { completed_at: world.time(), exit_code: 0, output_summary: world.sentence() };
  yield event({ status: "succeeded", ...started, ...ended });
}

function* fileSaves(world, project) {
  const { random } = world;
  const saves = 1 + random.below(2);
  for (let save = 0; save < saves; save++) {
    yield fileUpdate(world, project, "modified", { lines_added: random.below(80), lines_removed: 4 });
  }
  const kind = random.pick(["created", "deleted", "renamed", undefined, undefined, undefined]);
  if (kind === undefined) return;
  const before = kind === "renamed" ? { previous_path: world.quietFile() } : {};
  yield fileUpdate(world, project, kind, before);
}

function fileUpdate(world, project, kind, details) {
  const change = { file_path: world.quietFile(), change_type: kind, timestamp: world.time(), ...details };
  return wrapped(world, project, "file_update", { ...change, change_summary: world.sentence() });
}

function* ciRun(world, project) {
  const run = {
    ci_provider: "github-actions",
    pipeline_id: "build-and-test",
    run_id: world.nextRun(),
    branch_name: "main",
    commit_id: world.random.hex(40),
  };
  const event = (payload) => wrapped(world, project, "ci_pipeline", { ...run, ...payload });
  yield event({ status: "pending", trigger_kind: "push" });
  yield event({ status: "running", run_url: `https://ci.example.com/runs/${run.run_id}` });
  const seconds = 20 + world.random.below(600);
  const times = { started_at: world.time(seconds * 1000), completed_at: world.time() };
  yield event({ status: "succeeded", ...times, duration_ms: seconds * 1000 });
}

function* gitWork(world, project) {
  for (const kind of ["commit", "push", ...world.random.pick([[], ["merge"]])]) {
    yield wrapped(world, project, "git_operation", {
      repo_url: "https://git.example.com/acme/shop.git",
      commit_id: world.random.hex(40),
      ref_name: "refs/heads/main",
      event_kind: kind,
      timestamp: world.time(),
      commit_message: world.sentence(),
      files_changed: 1 + world.random.below(9),
    });
  }
}

/** A session of several agents, by the events of the MAP profile. */
function* session({ random, profileEvent }) {
  const common = { session_id: random.uuid() };
  const role = { role_id: random.uuid(), turn_number: 1 };
  const event = (type, payload) => ({ ...profileEvent(type), ...common, payload });
  yield event("MAPSessionStarted", { mode: "orchestrated" });
  yield event("MAPTurnDispatched", role);
  yield event("MAPTurnCompleted", role);
  yield event("MAPBroadcastSent", { broadcaster_role_id: role.role_id, target_count: 1 });
  yield event("MAPBroadcastReceived", { receiver_role_id: random.uuid() });
  yield event("MAPSessionCompleted", { turns: 1 });
}

/** One agent at work, by the events of the SA profile. */
function* agent({ random, profileEvent }) {
  const common = { sa_id: random.uuid() };
  const step = { step_id: random.uuid() };
  yield { ...profileEvent("SAInitialized"), ...common };
  yield { ...profileEvent("SAStepStarted"), ...common, payload: step };
  yield { ...profileEvent("SAStepCompleted"), ...common, payload: { ...step, status: "completed" } };
  yield { ...profileEvent("SACompleted"), ...common };
}

function* intents(world, project) {
  const { envelope, sentence } = world;
  yield intent(world, project);
  yield { ...envelope(project, "delta_intent", "intent_changed"), payload: { text: sentence() } };
}

function* budget({ random, envelope }, project) {
  const payload = { currency: "EUR", spent: random.below(1000) / 100 };
  yield { ...envelope(project, "cost_budget", "budget_checked"), payload };
}

/** A question that is thought through before anything is done about it. */
function* reasoning({ envelope, sentence }, project) {
  const event = (family, type) => ({ ...envelope(project, family, type), payload: { text: sentence() } });
  yield event("methodology", "methodology_selected");
  yield event("reasoning_graph", "reasoning_step_added");
  yield event("impact_analysis", "impact_analyzed");
  yield event("compensation_plan", "compensation_planned");
}
