import fc from "fast-check";

/** One line of a generated log, with what a property needs to know about it. */
export interface LogLine {
  readonly text: string;
  /** The number of the instant that its event happened at; undefined where none can be read. */
  readonly instant?: number;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * A few instants in the order of time, each in several spellings of RFC 3339. Without their zones, many would
 * be equal to another instant.
 */
export const INSTANTS: readonly (readonly string[])[] = [
  ["2016-12-31T23:59:60Z", "2017-01-01T05:29:60+05:30"],
  ["2026-01-05T08:00:00Z", "2026-01-05T10:00:00.000+02:00", "2026-01-05t09:00:00.0+01:00"],
  ["2026-01-05T08:00:00.25Z", "2026-01-05T08:00:00.250000z", "2026-01-05T10:00:00.250+02:00"],
  ["2026-01-05T08:00:00.250000001Z", "2026-01-04T21:00:00.250000001-11:00"],
  ["2026-01-05T08:00:00.75Z", "2026-01-05T08:00:00.750-00:00"],
  ["2026-01-05T08:00:01Z", "2026-01-05T08:00:01.000000000Z"],
  ["2026-01-05T09:00:00Z", "2026-01-05T08:00:00-01:00", "2026-01-05T10:00:00.00+01:00"],
  ["2026-01-05T10:00:00Z", "2026-01-05T09:00:00-01:00", "2026-01-05T08:00:00.000-02:00"],
];
const UNREADABLE: readonly unknown[] = ["yesterday", "2026-01-05 08:00:00Z", "2026-02-30T08:00:00Z", 5, null];

/** What an event says about when it happened: on its envelope, and in its payload where that says it too. */
interface When {
  readonly instant?: number;
  readonly envelope: unknown;
  readonly payload: unknown;
}

function spelled(instant: number, spelling: number): string | undefined {
  const spellings = INSTANTS[instant] ?? [];
  return spellings[spelling % spellings.length];
}

const readableWhen: fc.Arbitrary<When> = fc
  .tuple(fc.nat(INSTANTS.length - 1), fc.nat(2), fc.nat(2))
  .map(([instant, first, second]) => ({
    instant,
    envelope: spelled(instant, first),
    payload: spelled(instant, second),
  }));

const anyWhen: fc.Arbitrary<When> = fc.oneof(
  { weight: 3, arbitrary: readableWhen },
  {
    weight: 1,
    arbitrary: fc
      .tuple(readableWhen, readableWhen)
      .map(([first, second]) => ({ envelope: first.envelope, payload: second.payload })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      envelope: fc.constantFrom(undefined, ...UNREADABLE),
      payload: fc.constantFrom(...UNREADABLE, INSTANTS[1]?.[0], INSTANTS[2]?.[0]),
    }),
  },
);

