// Writes a realistic, conforming event log of any size to standard output. The same seed gives the
// same bytes. Usage: node bench/generate.mjs --bytes 1e9 [--seed 1] [--invalid 0.01] > events.ndjson
import { once } from "node:events";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    bytes: { type: "string", default: "1e6" },
    seed: { type: "string", default: "1" },
    invalid: { type: "string", default: "0" },
  },
});
const goal = Number(values.bytes);
const invalid = Number(values.invalid);
const random = mulberry32(Number(values.seed));
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
const STAGES = ["import", "analyze", "plan", "execute", "verify"];
const FILES = ["src/app.ts", "src/server/routes.ts", "test/app.test.ts", "docs/guide.md", "package.json"];
const WORDS =
  "the runtime read a request from its user and planned the next steps before it changed any file".split(" ");

let runs = 1e9;
let clock = Date.UTC(2026, 0, 5, 8, 0, 0);
const projectId = uuid();
const graphId = uuid();

function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function below(limit) {
  return Math.floor(random() * limit);
}

function hex(digits) {
  let text = "";
  while (text.length < digits) text += below(0x10000).toString(16).padStart(4, "0");
  return text.slice(0, digits);
}

function uuid() {
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${"89ab"[below(4)]}${hex(3)}-${hex(12)}`;
}

function sentence() {
  return Array.from({ length: 6 + below(12) }, () => WORDS[below(WORDS.length)]).join(" ");
}

function envelope(family, type) {
  clock += 1 + below(40);
  const timestamp = new Date(clock).toISOString();
  return { event_id: uuid(), event_type: type, event_family: family, timestamp, project_id: projectId };
}

function graphUpdate() {
  const kind = ["node_add", "edge_add", "node_update", "bulk"][below(4)];
  const nodes = kind === "node_add" ? 1 + below(3) : kind === "bulk" ? 2 + below(5) : 0;
  const edges = kind === "node_add" ? below(3) : kind === "edge_add" || kind === "bulk" ? 1 + below(3) : 0;
  return {
    ...envelope("graph_update", `psg_${kind}`),
    graph_id: graphId,
    update_kind: kind,
    node_delta: nodes,
    edge_delta: edges,
    source_module: MODULES[below(MODULES.length)],
    payload: { reason: sentence(), node_ids: Array.from({ length: nodes }, uuid) },
  };
}

function* pipeline() {
  const pipelineId = uuid();
  for (const [order, stage] of STAGES.entries()) {
    for (const status of ["pending", "running", "completed"]) {
      yield {
        ...envelope("pipeline_stage", `stage_${status}`),
        pipeline_id: pipelineId,
        stage_id: stage,
        stage_name: `Stage ${stage}`,
        stage_status: status,
        stage_order: order,
        payload: { note: sentence() },
      };
      if (status === "running") yield* activity();
    }
  }
}

function* activity() {
  const execution = {
    execution_id: uuid(),
    executor_kind: ["agent", "llm", "tool"][below(3)],
    executor_role: "coder",
  };
  yield { ...envelope("runtime_execution", "execution_started"), ...execution, status: "running" };
  yield graphUpdate();
  yield* [toolEvents, fileEvents, ciEvents, intents][below(4)]();
  const usage = { prompt_tokens: below(4000), completion_tokens: below(900), summary: sentence() };
  yield {
    ...envelope("runtime_execution", "execution_completed"),
    ...execution,
    status: "completed",
    payload: usage,
  };
  yield graphUpdate();
}

function wrapped(type, payload) {
  return { ...envelope("external_integration", type), source: "bench-adapter-v1.0", payload };
}

function* toolEvents() {
  const tool = { tool_id: "eslint-v9.1.0", tool_kind: "linter", invocation_id: uuid() };
  yield wrapped("tool_execution", { ...tool, status: "running", started_at: new Date(clock).toISOString() });
  yield wrapped("tool_execution", { ...tool, status: "succeeded", exit_code: 0, output_summary: sentence() });
}

function* fileEvents() {
  clock += 1000;
  yield wrapped("file_update", {
    file_path: FILES[below(FILES.length)],
    change_type: "modified",
    timestamp: new Date(clock).toISOString(),
    lines_added: below(80),
    lines_removed: below(40),
    change_summary: sentence(),
  });
}

function* ciEvents() {
  const run = {
    ci_provider: "github-actions",
    pipeline_id: "build-and-test",
    run_id: String(++runs),
  };
  yield wrapped("ci_pipeline", { ...run, status: "running", branch_name: "main", commit_id: hex(40) });
  yield wrapped("ci_pipeline", { ...run, status: "succeeded", branch_name: "main", commit_id: hex(40) });
}

function* intents() {
  yield { ...envelope("intent", "intent_received"), payload: { intent_id: uuid(), text: sentence() } };
}

/** Breaks one field, so that the event has exactly one violation. */
function broken(event) {
  return { ...event, event_id: `evt-${below(1e9)}` };
}

let written = 0;
let held = "";
while (written < goal) {
  for (const event of pipeline()) {
    if (written >= goal) break;
    const line = `${JSON.stringify(random() < invalid ? broken(event) : event)}\n`;
    written += line.length;
    held += line;
    if (held.length > 1 << 20) {
      if (!process.stdout.write(held)) await once(process.stdout, "drain");
      held = "";
    }
  }
}
process.stdout.write(held);
