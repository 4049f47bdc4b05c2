import { gzipSync } from "node:zlib";
import type { CheckOptions } from "../../src/index.js";
import { type Audit, type Json, textOfLines } from "./audit.js";

/** A change of the conforming audit, and whether a careful human would still call the runtime conformant. */
export interface Mutation {
  readonly name: string;
  readonly isRefused: boolean;
  readonly options?: CheckOptions;
  change(audit: Audit): void;
}

type Change = (audit: Audit) => void;

const refused = (name: string, change: Change, options?: CheckOptions): Mutation => ({
  name,
  isRefused: true,
  change,
  ...(options && { options }),
});
const accepted = (name: string, change: Change): Mutation => ({ name, isRefused: false, change });

const OTHER_ID = "2f1c8d1e-64b5-4c1a-9a53-7b0d4c6e9f20";
const THIRD_ID = "f54d3c52-0a52-4b51-8e7c-2d1d7a3c9b11";

const isUpdate = ({ event_family }: Json): boolean => event_family === "graph_update";
const isStage = ({ event_family }: Json): boolean => event_family === "pipeline_stage";
const isIntegration = ({ event_family }: Json): boolean => event_family === "external_integration";

function rename(object: Json, names: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [names[name] ?? name, value]));
}

const renamed =
  (names: Readonly<Record<string, string>>, isMeant = (_event: Json) => true): Change =>
  (audit) => {
    audit.events = audit.events.map((event) => (isMeant(event) ? rename(event, names) : event));
  };

const payloadRenamed =
  (kind: string, names: Readonly<Record<string, string>>): Change =>
  (audit) => {
    for (const event of audit.events)
      if (event.event_type === kind) event.payload = rename(event.payload as Json, names);
  };

const payloads =
  (kind: string, made: (payload: Json) => unknown): Change =>
  (audit) => {
    for (const event of audit.events)
      if (event.event_type === kind) {
        const payload = made(event.payload as Json);
        if (payload === undefined) delete event.payload;
        else event.payload = payload;
      }
  };

const times =
  (made: (text: string, event: Json) => unknown): Change =>
  ({ events }) => {
    for (const event of events) event.timestamp = made(event.timestamp as string, event);
  };

const log =
  (made: (lines: string[]) => string | Buffer): Change =>
  (audit) => {
    audit.log = made(textOfLines(audit.events).trimEnd().split("\n"));
  };

const stage = (audit: Audit, id: string, status: string): Json =>
  audit.first({ event_family: "pipeline_stage", stage_id: id, stage_status: status });

const swapped = (one: Json, other: Json, member: string): void => {
  [one[member], other[member]] = [other[member], one[member]];
};

const copyOf = (event: Json, members: Json): Json => ({ ...structuredClone(event), ...members });

const camel = { event_id: "eventId", event_type: "eventType", event_family: "eventFamily" } as const;

