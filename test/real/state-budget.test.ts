import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { rulebookOf } from "../../src/engine/block/rulebook.js";
import { type CheckOptions, check, FORMATS, type Report } from "../../src/index.js";
import type { JsonObject } from "../../src/model/subject.js";
import { CLAUSES } from "../../src/protocol/clauses/clauses.js";
import { recognise } from "../../src/recognise/recognise.js";
import { CHARTS } from "../../src/rules/charts/index.js";
import { RULES } from "../../src/rules/index.js";
import { ROOT } from "../support/fixtures.js";
import { uuidOf } from "../support/logs.js";
import { some } from "../support/long.js";
import { unscanned } from "../support/scanned.js";
import { openStore } from "../support/stores.js";

const BIN = `${ROOT}bin/mplp-check.js`;
const folder = mkdtempSync(join(tmpdir(), "mplp-check-state-"));
const path = join(folder, "log.ndjson");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function reportOf(log: string, options: CheckOptions): Promise<Report> {
  writeFileSync(path, log);
  return check([path], options);
}

const json = (report: Report): string => [...FORMATS.json(report)].join("");

const event = (members: JsonObject): JsonObject => ({
  event_type: "any",
  timestamp: "2026-01-05T08:00:00Z",
  ...members,
});

function many(count: number, make: (index: number) => JsonObject): JsonObject[] {
  return Array.from({ length: count }, (_, index) => event(make(index)));
}

const stage = (pipeline: number, status: string): JsonObject => ({
  event_family: "pipeline_stage",
  pipeline_id: uuidOf("c", pipeline),
  stage_id: "build",
  stage_name: `Build ${status}`,
  stage_order: 1,
  stage_status: status,
});

const ciRun = (number: number, status: string): JsonObject => ({
  event_family: "external_integration",
  source: "adapter",
  payload: { ci_provider: "jenkins", pipeline_id: "main", run_id: String(number), status },
});

/** A little of everything, all of it wrong, so that the rules that stay have something to say. */
const mixed: readonly JsonObject[] = [
  ...["completed", "skipped"].map((status) => event({ event_id: uuidOf("e", 1), ...stage(0, status) })),
  ...["completed", "cancelled"].map((status) =>
    event({
      event_family: "runtime_execution",
      execution_id: uuidOf("b", 1),
      executor_kind: "tool",
      status,
    }),
  ),
  ...["failed", "cancelled"].map((status) => event(ciRun(0, status))),
];

/** Logs of which one rule, or several that keep the same, keep by far the most. */
const largest: Readonly<Record<string, { rules: readonly string[]; events: readonly JsonObject[] }>> = {
  "event ids": {
    rules: ["event-id-unique"],
    events: many(9_000, (index) => ({
      event_id: uuidOf("a", index % 8_700),
      event_family: "intent",
      index,
    })),
  },
  "stages of many pipelines": {
    rules: ["stage-stability", "stage-orders"],
    events: many(6_000, (index) => stage(index % 5_400, index < 5_400 ? "completed" : "running")),
  },
  "many events of one stage": {
    rules: ["stage-transitions", "stage-transition-events"],
    events: many(20_000, (index) => stage(1, index === 0 ? "completed" : "skipped")),
  },
  "many CI runs": {
    rules: ["ci-runs-covered"],
    events: many(3_000, (index) => ciRun(index, "running")),
  },
};

/** What the rules together keep of a log, by the id of the first of those that share a store. */
function bytesKept(events: readonly JsonObject[]): Map<string, number> {
  const stores = rulebookOf(RULES, CLAUSES, [], CHARTS).observers.map((rule) => ({
    rule,
    store: openStore(rule.source),
  }));
  for (const [line, value] of events.entries()) {
    const subject = recognise(value);
    const integration = "integration" in subject ? subject.integration : undefined;
    const examined = { record: unscanned("", value, line), subject, event: value, integration };
    for (const { rule, store } of stores) {
      const observed = rule.source.observe(examined);
      if (observed === undefined) continue;
      store.add(observed.key, observed.value, { input: 0, line }, observed.instant, observed.attachment);
    }
  }
  return new Map(
    stores.filter(({ store }) => store.size > 0).map(({ rule, store }) => [rule.id, store.bytes]),
  );
}

