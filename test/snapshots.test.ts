import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, type Report } from "../src/index.js";
import { uuidOf } from "./support/logs.js";
import { runs } from "./support/runs.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-snapshots-"));
const path = join(folder, "log.ndjson");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Members = Readonly<Record<string, unknown>>;

async function clauseOf(id: string, records: readonly Members[], options: CheckOptions = {}) {
  writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  const report: Report = await check([path], options);
  return report.clauses.find((clause) => clause.id === id);
}

const GRAPH = uuidOf("b", 1);
const at = (second: number): string => `2026-03-04T05:06:0${second}Z`;

let made = 0;
function update(second: number, node_delta: number, edge_delta = 0): Members {
  return {
    event_id: uuidOf("a", ++made),
    event_type: "graph_changed",
    event_family: "graph_update",
    timestamp: at(second),
    graph_id: GRAPH,
    update_kind: "bulk",
    node_delta,
    edge_delta,
    source_module: "plan",
  };
}

function snapshot(second: number, parts: Members): Members {
  return { snapshot_id: `s${++made}`, graph_id: GRAPH, captured_at: at(second), ...parts };
}

/** One thing that happens to a graph, in a second that others may share. */
type Step =
  | { readonly second: number; readonly nodes: number; readonly isSnapshot: false }
  | { readonly second: number; readonly nodes: number; readonly isSnapshot: true };

/** How RG-7.1-2 must end, by trying every side of every update that shares a second with a snapshot. */
function expected(steps: readonly Step[]): string {
  const snapshots = steps.filter(({ isSnapshot }) => isSnapshot).sort((a, b) => a.second - b.second);
  const updates = steps.filter(({ isSnapshot }) => !isSnapshot);
  if (snapshots.length === 0) return "not-applicable";
  const tied = updates.filter(({ second }) => snapshots.some((one) => one.second === second));
  let best = "violated";
  for (let choice = 0; choice < 2 ** tied.length; choice++) {
    const isAfter = (one: Step, index: number): boolean => {
      const { second } = snapshots[index]!;
      const side = tied.indexOf(one);
      return one.second === second ? (choice & (2 ** side)) !== 0 : one.second > second;
    };
    /** How many snapshots an update lies behind. */
    const placeOf = (one: Step): number => snapshots.filter((_, index) => isAfter(one, index)).length;
    if (!isPossible(snapshots, updates, placeOf)) continue;
    const isOutside = tied.some((one) => placeOf(one) === 0 || placeOf(one) === snapshots.length);
    if (!isOutside || snapshots.length === 1) return "possible";
    best = "inconclusive";
  }
  return best;
}

function isPossible(
  snapshots: readonly Step[],
  updates: readonly Step[],
  placeOf: (one: Step) => number,
): boolean {
  return snapshots.every(({ nodes: size }, index) => {
    const own = updates.filter((one) => placeOf(one) === index + 1);
    const seconds = [...new Set(own.map(({ second }) => second))].sort((a, b) => a - b);
    let nodes = size;
    for (const second of seconds) {
      for (const one of own) if (one.second === second) nodes += one.nodes;
      // What happens in the second of the next snapshot ends with its size.
      if (nodes < 0 && second !== snapshots[index + 1]?.second) return false;
    }
    const next = snapshots[index + 1];
    return next === undefined || next.nodes === nodes;
  });
}

describe("snapshots and updates that share seconds", () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ second: fc.nat(5), nodes: fc.integer({ min: -3, max: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ second: fc.nat(5), size: fc.nat(3) }) },
  );
  const timelines = fc.array(step, { maxLength: 9 }).map((list): Step[] => {
    // One snapshot a second: two of them that differ are another matter.
    const taken = new Set<number>();
    return list.flatMap((one): Step[] => {
      if ("nodes" in one) return one.nodes === 0 ? [] : [{ ...one, isSnapshot: false }];
      if (taken.has(one.second)) return [];
      taken.add(one.second);
      return [{ second: one.second, nodes: one.size, isSnapshot: true }];
    });
  });

  it("break the clause only where no choice of sides fits, and leave it open where one leaves updates out", async () => {
    await fc.assert(
      fc.asyncProperty(timelines, async (steps) => {
        const records = steps.map(({ second, nodes, isSnapshot }) =>
          isSnapshot ? snapshot(second, { node_count: nodes, edge_count: 0 }) : update(second, nodes),
        );
        const status = (await clauseOf("RG-7.1-2", records))?.status ?? "";
        const wanted = expected(steps);
        const possible = ["satisfied", "not-exercised", "not-applicable"];
        expect(wanted === "possible" ? possible : [wanted]).toContain(status);
      }),
      { numRuns: runs(400), interruptAfterTimeLimit: 30_000 },
    );
  });

  it("are not told apart where there are too many of them", async () => {
    const many = Array.from({ length: 1200 }, (_, index) => update(2, 1, index));
    const sum = (1200 * 1199) / 2;
    const between = [snapshot(1, { node_count: 0, edge_count: 0 }), ...many];
    const fitting = [...between, snapshot(2, { node_count: 1200, edge_count: sum })];
    expect((await clauseOf("RG-7.1-2", fitting))?.status).toBe("satisfied");
    const partly = await clauseOf("RG-7.1-2", [...between, snapshot(2, { node_count: 7, edge_count: 20 })]);
    expect(partly).toMatchObject({ status: "inconclusive", reason: expect.stringContaining("too many") });
  });
});