const DROPPED: readonly Mutation[] = [
  refused("every graph_update is dropped", (audit) => audit.keep((event) => !isUpdate(event))),
  refused("every pipeline_stage is dropped", (audit) => audit.keep((event) => !isStage(event))),
  refused("every integration event is dropped", (audit) => audit.keep((event) => !isIntegration(event))),
  refused("a stage loses its running", (audit) => {
    const lost = stage(audit, "build", "running");
    audit.keep((event) => event !== lost);
  }),
  refused("a stage loses its pending and its running", (audit) =>
    audit.keep((event) => event.stage_id !== "build" || event.stage_status === "completed"),
  ),
  refused("a stage loses its end", (audit) => {
    const lost = stage(audit, "verify", "completed");
    audit.keep((event) => event !== lost);
  }),
  refused("stages keep their last event only", (audit) =>
    audit.keep((event) => !isStage(event) || event.stage_status === "completed"),
  ),
  refused("stages keep their first event only", (audit) =>
    audit.keep((event) => !isStage(event) || event.stage_status === "pending"),
  ),
  refused("stages keep their running only", (audit) =>
    audit.keep((event) => !isStage(event) || event.stage_status === "running"),
  ),
  refused("one skipped stage is all there is of stages", (audit) => {
    stage(audit, "build", "completed").stage_status = "skipped";
    audit.keep((event) => !isStage(event) || event.stage_status === "skipped");
  }),
  refused("the first graph_update is dropped", (audit) => {
    const [lost] = audit.of("graph_update");
    audit.keep((event) => event !== lost);
  }),
  refused("the last graph_update is dropped", (audit) => {
    const lost = audit.of("graph_update").at(-1);
    audit.keep((event) => event !== lost);
  }),
  refused("the deletion of a node is dropped", (audit) =>
    audit.keep((event) => event.update_kind !== "node_delete"),
  ),
  refused("the commits are not stored", (audit) => audit.keep((event) => event.node_delta !== 3)),
  refused("every second event is dropped", (audit) => {
    audit.events = audit.events.filter((_event, index) => index % 2 === 0);
  }),
  refused("every event is dropped", (audit) => audit.keep(() => false)),
  refused("one event is left", (audit) => audit.keep((event) => event === audit.events[0])),
  refused("the last third of the log is dropped", (audit) => {
    audit.events = audit.events.slice(0, Math.floor((audit.events.length * 2) / 3));
  }),
  refused("the first third of the log is dropped", (audit) => {
    audit.events = audit.events.slice(Math.floor(audit.events.length / 3));
  }),
  refused("the mapping is dropped", (audit) => audit.removed.add("mapping.yaml")),
  refused("the earlier snapshot is dropped", (audit) => audit.removed.add("snapshot-before.json")),
  refused("the later snapshot is dropped", (audit) => audit.removed.add("snapshot-after.json")),
  refused("the evidence of an attestation is dropped", (audit) => audit.removed.add("docs/psg.md")),
  accepted("the samples are dropped", (audit) => audit.removed.add("samples.ndjson")),
  accepted("a tool reports nothing", (audit) => audit.keep(({ event_type }) => event_type !== "tool_event")),
  accepted("nobody deletes a file", (audit) =>
    audit.keep(({ payload }) => (payload as Json)?.change_type !== "deleted"),
  ),
  accepted("nobody merges", (audit) =>
    audit.keep(({ payload }) => (payload as Json)?.event_kind !== "merge"),
  ),
  accepted("pending is left out", (audit) => audit.keep(({ stage_status }) => stage_status !== "pending")),
];

const SWAPPED: readonly Mutation[] = [
  refused("a stage completes before it runs", (audit) =>
    swapped(stage(audit, "build", "running"), stage(audit, "build", "completed"), "timestamp"),
  ),
  refused("node_delta and edge_delta change places", ({ events }) => {
    const update = events.find((event) => event.node_delta === 4)!;
    swapped(update, update, "node_delta");
    [update.node_delta, update.edge_delta] = [update.edge_delta, update.node_delta];
  }),
  refused("the snapshots change their times", ({ before, after }) => swapped(before, after, "captured_at")),
  refused("the snapshots change their contents", ({ before, after }) => {
    for (const member of ["nodes", "edges", "node_count", "edge_count"]) swapped(before, after, member);
  }),
  refused("two stages change their ends", (audit) =>
    swapped(stage(audit, "plan", "completed"), stage(audit, "verify", "completed"), "timestamp"),
  ),
  refused("the events of two stages change their ids", (audit) =>
    swapped(stage(audit, "plan", "completed"), stage(audit, "build", "completed"), "stage_id"),
  ),
  refused("a file event carries the payload of a git event", (audit) => {
    const [file, git] = [audit.integration("file_update_event"), audit.integration("git_event")];
    file.payload = { ...(git.payload as Json), ref_name: "" };
  }),
  accepted("lines stand in another order", (audit) => {
    audit.events.reverse();
  }),
  accepted("members stand in another order", (audit) => {
    audit.events = audit.events.map((event) => Object.fromEntries(Object.entries(event).reverse()));
  }),
];

