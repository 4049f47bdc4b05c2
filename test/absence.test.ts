import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { noCounts } from "../src/engine/counts.js";
import { gapIn } from "../src/engine/log/gap.js";
import type { ClauseResult, Report } from "../src/model/report.js";
import { check } from "../src/run/check.js";
import type { CheckOptions } from "../src/run/check-options.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-absence-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROJECT = "5d0f9a52-8c3e-4b7a-9b61-0f6f0f6b3a11";
let files = 0;

function idOf(number: number): string {
  return `7b1e4c90-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

function event(number: number, family: string, members: object = {}): string {
  const timestamp = new Date(Date.UTC(2026, 2, 3, 9, 0, number)).toISOString();
  return JSON.stringify({
    event_id: idOf(number),
    event_type: "any",
    event_family: family,
    timestamp,
    ...members,
  });
}

const tool = (number: number): string =>
  event(number, "external_integration", {
    project_id: PROJECT,
    source: "adapter",
    payload: { tool_id: "ruff", tool_kind: "linter", invocation_id: idOf(number), status: "succeeded" },
  });

const update = (number: number, members: object = {}): string =>
  event(number, "graph_update", {
    graph_id: idOf(0),
    update_kind: "node_add",
    node_delta: 1,
    edge_delta: 0,
    source_module: "plan",
    ...members,
  });

const stage = (number: number, members: object = {}): string =>
  event(number, "pipeline_stage", {
    pipeline_id: idOf(0),
    stage_id: "draft",
    stage_status: "running",
    stage_name: "Draft",
    stage_order: 0,
    ...members,
  });

const turn = JSON.stringify({
  event_id: idOf(1),
  event_type: "MAPTurnDispatched",
  timestamp: "2026-03-03T09:00:00Z",
  session_id: idOf(2),
  payload: { role_id: "critic" },
});

function fileOf(content: string | Buffer, suffix = ".ndjson"): string {
  const path = join(folder, `${files++}${suffix}`);
  writeFileSync(path, content);
  return path;
}

function logOf(...lines: readonly string[]): string {
  return fileOf(lines.map((line) => `${line}\n`).join(""));
}

function clauseOf({ clauses }: Report, id: string): ClauseResult {
  const found = clauses.find((clause) => clause.id === id);
  if (found === undefined) throw new Error(`there is no clause ${id}`);
  return found;
}

const COMPLETE: CheckOptions = { complete: true, claims: ["runtime"] };
/** Clauses that a log of one tool_event breaks where it is complete and the log of a runtime. */
const BROKEN = ["PS-4.2-2", "PS-4.2-3", "PS-4.2-4", "RG-7.2-3"];

describe("a clause whose condition holds", () => {
  it.each<[string, string, string, object?]>([
    ["one change of a file", "IS-13.1-1", "not-exercised", { file_path: "a.ts", change_type: "modified" }],
    ["one invocation", "IS-13.1-1", "not-applicable"],
  ])("applies, however little puts it to the test: %s", async (_what, id, status, payload) => {
    const change = event(1, "external_integration", {
      project_id: PROJECT,
      source: "adapter",
      payload: { timestamp: "2026-03-03T09:00:00Z", ...payload },
    });
    expect(clauseOf(await check([logOf(payload === undefined ? tool(1) : change)]), id).status).toBe(status);
  });

  it("applies to a turn without a role, and to a stage without a name", async () => {
    const noRole = turn.replace('"role_id"', '"role"');
    const report = await check([logOf(noRole, stage(2, { stage_id: 7 }))]);
    for (const id of ["MAP-2", "PS-6.1-2", "RG-4.3-2", "RG-7.1-3"])
      expect([id, clauseOf(report, id).status]).toEqual([id, "not-exercised"]);
  });
});

describe("what is missing", () => {
  it("is a violation where all could be read", async () => {
    const report = await check([logOf(tool(1))], COMPLETE);
    expect(BROKEN.map((id) => clauseOf(report, id).status)).toEqual(BROKEN.map(() => "violated"));
  });

  const big = event(2, "intent", { text: "x".repeat(2000) });
  const cutOff = (): string => {
    const bytes = gzipSync(
      Array.from({ length: 2000 }, (_, number) => `${event(number, "intent")}\n`).join(""),
    );
    return fileOf(bytes.subarray(0, bytes.length >> 1), ".ndjson.gz");
  };
  it.each<[string, () => readonly string[], RegExp, CheckOptions?]>([
    ["a record is no JSON", () => [logOf(tool(1), '{"event_id":')], /: 1 malformed record$/],
    ["two records are glued", () => [logOf(tool(1), tool(2) + tool(3))], /: 1 malformed record$/],
    ["records are no objects", () => [logOf(tool(1), "7", "null")], /: 2 malformed records$/],
    [
      "a record is too long",
      () => [logOf(tool(1), big)],
      /: 1 malformed record, 1 error$/,
      { maxRecordBytes: 1000 },
    ],
    ["a named file is not there", () => [logOf(tool(1)), join(folder, "gone.ndjson")], /: 1 error$/],
    ["an input is cut off", () => [logOf(tool(1)), cutOff()], /: (?:\d+ malformed records?, )?1 error$/],
    ["another input is broken", () => [logOf(tool(1)), logOf("{")], /: 1 malformed record$/],
  ])("is open where %s", async (_what, paths, reason, options = {}) => {
    const report = await check(paths(), { ...COMPLETE, ...options });
    for (const id of ["PS-4.2-2", "PS-4.2-3", "RG-7.2-3"]) {
      expect(clauseOf(report, id)).toMatchObject({ status: "inconclusive", violations: 0 });
      expect(clauseOf(report, id).reason).toMatch(reason);
    }
  });

  it("is open in a log that is not declared complete, for the reason that comes first", async () => {
    const report = await check([logOf(tool(1), "{")], { claims: ["runtime"] });
    expect(clauseOf(report, "PS-4.2-2").reason).toMatch(/not be read or judged: 1 malformed record$/);
  });

  it("is open for MAP turns too", async () => {
    const whole = await check([logOf(turn)], { complete: true });
    const torn = await check([logOf(turn, "{")], { complete: true });
    expect([whole, torn].map((report) => clauseOf(report, "MAP-2").status)).toEqual([
      "violated",
      "inconclusive",
    ]);
  });

  it("does not excuse what is there and wrong", async () => {
    const report = await check([logOf(update(1), update(1, { node_delta: 5 }), "{")], COMPLETE);
    expect(clauseOf(report, "PS-4.1-3").status).toBe("violated");
  });

  it("is open where another run could not read all", async () => {
    const path = join(folder, "state.ndjson");
    const lines: string[] = [];
    const onState = async (all: Iterable<string>): Promise<void> => void lines.push(...all);
    await check([logOf(tool(1), "{"), join(folder, "gone.ndjson")], { onState });
    writeFileSync(path, lines.join(""));
    const report = await check([logOf(tool(2))], { ...COMPLETE, stateIn: [path] });
    expect(clauseOf(report, "PS-4.2-2").reason).toMatch(/: 1 malformed record, 1 error$/);
  });

  it("is a violation where an input counts twice", async () => {
    const path = join(folder, "twice.ndjson");
    const [first, copy] = [logOf(tool(1)), logOf(tool(1))];
    const lines: string[] = [];
    const onState = async (all: Iterable<string>): Promise<void> => void lines.push(...all);
    await check([first], { onState });
    writeFileSync(path, lines.join(""));
    rmSync(first);
    const second: string[] = [];
    const report = await check([copy], {
      ...COMPLETE,
      stateIn: [path],
      onState: async (all) => void second.push(...all),
    });
    expect(report.errors.map(({ message }) => message).join()).toContain("it counts twice");
    expect(clauseOf(report, "PS-4.2-2").status).toBe("violated");
    writeFileSync(path, second.join(""));
    rmSync(copy);
    const later = await check([], { ...COMPLETE, stateIn: [path] });
    expect(later.errors).toEqual(report.errors);
    expect(clauseOf(later, "PS-4.2-2").status).toBe("violated");
  });
});

describe("gapIn", () => {
  const input = (malformed: number, unjudged = 0) => ({ counts: { ...noCounts(), malformed }, unjudged });
  const HIDDEN = { path: ".a", reason: "hidden", mayHoldEvidence: true } as const;
  const error = { path: "a", message: "b" };

  it.each([
    ["nothing", [input(0)], [], [], undefined],
    ["malformed records of several inputs", [input(1), input(1000)], [], [], "1,001 malformed records"],
    ["records that were not judged", [input(0, 2)], [], [], "2 unjudged records"],
    ["files that are no evidence", [], [], [{ path: "a", reason: "not MPLP" }], undefined],
    ["files that may be", [], [], [HIDDEN], "1 unread file that may hold evidence"],
    ["errors", [], [error, error], [], "2 errors"],
    ["both", [input(1)], [error], [], "1 malformed record, 1 error"],
  ] as const)("tells of %s", (_what, inputs, errors, notRead, gap) => {
    expect(gapIn({ inputs, errors, notRead })).toBe(gap);
  });
});

describe("one event alone", () => {
  const saved = (number: number): string =>
    event(number, "external_integration", {
      project_id: PROJECT,
      source: "adapter",
      payload: { file_path: "a.md", change_type: "modified", timestamp: `2026-03-03T09:00:0${number}Z` },
    });
  it.each([
    ["PS-6.1-2", [stage(1)], [stage(1), stage(2)]],
    ["PS-6.1-2", [stage(1), stage(1)], [stage(1), stage(2, { stage_status: "completed" })]],
    ["PS-6.1-2", [stage(1), stage(2, { stage_id: "edit" })], [stage(1), stage(1), stage(2)]],
    ["IS-13.1-1", [saved(1)], [saved(1), saved(2)]],
    ["IS-13.1-1", [saved(1), saved(1)], [saved(1), saved(3)]],
  ])("does not show %s", async (id, once, twice) => {
    const [alone, again] = await Promise.all([once, twice].map((lines) => check([logOf(...lines)])));
    expect(clauseOf(alone!, id).checked).toBe(0);
    expect(clauseOf(alone!, id).status).not.toBe("satisfied");
    expect(clauseOf(again!, id)).toMatchObject({ status: "satisfied", checked: 1 });
  });

  it("is told from two wherever the log is cut", async () => {
    const path = logOf(stage(1), stage(1), update(2), stage(1), stage(3, { pipeline_id: idOf(9) }), stage(4));
    for (const blockBytes of [1, 300, 700, 1 << 20]) {
      const report = await check([path], { blockBytes });
      expect(clauseOf(report, "PS-6.1-2")).toMatchObject({ status: "satisfied", checked: 1 });
    }
  });
});

describe("events without project_id", () => {
  it("are counted however alike they are", async () => {
    const lines = Array.from({ length: 40 }, (_, number) =>
      update(number, number % 4 === 0 ? { project_id: PROJECT } : {}),
    );
    const report = await check([logOf(...lines)]);
    const [finding] = report.findings.filter(({ rule }) => rule === "project-id-left-out");
    expect(finding).toMatchObject({
      level: "NOTE",
      count: 1,
      hint: "30 of 40 such events have none",
      locations: [{ line: 2 }],
    });
    expect(clauseOf(report, "PS-4.1-9")).toMatchObject({ status: "satisfied", checked: 40 });
  });
});
