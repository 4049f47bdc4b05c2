import { spawnSync } from "node:child_process";
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
          (rule) => `rule ${rule} gave up: what it compares takes more than ${total - 1} bytes (--max-state)`,
        ),
      );
      expect(report.findings).toEqual(full.findings.filter(({ rule }) => !rules.includes(rule)));
      expect(full.findings.some(({ rule }) => rules.includes(rule))).toBe(rules[0] !== "ci-runs-covered");
    },
  );

  function reasonFor(rules: readonly string[]): RegExp {
    return new RegExp(`^rule (${rules.join("|")}) gave up: .* \\(--max-state\\)$`);
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