const RENAMED: readonly Mutation[] = [
  refused("all core fields are in camelCase", renamed({ ...camel, timestamp: "timeStamp" })),
  refused("three core fields are in camelCase", renamed(camel)),
  refused("graph_updates are in camelCase", renamed({ ...camel, node_delta: "nodeDelta" }, isUpdate)),
  refused("stages are in camelCase", renamed({ ...camel, stage_status: "stageStatus" }, isStage)),
  refused("integration events are in camelCase", renamed(camel, isIntegration)),
  refused(
    "one broken event is in camelCase",
    (audit) =>
      void audit.events.push({ eventId: "1", eventType: "stage_failed", eventFamily: "pipeline_stage" }),
  ),
  refused(
    "core fields are in PascalCase",
    renamed({ event_id: "EventId", event_type: "EventType", event_family: "EventFamily" }, isUpdate),
  ),
  refused(
    "core fields have a prefix",
    renamed({ event_id: "mplp_event_id", event_type: "mplp_event_type", event_family: "mplp_event_family" }),
  ),
  refused(
    "core fields are dotted",
    renamed({ event_id: "event.id", event_type: "event.type", event_family: "event.family" }, isStage),
  ),
  refused(
    "core fields are in kebab case",
    renamed({ event_id: "event-id", event_type: "event-type", event_family: "event-family" }, isIntegration),
  ),
  refused(
    "core fields are in upper case",
    renamed({ event_id: "EVENT_ID", event_type: "EVENT_TYPE", event_family: "EVENT_FAMILY" }, isUpdate),
  ),
  refused("event_id has another name", renamed({ event_id: "id" })),
  refused("timestamp has another name", renamed({ timestamp: "ts" })),
  refused("event_family has another name", renamed({ event_family: "family" })),
  refused("graph_id is in camelCase", renamed({ graph_id: "graphId" })),
  refused("update_kind is in camelCase", renamed({ update_kind: "updateKind" })),
  refused("node_delta is in camelCase", renamed({ node_delta: "nodeDelta" })),
  refused("edge_delta is missing", renamed({ edge_delta: "edges" })),
  refused("pipeline_id is in camelCase", renamed({ pipeline_id: "pipelineId" })),
  refused("stage_id is in camelCase", renamed({ stage_id: "stageId" })),
  refused("stage_status is called status", renamed({ stage_status: "status" }, isStage)),
  refused("execution_id is in camelCase", renamed({ execution_id: "executionId" })),
  refused("executor_kind is called kind", renamed({ executor_kind: "kind" })),
  refused("family names are class names", (audit) => {
    for (const event of audit.of("graph_update")) event.event_family = "GraphUpdateEvent";
  }),
  refused("integration events have a class name for a family", (audit) => {
    for (const event of audit.of("external_integration")) event.event_family = "ExternalIntegrationEvent";
  }),
  refused(
    "payload is called data",
    renamed({ payload: "data" }, ({ event_type }) => event_type === "git_event"),
  ),
  refused(
    "file events are in camelCase",
    payloadRenamed("file_update_event", { file_path: "filePath", change_type: "changeType" }),
  ),
  refused(
    "git events have GitHub's words",
    payloadRenamed("git_event", { commit_id: "sha", ref_name: "ref", repo_url: "repository" }),
  ),
  refused(
    "CI events are in camelCase",
    payloadRenamed("ci_event", { ci_provider: "ciProvider", pipeline_id: "pipelineId", run_id: "runId" }),
  ),
  refused(
    "CI events have other words",
    payloadRenamed("ci_event", { ci_provider: "provider", pipeline_id: "workflow", run_id: "run" }),
  ),
  refused(
    "tool events are in camelCase",
    payloadRenamed("tool_event", { tool_id: "toolId", tool_kind: "toolKind", invocation_id: "invocationId" }),
  ),
  refused("one field of a git event is in camelCase", payloadRenamed("git_event", { commit_id: "commitId" })),
  refused("a module of the mapping has another name", (audit) => audit.map("  plan:\n", "  planner:\n")),
  refused("the log is hidden", (audit) => audit.renamed.set("events.ndjson", ".events.ndjson")),
  refused("the log lies in node_modules", (audit) =>
    audit.renamed.set("events.ndjson", "node_modules/e.ndjson"),
  ),
  refused("a snapshot is hidden", (audit) =>
    audit.renamed.set("snapshot-after.json", ".snapshot-after.json"),
  ),
  accepted("the log is called run.log", (audit) => audit.renamed.set("events.ndjson", "run.log")),
  accepted("the log has no ending", (audit) => audit.renamed.set("events.ndjson", "logs/events")),
  accepted("the snapshots lie in a folder", (audit) => {
    audit.renamed.set("snapshot-before.json", "psg/1.json");
    audit.renamed.set("snapshot-after.json", "psg/2.json");
  }),
];