describe("a log whose state is above --max-state", () => {
  it.each(some("logs of one large state", Object.entries(largest)))(
    "loses the rule that keeps most: %s",
    async (_name, { rules, events }) => {
      const all = [...mixed, ...events];
      const log = all.map((one) => `${JSON.stringify(one)}\n`).join("");
      const kept = bytesKept(all);
      const total = [...kept.values()].reduce((sum, bytes) => sum + bytes, 0);
      expect([...kept].sort(([, a], [, b]) => b - a)[0]?.[0]).toBe(rules[0]);

      const full = await reportOf(log, {});
      expect(json(await reportOf(log, { maxState: total }))).toBe(json(full));

      const report = await reportOf(log, { maxState: total - 1 });
      const lost: readonly string[] = RULES.filter(({ id }) => rules.includes(id)).flatMap(
        (rule) => rule.clauses,
      );
      for (const [index, clause] of report.clauses.entries()) {
        const before = full.clauses[index]!;
        if (!lost.includes(clause.id)) expect(clause).toEqual(before);
        else if (before.status === "inconclusive") expect(clause.status).toBe("inconclusive");
        else
          expect(clause).toMatchObject({
            status: "inconclusive",
            reason: expect.stringMatching(reasonFor(rules)),
          });
      }
      expect(report.errors.map(({ message }) => message)).toEqual(
        rules.map(
          (rule) =>
            `rule ${rule} ran out of memory: the values that it compares take more than ${total - 1} bytes (--max-state)`,
        ),
      );
      expect(report.findings).toEqual(full.findings.filter(({ rule }) => !rules.includes(rule)));
      expect(full.findings.some(({ rule }) => rules.includes(rule))).toBe(rules[0] !== "ci-runs-covered");
    },
  );

  function reasonFor(rules: readonly string[]): RegExp {
    return new RegExp(`^rule (${rules.join("|")}) ran out of memory: .* \\(--max-state\\)$`);
  }

  it("loses the same rules whether it comes from a file or through a pipe", () => {
    const events = many(3000, (index) => ({ ...stage(index, "running"), event_id: uuidOf("a", index) }));
    writeFileSync(path, events.map((one) => `${JSON.stringify(one)}\n`).join(""));
    const given = [BIN, "--max-state", "500000", "--format", "json"];
    const pipe = `cat '${path}' | '${process.execPath}' ${[...given, "-"].join(" ")}`;
    const outputs = [
      spawnSync(process.execPath, [...given, path], { encoding: "utf8" }),
      spawnSync(pipe, { shell: true, encoding: "utf8" }),
    ];
    const [fromFile, piped] = outputs.map(({ stdout }) => JSON.parse(stdout) as Report);
    expect(fromFile?.errors.length).toBeGreaterThan(0);
    expect(piped?.errors.map(({ message }) => message)).toEqual(
      fromFile?.errors.map(({ message }) => message),
    );
    expect(piped?.clauses.map(({ status }) => status)).toEqual(fromFile?.clauses.map(({ status }) => status));
    expect(outputs.map(({ status }) => status)).toEqual([2, 2]);
  });
});

/** Prints how the bytes that a store counts compare with those that the process takes for it. */
const MEASURE = `
  import { collectorFor } from "${ROOT}dist/engine/keep/open-collector.js";
  import { storeFor } from "${ROOT}dist/engine/keep/open-store.js";
  import { digestsOf } from "${ROOT}dist/input/scan/digests.js";
  import { RULES } from "${ROOT}dist/rules/index.js";
  import { recognise } from "${ROOT}dist/recognise/recognise.js";
  const used = () => {
    for (let round = 0; round < 4; round++) globalThis.gc();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const hex = (number) => (Math.imul(number + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0");
  const uuid = (number) => hex(number) + "-0000-4000-8000-0000" + hex(number + 7);
  const stage = (pipeline, stage) => ({
    event_family: "pipeline_stage", pipeline_id: uuid(pipeline), stage_id: "stage-" + stage,
    stage_status: "running", stage_name: "Stage " + stage, stage_order: stage,
  });
  const graph = (project, graph) => ({
    event_family: "graph_update", project_id: uuid(project), graph_id: uuid(graph), node_delta: 1, edge_delta: 1,
  });
  const run = (number) => ({ ci_provider: "jenkins", pipeline_id: "main", run_id: String(number), status: "running" });
  const intent = (id) => ({ event_family: "intent", event_id: id });
  const COUNT = 30_000;
  const cases = [
    ["event-id-unique", "ids", (n) => intent(uuid(n))],
    ["event-id-unique", "ids that come twice", (n) => intent(uuid(n >> 1))],
    ["event-id-unique", "ids that are no UUIDs", (n) => intent("evt-" + n)],
    ["stage-transitions", "stages", (n) => stage(n, 1)],
    ["stage-transitions", "events of few stages", (n) => stage(n % 10, 1)],
    ["graph-ledger", "updates of one graph", (n) => graph(1, 1)],
    ["repeated-invocation", "bare events", (n) => run(n)],
    ["stage-stability", "pipelines", (n) => stage(n, 1)],
    ["stage-stability", "stages of one pipeline", (n) => stage(1, n)],
    ["single-graph-per-project", "graphs of one project", (n) => graph(1, n)],
    ["ci-runs-covered", "runs", (n) => run(n)],
    ["ci-runs-covered", "runs of two events", (n) => run(n >> 1)],
  ];
  const stores = [];
  const ratios = cases.filter((_, index) => WANTED.includes(index)).map(([id, what, eventOf]) => {
    const rule = RULES.find((one) => one.id === id);
    const store = storeFor(rule.source);
    stores.push(store);
    const before = used();
    for (let line = 0; line < COUNT; line++) {
      const text = JSON.stringify({ event_type: "any", timestamp: "2026-01-05T08:00:00.25Z", ...eventOf(line) });
      const value = JSON.parse(text);
      const subject = recognise(value);
      const record = { text, line, column: 1, value, signs: -1, digests: digestsOf(value) };
      const collector = collectorFor(id, rule.source);
      collector.add(rule.source.observe({ record, subject, event: value, integration: subject.integration }), line);
      store.take(collector.batch(), 0, 0);
    }
    return [id, what, store.bytes / (used() - before)];
  });
  console.log(JSON.stringify(ratios));
`;

describe("the bytes that a store counts", () => {
  const wanted = some(
    "bytes that stores take",
    Array.from({ length: 12 }, (_, index) => index),
  );
  const args = ["--expose-gc", "--input-type=module", "--eval", `const WANTED = [${wanted}]; ${MEASURE}`];
  const ratios = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as [
    rule: string,
    what: string,
    ratio: number,
  ][];

  it.each(ratios)("are about those that it takes: %s, %s", (_rule, _what, ratio) => {
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});