describe("updates whose deltas cannot be added up", () => {
  it.each([3e9, -3e9, 2 ** 53, 0.5, "1", undefined])("leave the clause open: %s", async (delta) => {
    const odd = { ...update(3, 1), node_delta: delta };
    const records = [
      snapshot(1, { node_count: 2, edge_count: 0 }),
      update(2, 1),
      odd,
      snapshot(4, { node_count: 3, edge_count: 0 }),
    ];
    const clause = await clauseOf("RG-7.1-2", records);
    expect(clause).toMatchObject({ status: "inconclusive" });
    expect(clause?.reason).toContain("cannot be added up");
  });

  it("say nothing of the time between other snapshots", async () => {
    const records = [
      snapshot(1, { node_count: 2, edge_count: 0 }),
      { ...update(2, 1), node_delta: 3e9 },
      snapshot(3, { node_count: 3, edge_count: 0 }),
      snapshot(5, { node_count: 9, edge_count: 0 }),
    ];
    expect(await clauseOf("RG-7.1-2", records)).toMatchObject({ status: "violated", violations: 1 });
  });
});

describe("snapshots that cannot be read as such", () => {
  const between = { graph_id: GRAPH, captured_at: at(3), node_count: 9, edge_count: 0 };
  const camel = { snapshotId: "s", graphId: GRAPH, capturedAt: at(3), nodeCount: 9, edgeCount: 0 };
  it.each([
    ["respelled", camel],
    ["held", { snapshot: between }],
    ["listed", { count: 1, snapshots: [between] }],
  ])("leave the clause open: %s", async (_what, record) => {
    const records = [
      snapshot(1, { node_count: 2, edge_count: 0 }),
      update(2, 1),
      record,
      snapshot(4, { node_count: 3, edge_count: 0 }),
    ];
    const clause = await clauseOf("RG-7.1-2", records);
    expect(clause).toMatchObject({
      status: "inconclusive",
      reason: "a snapshot cannot be compared with the log",
    });
  });

  it("leave the clause open where a key comes twice", async () => {
    const before = snapshot(1, { node_count: 2, edge_count: 0 });
    const after = JSON.stringify(snapshot(4, { node_count: 3, edge_count: 0 }));
    const lines = [before, update(2, 1)].map((record) => JSON.stringify(record));
    writeFileSync(path, [...lines, after.replace('"node_count"', '"node_count":9,"node_count"')].join("\n"));
    const { clauses, findings } = await check([path]);
    expect(clauses.find(({ id }) => id === "RG-7.1-2")?.status).toBe("inconclusive");
    expect(findings.find(({ rule }) => rule === "snapshot-usable")?.message).toContain("a key comes twice");
  });

  it("do not hide an event beside them", async () => {
    writeFileSync(path, `${JSON.stringify({ snapshot: between, event: update(2, 1) })}\n`);
    const { inputs } = await check([path]);
    expect(inputs[0]).toMatchObject({ unjudged: 1 });
  });
});

describe("counts without lists", () => {
  const counts = [snapshot(1, { node_count: 1, edge_count: 0 }), update(2, 1)];

  it("show totals only, and the report says so", async () => {
    const records = [...counts, snapshot(3, { node_count: 2, edge_count: 0 })];
    expect(await clauseOf("RG-7.1-2", records)).toMatchObject({
      status: "satisfied",
      limits: expect.stringContaining("totals"),
    });
  });

  it("say nothing of the kind where all is listed, or where the clause is not satisfied", async () => {
    const listed = [
      snapshot(1, { nodes: { a: {} }, edge_count: 0 }),
      update(2, 1),
      snapshot(3, { nodes: { a: {}, b: {} }, edges: [] }),
    ];
    const satisfied = await clauseOf("RG-7.1-2", listed);
    expect([satisfied?.status, satisfied?.limits]).toEqual(["satisfied", undefined]);
    const broken = await clauseOf("RG-7.1-2", [...counts, snapshot(3, { node_count: 5, edge_count: 0 })]);
    expect([broken?.status, broken?.limits]).toEqual(["violated", undefined]);
  });
});