const DUPLICATED: readonly Mutation[] = [
  refused(
    "a graph_update stands there again under another id",
    (audit) => void audit.events.push(copyOf(audit.of("graph_update")[0]!, { event_id: OTHER_ID })),
  ),
  refused(
    "an event_id comes again with other content",
    (audit) => void audit.events.push(copyOf(audit.events[0]!, { payload: { files: 13 } })),
  ),
  refused("all events have one id", ({ events }) => {
    for (const event of events) event.event_id = OTHER_ID;
  }),
  refused("an attestation comes again in other words", (audit) =>
    audit.map(
      /$/,
      "  - clause: RG-7.1-4\n    statement: most reads go through the PSG\n    evidence: docs/psg.md\n",
    ),
  ),
  refused("a snapshot_id comes again with other content", ({ before, after }) => {
    after.snapshot_id = before.snapshot_id;
  }),
  refused(
    "a third snapshot contradicts the others",
    ({ after, files }) =>
      void files.set(
        "mid.json",
        JSON.stringify({ ...after, snapshot_id: OTHER_ID, captured_at: "2026-01-05T08:00:20Z" }),
      ),
  ),
  refused("two snapshots of one instant differ", ({ after, files }) => {
    const { nodes: _nodes, edges: _edges, ...counts } = after;
    files.set("again.json", JSON.stringify({ ...counts, snapshot_id: OTHER_ID, node_count: 40 }));
  }),
  refused(
    "a second mapping makes a writer a reader",
    ({ mapping, files }) =>
      void files.set(
        "other.yaml",
        mapping.replace("plan:\n    access: READ-WRITE", "plan:\n    access: READ"),
      ),
  ),
  refused(
    "a second log breaks a MUST",
    ({ files }) => void files.set("run2.log", textOfLines([broken("event")])),
  ),
  refused(
    "a second log breaks a MUST, compressed",
    ({ files }) => void files.set("old/run2.1.gz", gzipSync(textOfLines([broken("event")]))),
  ),
  refused(
    "a second log is hidden",
    ({ files }) => void files.set(".run2.ndjson", textOfLines([broken("event")])),
  ),
  refused(
    "a second log lies in a hidden folder",
    ({ files }) => void files.set(".old/run2.ndjson", textOfLines([broken("event")])),
  ),
  refused(
    "a second log lies in an archive",
    ({ files }) => void files.set("run2.zip", Buffer.from("504b0304140000000800", "hex")),
  ),
  refused("a node is added twice", ({ after }) => {
    after.nodes["step-4"] = { kind: "step" };
    after.node_count++;
  }),
  accepted("events are delivered twice", (audit) => {
    audit.events = audit.events.flatMap((event) => [event, structuredClone(event)]);
  }),
  accepted(
    "a snapshot lies there twice",
    ({ after, files }) => void files.set("copy.json", JSON.stringify(after)),
  ),
  accepted("an attestation comes again in the same words", (audit) =>
    audit.map(
      /$/,
      "  - clause: RG-7.1-4\n    statement: every read of project state goes through the PSG\n    evidence: docs/psg.md\n",
    ),
  ),
  accepted(
    "a picture lies beside the log",
    ({ files }) => void files.set("a.png", Buffer.from("89504e470d0a1a0a", "hex")),
  ),
  accepted(
    "source code lies beside the log",
    ({ files }) => void files.set("src/a.ts", "export const a = 1;\n"),
  ),
];

function broken(type: string): Json {
  return {
    event_id: "not-a-uuid",
    event_type: type,
    event_family: "intent",
    timestamp: "2026-01-05T08:00:03.000Z",
  };
}