/** Ids of one kind; a UUID comes in capitals too. */
export function uuidOf(kind: string, number: number): string {
  return `${kind.repeat(8)}-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

function ids(kind: string): fc.Arbitrary<string> {
  const few = [uuidOf(kind, 1), uuidOf(kind, 2)];
  return fc.constantFrom(...few, ...few, uuidOf(kind, 1).toUpperCase(), `${kind}-none`);
}

const STAGE_STATUSES = ["pending", "running", "completed", "failed", "skipped"];
const RUN_STATUSES = ["pending", "running", "succeeded", "failed", "cancelled"];

/** An event but for its event_id, which depends on where in the log it stands. */
type Body = (when: When) => Members;

function enveloped(family: string | undefined, type: string, members: Members): Body {
  return ({ envelope }) => ({
    event_type: type,
    ...(family !== undefined && { event_family: family }),
    timestamp: envelope,
    ...members,
  });
}

const stageBodies = (pipelines: fc.Arbitrary<unknown>): fc.Arbitrary<Body> =>
  fc
    .record(
      {
        pipeline_id: pipelines,
        stage_id: fc.constantFrom<unknown>("build", "test", "build", "test", 7),
        stage_status: fc.constantFrom(...STAGE_STATUSES, ...STAGE_STATUSES, "success"),
        stage_name: fc.constantFrom("Build", "Test"),
        stage_order: fc.constantFrom(0, 1, 3, 5),
      },
      { requiredKeys: ["pipeline_id", "stage_id", "stage_status"] },
    )
    .map((members) => enveloped("pipeline_stage", "stage_changed", members));

const executionBodies = fc
  .record({
    execution_id: ids("b"),
    executor_kind: fc.constantFrom("agent", "tool", "tool", "robot"),
    status: fc.constantFrom("pending", "running", "completed", "failed", "cancelled", "done"),
  })
  .map((members) => enveloped("runtime_execution", "execution_changed", members));

const graphBodies = (graphs: fc.Arbitrary<unknown>): fc.Arbitrary<Body> =>
  fc
    .record(
      {
        project_id: ids("d"),
        graph_id: graphs,
        update_kind: fc.constantFrom("node_add", "edge_add", "node_delete", "bulk"),
        node_delta: fc.constantFrom<unknown>(-3, -1, 0, 1, 2, -3, -1, 0, 1, 2, 0, 1, 0.5, "1"),
        edge_delta: fc.constantFrom<unknown>(-2, 0, 1, 3, -2, 0, 1, 3, 0, 0, null, 2 ** 40),
        source_module: fc.constantFrom("plan", "Trace"),
      },
      { requiredKeys: ["graph_id", "update_kind", "node_delta", "edge_delta"] },
    )
    .map((members) => enveloped("graph_update", "psg_changed", members));

const snapshotCounts = { node_count: fc.constantFrom<unknown>(0, 1, 2, 3, "2"), edge_count: fc.nat(2) };
const snapshotLists = {
  nodes: fc.array(fc.record({ node_id: fc.constantFrom("a", "b"), text: fc.nat(1) }), { maxLength: 2 }),
  edges: fc.constantFrom({}, { e: { from: "a" } }),
};

/** Snapshots that count, that list, and a few that do some of both and may contradict themselves. */
const snapshotBodies = (graphs: fc.Arbitrary<unknown>): fc.Arbitrary<Body> =>
  fc
    .oneof(
      { weight: 3, arbitrary: fc.record({ graph_id: graphs, ...snapshotCounts }) },
      { weight: 3, arbitrary: fc.record({ graph_id: graphs, ...snapshotLists }) },
      {
        weight: 1,
        arbitrary: fc.record(
          { graph_id: graphs, ...snapshotCounts, ...snapshotLists },
          { requiredKeys: ["graph_id"] },
        ),
      },
    )
    .map((members) => ({ payload }) => ({ snapshot_id: "s", captured_at: payload, ...members }));

const mapBodies = fc
  .tuple(
    fc.constantFrom(
      "MAPTurnDispatched",
      "MAPTurnCompleted",
      "MAPBroadcastSent",
      "MAPBroadcastReceived",
      "MAPSessionStarted",
      "MAPSessionCompleted",
    ),
    fc.constantFrom(uuidOf("a", 1), uuidOf("a", 1).toUpperCase()),
    fc.constantFrom("coder", "critic"),
  )
  .map(([type, session, role]) =>
    enveloped(undefined, type, { session_id: session, payload: { role_id: role } }),
  );

const stepBodies = fc
  .tuple(fc.constantFrom("SAStepStarted", "SAStepStarted", "SAStepCompleted", "SAStepFailed"), ids("5"))
  .map(([type, step]) => enveloped(undefined, type, { sa_id: uuidOf("a", 3), payload: { step_id: step } }));

const otherBodies = fc
  .constantFrom<[string | undefined, string, Members]>(
    ["intent", "intent_received", {}],
    ["import_process", "import_done", { payload: { files: 3 } }],
    ["GraphUpdateEvent", "psg_changed", {}],
    [undefined, "stage_changed", { stage_id: "build", stage_status: "running" }],
    [undefined, "SAInitialized", { sa_id: uuidOf("a", 3), trace_id: uuidOf("a", 4) }],
    [undefined, "", { payload: { event_family: "intent" } }],
  )
  .map((parts) => enveloped(...parts));

/** An integration event but for its envelope, if it has one. */
type Integration = (when: When, isBare: boolean) => Members;

const toolEvents: fc.Arbitrary<Integration> = fc
  .record({
    tool_id: fc.constant("eslint"),
    tool_kind: fc.constantFrom("linter", "test_runner", "other"),
    invocation_id: ids("a"),
    status: fc.constantFrom(...RUN_STATUSES, ...RUN_STATUSES, "done"),
  })
  .map((members) => (when, isBare) => ({ ...members, ...timesOf(when, isBare, members) }));

const ciEvents: fc.Arbitrary<Integration> = fc
  .record({
    ci_provider: fc.constantFrom("github-actions", "jenkins"),
    pipeline_id: fc.constant("main"),
    run_id: fc.constantFrom<unknown>("1", "2", "1", "2", 3),
    status: fc.constantFrom(...RUN_STATUSES, ...RUN_STATUSES, "success"),
  })
  .map((members) => (when, isBare) => ({ ...members, ...timesOf(when, isBare, members) }));

const fileEvents: fc.Arbitrary<Integration> = fc
  .record({
    file_path: fc.constantFrom("src/a.ts", "./src/a.ts", "../c.ts"),
    change_type: fc.constantFrom("modified", "modified", "modified", "created", "deleted", "renamed"),
    lines_added: fc.nat(1),
  })
  .map((members) => ({ payload }) => ({ ...members, timestamp: payload }));

const gitEvents: fc.Arbitrary<Integration> = fc
  .record(
    {
      repo_url: fc.constant("https://example.org/a.git"),
      commit_id: fc.constant("c0ffee"),
      ref_name: fc.constant("main"),
      event_kind: fc.constantFrom("commit", "push", "merge", "tag"),
      author_name: fc.constantFrom("Ada Lovelace", "dependabot[bot]"),
      author_email: fc.constantFrom("ada@lovelace.org", "ada"),
    },
    { requiredKeys: ["repo_url", "commit_id", "ref_name", "event_kind"] },
  )
  .map((members) => ({ payload }) => ({ ...members, timestamp: payload }));

/** Without an envelope, the times of a run are all there is to order it by. */
function timesOf({ envelope, payload }: When, isBare: boolean, { status }: Members): Members {
  if (!isBare) return {};
  const isOver = status !== "pending" && status !== "running";
  return { started_at: envelope, ...(isOver && { completed_at: payload }) };
}

/** Integration events as they reach a log: mostly wrapped as they should be. */
function arriving(integrations: fc.Arbitrary<Integration>): fc.Arbitrary<Body> {
  const family = fc.constantFrom("external_integration", "external_integration", "intent", undefined);
  return fc
    .tuple(integrations, family, fc.constantFrom({}, { source: "adapter" }))
    .map(([integration, wrapper, source]) => (when) => {
      if (wrapper === undefined) return integration(when, true);
      const members = { ...source, payload: integration(when, false) };
      return enveloped(wrapper, "integration_event", members)(when);
    });
}

const stages = stageBodies(ids("c"));
const graphs = graphBodies(ids("9"));
const snapshots = snapshotBodies(ids("9"));

/** What a log is mostly about: few things at a time meet each other often. */
const topics: readonly fc.Arbitrary<Body>[] = [
  stages,
  executionBodies,
  mapBodies,
  stepBodies,
  fc.oneof({ weight: 2, arbitrary: graphs }, snapshots),
  arriving(toolEvents),
  fc.oneof({ weight: 6, arbitrary: arriving(ciEvents) }, stages),
  fc.oneof({ weight: 6, arbitrary: arriving(fileEvents) }, graphs),
  fc.oneof({ weight: 6, arbitrary: arriving(gitEvents) }, graphs),
];
const everything = fc.oneof(...topics, otherBodies);

/** Lines that are no events; "ÿ" is written as the byte 0xFF, which is no UTF-8. */
const OTHER_LINES = [
  "",
  "  ",
  "null",
  "[1, 2]",
  '"text"',
  '{"cut',
  '{"event_id": "ÿ"}',
  '{"hello": 1}',
  '{"sample_id": "s", "sample_family": "intent"}',
  '{"sample_id": "s", "sample_family": "intent", "input": {}}',
  '{"sample_id": "s", "sample_family": "intent", "output": {}}',
  '{"sample_id": "s", "sample_family": "intent", "input": {}, "output": {}}',
  '{"mplp": "1.0.0", "modules": {"plan": {"access": "READ", "areas": ["psg.plans"]}}, "attestations": [{"clause": "IS-7.2-1", "statement": "only adapters may write", "evidence": "docs"}, {"clause": "IS-7.2-2", "statement": "TLS"}]}',
  '{"mplp": "0.9.0", "runtime": {"name": "TODO"}, "modules": {}}',
  '{"event_family": "intent", "event_family": "intent", "timestamp": "2026-01-05T08:00:00Z"}',
];

/** One line to come: an event of its own, an earlier one again, other content under an earlier id, or no event. */
type Step =
  | { readonly kind: "event"; readonly body: Body; readonly when: When; readonly id: IdStyle }
  | { readonly kind: "copy"; readonly of: number; readonly spelling: number }
  | { readonly kind: "conflict"; readonly of: number; readonly body: Body; readonly when: When }
  | { readonly kind: "line"; readonly text: string };

type IdStyle = "uuid" | "capitals" | "plain" | "none";

function steps(bodies: fc.Arbitrary<Body>, when: fc.Arbitrary<When>): fc.Arbitrary<Step> {
  const id = fc.constantFrom<IdStyle>("uuid", "uuid", "uuid", "uuid", "capitals", "plain", "none");
  const kind = <Kind extends string>(name: Kind) => fc.constant(name);
  return fc.oneof(
    { weight: 16, arbitrary: fc.record({ kind: kind("event"), body: bodies, when, id }) },
    { weight: 3, arbitrary: fc.record({ kind: kind("copy"), of: fc.nat(20), spelling: fc.nat(2) }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("conflict"), of: fc.nat(20), body: bodies, when }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("line"), text: fc.constantFrom(...OTHER_LINES) }) },
  );
}

/** An event on its line, for those that say it again. */
interface Said {
  readonly event: Members;
  readonly when: When;
}

function written(list: readonly Step[]): LogLine[] {
  const said: Said[] = [];
  return list.map((step, index) => {
    if (step.kind === "line") return { text: step.text };
    const earlier = step.kind === "event" ? undefined : said.at(-1 - (step.of % Math.max(1, said.length)));
    if (step.kind === "copy") {
      if (earlier === undefined) return { text: "" };
      return lineOf(earlier, step.spelling);
    }
    const id = step.kind === "conflict" ? earlier?.event.event_id : idOf(step.id, index);
    const event = step.body(step.when);
    // An integration event without an envelope has no place for an id, nor has a snapshot.
    const isBare = event.event_type === undefined;
    const own = { event: isBare || id === undefined ? event : { event_id: id, ...event }, when: step.when };
    said.push(own);
    return lineOf(own, 0);
  });
}

function idOf(style: IdStyle, index: number): string | undefined {
  if (style === "none") return undefined;
  const id = style === "plain" ? `evt-${index}` : uuidOf("e", index);
  return style === "capitals" ? id.toUpperCase() : id;
}

function lineOf({ event, when: { instant } }: Said, spelling: number): LogLine {
  const text = spelling === 2 ? JSON.stringify(reversed(event)) : JSON.stringify(event, null, 0);
  const spaced = spelling === 1 ? text.replaceAll(/(?<=[{,])"(?=[a-z_]+":)/g, ' "') : text;
  return { text: spaced, ...(instant !== undefined && { instant }) };
}

function reversed(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

function logsWith(when: fc.Arbitrary<When>): fc.Arbitrary<LogLine[]> {
  const about = (bodies: fc.Arbitrary<Body>): fc.Arbitrary<LogLine[]> =>
    fc.array(steps(bodies, when), { maxLength: 40, size: "max" }).map(written);
  return fc.oneof({ weight: topics.length, arbitrary: about(everything) }, ...topics.map(about));
}

/** Logs in which anything may be wrong, and anything may come in any order. */
export const logs = logsWith(anyWhen);

/** Logs in which every event says when it happened, and says the same wherever it says it. */
export const datedLogs = logsWith(readableWhen);

/** Events of one pipeline that no other log speaks of. */
export const unrelatedPipelines: fc.Arbitrary<LogLine[]> = fc
  .array(fc.tuple(stageBodies(fc.constant(uuidOf("7", 1))), anyWhen), { minLength: 1, maxLength: 8 })
  .map((list) =>
    list.map(([body, when], index) =>
      lineOf({ event: { event_id: uuidOf("7", index + 100), ...body(when) }, when }, 0),
    ),
  );

/** The bytes of a log's lines. */
export function bytesOf(lines: readonly LogLine[]): Buffer {
  return Buffer.concat(
    lines.map(({ text }) => Buffer.from(`${text}\n`, text.includes("ÿ") ? "latin1" : "utf8")),
  );
}

/** How much of a log is read at a time: less than a line, some lines, or all of it. */
export const blockSizes: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 1, max: 400 }),
  fc.integer({ min: 400, max: 20_000 }),
);