describe("drift and rollback", () => {
  const event = (event_type: string): Members => ({
    event_id: uuidOf("a", ++made),
    event_type,
    event_family: "compensation_plan",
    timestamp: at(4),
  });
  const claimed = { claims: ["runtime"] } as const;
  const lists = (...ids: string[]): Members => ({
    nodes: Object.fromEntries(ids.map((id) => [id, {}])),
    edges: [],
  });
  const restored = [
    snapshot(1, lists("a")),
    update(2, 1),
    snapshot(3, lists("a", "b")),
    update(4, -1),
    snapshot(5, lists("a")),
  ];
  const attested: Members = {
    mplp: "1.0.0",
    modules: { plan: { access: "NONE" } },
    attestations: [
      {
        clause: "RG-7.2-2",
        statement: "snapshots are restored in drills",
        evidence: "https://docs.vendor.example/r",
      },
    ],
  };

  it.each([
    ["RG-7.2-1", "satisfied", "drift events", [event("drift_detected")]],
    ["RG-7.2-1", "satisfied", "the event of the sibling document", [event("DriftDetectedEvent")]],
    ["RG-7.2-1", "inconclusive", "snapshots alone", restored],
    ["RG-7.2-2", "satisfied", "an executed rollback", [event("rollback_executed")]],
    ["RG-7.2-2", "satisfied", "the event of the sibling document", [event("RollbackCompletedEvent")]],
    [
      "RG-7.2-2",
      "satisfied",
      "a planned one that is executed",
      [event("rollback_planned"), event("rollback_executed")],
    ],
    ["RG-7.2-2", "satisfied", "a planned one that snapshots show", [event("rollback_planned"), ...restored]],
    ["RG-7.2-2", "satisfied", "a bulk update that restores a snapshot", restored],
    ["RG-7.2-2", "inconclusive", "a plan alone", [event("rollback_planned")]],
    ["RG-7.2-2", "inconclusive", "a beginning alone", [event("RollbackInitiated")]],
    ["RG-7.2-2", "inconclusive", "a plan alone beside an attestation", [event("rollback_planned"), attested]],
    ["RG-7.2-2", "attested", "an attestation", [event("note_taken"), attested]],
  ])("%s is %s with %s", async (id, status, _name, records) => {
    expect((await clauseOf(id, records, claimed))?.status).toBe(status);
  });

  it("says why a plan alone leaves the clause open", async () => {
    const clause = await clauseOf("RG-7.2-2", [event("rollback_planned"), attested], claimed);
    expect(clause?.reason).toContain("planned");
  });
});

describe("the names that a log may have", () => {
  it("are compared up to a thousand of a kind, and the note says so", async () => {
    const files = Array.from({ length: 1100 }, (_, index) => ({
      event_id: uuidOf("a", ++made),
      event_type: "file_update_event",
      event_family: "external_integration",
      timestamp: at(1),
      source: "adapter",
      payload: { file_path: `src/${index}.ts`, change_type: "created", timestamp: at(1) },
    }));
    writeFileSync(
      path,
      [...files, snapshot(2, { nodes: ["src/7.ts"], edges: [] })]
        .map((one) => `${JSON.stringify(one)}\n`)
        .join(""),
    );
    for (const blockBytes of [undefined, 3000]) {
      const report = await check([path], blockBytes === undefined ? {} : { blockBytes });
      const notes = report.findings.filter(({ rule }) => rule === "l2-objects-mapped");
      expect(notes.map(({ count, hint }) => [count, hint])).toEqual([
        [999, "files listed: 1 of 1000; the first 1000 names only"],
      ]);
    }
  });

  it("are not said to be missing where a snapshot lists more than is compared", async () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 66_000 }, (_, index) => [`node-number-${index}`, {}]),
    );
    const event = {
      event_id: uuidOf("a", ++made),
      event_type: "plan_read",
      event_family: "intent",
      timestamp: at(1),
      payload: { plan_id: uuidOf("f", 1) },
    };
    const clause = await clauseOf("RG-4.1-1", [event, snapshot(2, { nodes, edges: [] })]);
    expect(clause).toMatchObject({
      status: "inconclusive",
      reason: expect.stringContaining("more than was compared"),
    });
  });
});