const MOVED: readonly Mutation[] = [
  refused("updates lie behind the later snapshot", ({ events }) => {
    for (const event of events.filter(isUpdate)) event.timestamp = "2026-01-05T09:30:00.000Z";
  }),
  refused("updates lie before the earlier snapshot", ({ events }) => {
    for (const event of events.filter(isUpdate)) event.timestamp = "2026-01-05T07:30:00.000Z";
  }),
  refused("one update lies behind the later snapshot", (audit) => {
    audit.of("graph_update")[0]!.timestamp = "2027-01-05T09:30:00.000Z";
  }),
  refused("updates that cancel out lie behind the later snapshot", (audit) => {
    const [add] = audit.of("graph_update");
    audit.events.push(
      copyOf(add!, { event_id: OTHER_ID, timestamp: "2026-01-05T09:30:00Z", node_delta: 1, edge_delta: 0 }),
    );
  }),
  refused("the later snapshot is taken before the log ends", ({ after }) => {
    after.captured_at = "2026-01-05T08:00:13.000Z";
  }),
  refused("both snapshots are of one instant", ({ before, after }) => {
    after.captured_at = before.captured_at;
  }),
  refused("all updates bear the time of a snapshot that only some of them fit", ({ events, after }) => {
    for (const event of events.filter(isUpdate)) event.timestamp = after.captured_at;
    events.push(copyOf(events.find(isUpdate)!, { event_id: OTHER_ID, node_delta: 5, edge_delta: 0 }));
  }),
  refused("a stage ends before it begins", (audit) => {
    stage(audit, "verify", "completed").timestamp = "2026-01-05T08:00:01.000Z";
  }),
  refused(
    "times have no zone",
    times((text) => text.replace("Z", "")),
  ),
  refused(
    "times are numbers",
    times((text) => Date.parse(text)),
  ),
  refused(
    "times are numbers in text",
    times((text) => String(Date.parse(text))),
  ),
  refused(
    "times are of no calendar",
    times((text) => text.replace("2026-01-05", "2026-02-30")),
  ),
  refused(
    "times have a blank for the T",
    times((text) => text.replace("T", " ")),
  ),
  refused("graph_updates have no time", ({ events }) => {
    for (const event of events.filter(isUpdate)) event.timestamp = null;
  }),
  accepted(
    "times have other zones",
    times((text) => text.replace("T08:", "T10:").replace("Z", "+02:00")),
  ),
  accepted(
    "times are whole seconds",
    times((text) => text.replace(/\.\d+/, "")),
  ),
  accepted("a stage passes in one instant", (audit) => {
    for (const event of audit.of("pipeline_stage").filter(({ stage_id }) => stage_id === "plan"))
      event.timestamp = "2026-01-05T08:00:08.000Z";
  }),
];

const EMPTIED: readonly Mutation[] = [
  refused("an event_type is blank", ({ events }) => {
    events[0]!.event_type = " ";
  }),
  refused("a stage_id is empty", (audit) => {
    stage(audit, "plan", "running").stage_id = "";
  }),
  refused("a payload is null", ({ events }) => {
    events[0]!.payload = null;
  }),
  refused("a payload is a text", ({ events }) => {
    events[0]!.payload = "files: 12";
  }),
  ...["file_update_event", "git_event", "ci_event", "tool_event"].flatMap((kind) => [
    refused(
      `a ${kind} has no payload`,
      payloads(kind, () => undefined),
    ),
    refused(
      `a ${kind} has an empty payload`,
      payloads(kind, () => ({})),
    ),
    refused(
      `a ${kind} has a list for a payload`,
      payloads(kind, (payload) => [payload]),
    ),
    refused(
      `a ${kind} is wrapped once more`,
      payloads(kind, (payload) => ({ payload })),
    ),
    refused(
      `a ${kind} is wrapped in its name`,
      payloads(kind, (payload) => ({ [kind]: payload })),
    ),
  ]),
  refused("the mapping is empty", (audit) => {
    audit.mapping = "";
  }),
  refused("the mapping lists no areas", (audit) => {
    audit.mapping = audit.mapping.replace(/ +areas:\n(?: +- \{area.*\n)+/g, "");
  }),
  refused("a statement is empty", (audit) =>
    audit.map("every read of project state goes through the PSG", '""'),
  ),
  refused("the evidence of a statement is empty", (audit) => audit.map("docs/psg.md", '""')),
  refused(
    "the log is an empty file",
    log(() => ""),
  ),
  refused(
    "the log is an empty list",
    log(() => "[]\n"),
  ),
  refused("a snapshot has no counts and no lists", ({ after }) => {
    for (const member of ["nodes", "edges", "node_count", "edge_count"]) delete after[member];
  }),
  refused("the later snapshot is empty", ({ after }) => {
    Object.assign(after, { nodes: {}, edges: [], node_count: 0, edge_count: 0 });
  }),
  refused("nothing happens between equal snapshots", (audit) => {
    audit.after = {
      ...structuredClone(audit.before),
      captured_at: audit.after.captured_at,
      snapshot_id: OTHER_ID,
    };
    for (const event of audit.of("graph_update"))
      Object.assign(event, { update_kind: "bulk", node_delta: 0, edge_delta: 0 });
  }),
  refused("every module has access NONE", (audit) => {
    audit.mapping = audit.mapping.replace(
      /( {2}\w+:)\n {4}access: [A-Z-]+\n {4}areas:\n(?: +- \{area.*\n)+/g,
      "$1 {access: NONE, reason: none}\n",
    );
  }),
  refused("every area is called TODO", (audit) => {
    audit.mapping = audit.mapping.replace(/psg\.\w+/g, "TODO");
  }),
  refused("every area has the same name", (audit) => {
    audit.mapping = audit.mapping.replace(/psg\.\w+/g, "psg.state");
  }),
];

const CONTRADICTED: readonly Mutation[] = [
  refused("a writer is mapped as a reader", (audit) =>
    audit.map("plan:\n    access: READ-WRITE", "plan:\n    access: READ"),
  ),
  refused("a writer is mapped as NONE", (audit) =>
    audit.map("context:\n    access: READ-WRITE", "context:\n    access: NONE"),
  ),
  refused("the mapping is of an earlier version", (audit) => audit.map("mplp: 1.0.0", "mplp: 0.9.0")),
  refused("the mapping is of a later version", (audit) => audit.map("mplp: 1.0.0", "mplp: 2.0.0")),
  refused("the mapping is a template", (audit) =>
    audit.map(
      "{name: acme-runtime, version: 2.3.1, vendor: Acme}",
      "{name: my-runtime, version: 0.0.0, vendor: me}",
    ),
  ),
  refused("the source of truth is not attested", (audit) =>
    audit.map("clause: RG-7.1-4", "clause: RG-7.2-2"),
  ),
  ...["TODO", "n/a", "-", ".", "tbd"].flatMap((word) => [
    refused(`a statement is ${word}`, (audit) =>
      audit.map("every read of project state goes through the PSG", `"${word}"`),
    ),
    refused(`the evidence is ${word}`, (audit) => audit.map("docs/psg.md", `"${word}"`)),
  ]),
  refused("the evidence is an address without TLS", (audit) =>
    audit.map("docs/psg.md", "http://acme.example/psg"),
  ),
  refused("the evidence lies outside the folder", (audit) =>
    audit.map("docs/psg.md", "../../../etc/hostname"),
  ),
  refused("the evidence is a folder", (audit) => audit.map("docs/psg.md", "docs")),
  refused("the evidence is a name of a person", (audit) => audit.map("docs/psg.md", "ask Anna")),
  refused("an addition has a negative delta", (audit) => {
    audit.of("graph_update")[0]!.node_delta = -2;
  }),
  refused("an update changes the number of nodes", (audit) => {
    audit.first({ update_kind: "node_update" }).node_delta = 1;
  }),
  refused("an update_kind is unknown", (audit) => {
    audit.of("graph_update")[0]!.update_kind = "node_create";
  }),
  refused("a stage has another status", (audit) => {
    stage(audit, "build", "completed").stage_status = "success";
  }),
  refused(
    "a completed stage runs again",
    (audit) =>
      void audit.events.push(
        copyOf(stage(audit, "plan", "running"), { event_id: OTHER_ID, timestamp: "2026-01-05T08:01:21Z" }),
      ),
  ),
  refused(
    "a completed stage is skipped",
    (audit) =>
      void audit.events.push(
        copyOf(stage(audit, "plan", "running"), {
          event_id: OTHER_ID,
          timestamp: "2026-01-05T08:01:21Z",
          stage_status: "skipped",
        }),
      ),
  ),
  refused("an executor is human", (audit) => {
    audit.first({ event_family: "runtime_execution" }).executor_kind = "human";
  }),
  refused("the graph falls below zero", (audit) => {
    const [add] = audit.of("graph_update");
    const away = { update_kind: "bulk", edge_delta: 0, timestamp: "2026-01-05T08:00:03Z" };
    audit.events.push(
      copyOf(add!, { ...away, event_id: OTHER_ID, node_delta: -9 }),
      copyOf(add!, { ...away, event_id: THIRD_ID, node_delta: 9, timestamp: "2026-01-05T08:00:05Z" }),
    );
  }),
  refused("a count is not that of its list", ({ after }) => {
    after.nodes["step-4"] = { kind: "step" };
  }),
  refused("an edge leads to a node that is not listed", ({ after }) => {
    after.edges[0].to = "nowhere";
  }),
  refused("a node came about without an event", ({ after }) => {
    after.nodes["step-4"] = { kind: "step" };
    after.node_count++;
  }),
  refused("an edge is gone without an event", ({ after }) => {
    after.edges.pop();
    after.edge_count--;
  }),
  refused(
    "a project has two graphs",
    (audit) =>
      void audit.events.push(
        copyOf(audit.of("graph_update")[0]!, { event_id: OTHER_ID, graph_id: THIRD_ID }),
      ),
  ),
  refused("a graph has two projects", (audit) => {
    audit.of("graph_update")[1]!.project_id = THIRD_ID;
  }),
  refused("an event_id is of version 7", ({ events }) => {
    events[0]!.event_id = "019b8f1e-64b5-7c1a-9a53-7b0d4c6e9f20";
  }),
  refused("a pipeline_id is no UUID", (audit) => {
    for (const event of audit.of("pipeline_stage")) event.pipeline_id = "main";
  }),
  refused("a graph_id is of version 5", ({ events, before, after }) => {
    const graph_id = "c28753f8-221c-5e00-8f99-31ee3af27f80";
    for (const each of [...events.filter(isUpdate), before, after]) each.graph_id = graph_id;
  }),
  refused("a change_type is unknown", (audit) => {
    audit.integration("file_update_event").payload.change_type = "born";
  }),
  refused("a CI status is GitHub's", (audit) => {
    audit.events.findLast(({ event_type }) => event_type === "ci_event")!.payload.status = "success";
  }),
  refused("an invocation_id is in upper case", ({ events }) => {
    for (const { event_type, payload } of events)
      if (event_type === "tool_event") payload.invocation_id = payload.invocation_id.toUpperCase();
  }),
  refused("a payload has a field that its schema forbids", (audit) => {
    audit.integration("git_event").payload.source = "hook";
  }),
  refused("a project_id is no UUID", ({ events }) => {
    for (const event of events) event.project_id = "acme";
  }),
  refused("event_type and payload are of two kinds, and the payload breaks its schema", (audit) => {
    const event = audit.integration("git_event");
    event.payload = { ci_provider: "acme-ci", pipeline_id: "a", run_id: 7, status: "succeeded" };
  }),
];

const DISGUISED: readonly Mutation[] = [
  refused("every event is wrapped", (audit) => {
    audit.events = audit.events.map((event) => ({ event }));
  }),
  refused(
    "broken events are wrapped",
    (audit) => void audit.events.push({ msg: "sent", event: broken("a") }),
  ),
  refused(
    "a broken event stands in a text",
    (audit) => void audit.events.push({ level: "info", body: JSON.stringify(broken("a")) }),
  ),
  refused(
    "a broken event stands in a text in a text",
    (audit) =>
      void audit.events.push({ level: "info", body: JSON.stringify({ log: JSON.stringify(broken("a")) }) }),
  ),
  refused(
    "broken events stand in a list in an object",
    (audit) => void audit.events.push({ batch: [{ items: [broken("a"), broken("b")] }] }),
  ),
  refused(
    "broken events stand in a list on a line",
    log((lines) => [...lines, `[${JSON.stringify(broken("a"))}]`, ""].join("\n")),
  ),
  refused(
    "a broken event comes from Docker",
    (audit) =>
      void audit.events.push({
        log: `${JSON.stringify(broken("a"))}\n`,
        stream: "stdout",
        time: "2026-01-05T08:00:03Z",
      }),
  ),
  refused(
    "a broken event is JSON in JSON",
    log((lines) => [...lines, JSON.stringify(JSON.stringify(broken("a"))), ""].join("\n")),
  ),
  refused(
    "half of the events come from Docker",
    log((lines) =>
      lines
        .map(
          (line, index) =>
            `${index % 2 === 0 ? line : JSON.stringify({ log: `${line}\n`, stream: "stdout" })}\n`,
        )
        .join(""),
    ),
  ),
  accepted(
    "a plain log line of an application stands between the events",
    (audit) => void audit.events.push({ level: "info", time: "2026-01-05T08:00:03Z", msg: "ready", pid: 7 }),
  ),
];

const DAMAGED: readonly Mutation[] = [
  refused(
    "the last record is cut off",
    log((lines) => lines.join("\n").slice(0, -20)),
  ),
  refused(
    "a record is cut off",
    log((lines) => lines.map((line, at) => (at === 4 ? line.slice(0, 80) : line)).join("\n")),
  ),
  refused(
    "two records are glued",
    log(([first, ...lines]) => [`${first}${lines.shift()}`, ...lines, ""].join("\n")),
  ),
  refused(
    "records have a comma behind them",
    log((lines) => lines.map((line) => `${line},\n`).join("")),
  ),
  refused(
    "a record has a comma before its end",
    log(([first = "", ...lines]) => [first.replace(/\}$/, ",}"), ...lines, ""].join("\n")),
  ),
  refused(
    "records are in single quotes",
    log((lines) => lines.join("\n").replaceAll('"', "'")),
  ),
  refused(
    "a number is NaN",
    log((lines) => lines.join("\n").replace('"files":12', '"files":NaN')),
  ),
  refused(
    "NUL bytes stand before the log",
    log((lines) => `\0\0\0\0${lines.join("\n")}\n`),
  ),
  refused(
    "the log is UTF-16",
    log((lines) => Buffer.from(`\ufeff${lines.join("\n")}\n`, "utf16le")),
  ),
  refused(
    "a record is no UTF-8",
    log((lines) =>
      Buffer.concat([Buffer.from(`${lines.join("\n")}\n{"a":"`), Buffer.from([0xff]), Buffer.from('"}\n')]),
    ),
  ),
  refused(
    "the compressed log is cut off",
    log((lines) => gzipSync(`${lines.join("\n")}\n`).subarray(0, -12)),
  ),
  refused("records are above the limit", () => undefined, { maxRecordBytes: 300 }),
  refused("a rule has given up", () => undefined, { maxState: 1 }),
  accepted(
    "the log is compressed",
    log((lines) => gzipSync(`${lines.join("\n")}\n`)),
  ),
  accepted(
    "the log is one list",
    log((lines) => `[\n${lines.join(",\n")}\n]\n`),
  ),
  refused(
    "records span several lines",
    log((lines) => lines.map((line) => `${JSON.stringify(JSON.parse(line), null, 2)}\n`).join("")),
  ),
  accepted(
    "lines end as on Windows",
    log((lines) => lines.map((line) => `${line}\r\n`).join("")),
  ),
  accepted(
    "the log begins with a byte order mark",
    log((lines) => `\ufeff${lines.join("\n")}\n`),
  ),
  accepted(
    "blank lines stand between the events",
    log((lines) => lines.join("\n\n")),
  ),
  accepted(
    "the last line has no end",
    log((lines) => lines.join("\n")),
  ),
];

/** Every kind of mutation. */
export const MUTATIONS: readonly Mutation[] = [
  ...DROPPED,
  ...SWAPPED,
  ...RENAMED,
  ...DUPLICATED,
  ...MOVED,
  ...EMPTIED,
  ...CONTRADICTED,
  ...DISGUISED,
  ...DAMAGED,
];
