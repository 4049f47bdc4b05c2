import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { check, type Report } from "../src/index.js";
import { mplpProcess } from "./support/cli.js";
import { INSTANTS, uuidOf } from "./support/logs.js";
import { runs } from "./support/runs.js";

type Totals = Report["graphs"][number];

const folder = mkdtempSync(join(tmpdir(), "mplp-check-graphs-"));
const path = join(folder, "log.ndjson");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function graphsOf(lines: readonly string[]): Promise<Report["graphs"]> {
  writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
  return (await check([path])).graphs;
}

/** What a graph_update says, and the number of its instant: the later, the greater; undefined if unreadable. */
interface Update {
  readonly id: string;
  readonly graph: unknown;
  readonly nodes: unknown;
  readonly edges: unknown;
  readonly instant: number | undefined;
  readonly timestamp: unknown;
}

function eventOf({ id, graph, nodes, edges, timestamp }: Update): Record<string, unknown> {
  return {
    event_id: id,
    event_type: "psg_changed",
    event_family: "graph_update",
    timestamp,
    graph_id: graph,
    update_kind: "bulk",
    node_delta: nodes,
    edge_delta: edges,
  };
}

const lineOf = (update: Update): string => JSON.stringify(eventOf(update));

let made = 0;
/** One update of the first graph, unless a part of it is given. */
function update(part: Partial<Update>): Update {
  const instant = "timestamp" in part ? undefined : (part.instant ?? 1);
  const timestamp = INSTANTS[instant ?? 0]?.[0];
  const id = uuidOf("a", ++made);
  return { id, graph: uuidOf("b", 1), nodes: 0, edges: 0, timestamp, ...part, instant };
}

function totals(part: Partial<Totals>): Totals {
  const none = { updates: 1, nodes: 0, edges: 0, nodesBefore: 0, edgesBefore: 0 };
  return { graph_id: uuidOf("b", 1), ...none, ...part };
}

describe("report.graphs", () => {
  it("adds up the deltas of a graph, and says what must have been there before", async () => {
    const list = [
      update({ nodes: 2, edges: -1, instant: 1 }),
      update({ nodes: -5, edges: 4, instant: 2 }),
      update({ nodes: 1, edges: -6, instant: 4 }),
      update({ nodes: 9, edges: 1, instant: 5 }),
    ];
    expect(await graphsOf(list.map(lineOf))).toEqual([
      totals({ updates: 4, nodes: 7, edges: -2, nodesBefore: 3, edgesBefore: 3 }),
    ]);
  });

  it("takes updates in the order of their instants, not of their lines", async () => {
    const list = [update({ nodes: -3, instant: 6 }), update({ nodes: 3, instant: 2 })];
    expect(await graphsOf(list.map(lineOf))).toEqual([totals({ updates: 2 })]);
  });

  it("keeps the order of lines among equal instants", async () => {
    const list = [update({ nodes: -3 }), update({ nodes: 3 })];
    expect(await graphsOf(list.map(lineOf))).toEqual([totals({ updates: 2, nodesBefore: 3 })]);
    expect(await graphsOf(list.toReversed().map(lineOf))).toEqual([totals({ updates: 2 })]);
  });

  it("leaves an update without a readable time behind the one before it", async () => {
    const list = [
      update({ nodes: 3, instant: 4 }),
      update({ nodes: -3, timestamp: "yesterday" }),
      update({ nodes: 0, instant: 1 }),
    ];
    expect(await graphsOf(list.map(lineOf))).toEqual([totals({ updates: 3 })]);
  });

  it("counts a redelivery once, whatever the order of its members", async () => {
    const once = update({ nodes: 2 });
    const reversed = JSON.stringify(Object.fromEntries(Object.entries(eventOf(once)).toReversed()));
    const list = [lineOf(once), lineOf(once), reversed, lineOf(update({ nodes: 2 }))];
    expect(await graphsOf(list)).toEqual([totals({ updates: 2, nodes: 4 })]);
  });

  it("counts a redelivery once whose event_id is in capitals", async () => {
    const once = update({ nodes: 2 });
    const list = [once, { ...once, id: once.id.toUpperCase() }];
    expect(await graphsOf(list.map(lineOf))).toEqual([totals({ nodes: 2 })]);
  });

  it("counts both of two updates that share an event_id", async () => {
    const first = update({ nodes: 2 });
    const list = [first, { ...first, nodes: 5 }];
    expect(await graphsOf(list.map(lineOf))).toEqual([totals({ updates: 2, nodes: 7 })]);
  });

  it("knows a graph by its UUID in either case, and by any other id as it is spelled", async () => {
    const graphs = [uuidOf("b", 1).toUpperCase(), "G", "g", uuidOf("b", 1)];
    const list = graphs.map((graph) => update({ graph, nodes: 1 }));
    expect(await graphsOf(list.map(lineOf))).toEqual([
      totals({ updates: 2, nodes: 2 }),
      totals({ graph_id: "G", nodes: 1 }),
      totals({ graph_id: "g", nodes: 1 }),
    ]);
  });

  it.each([1.5, "1", null, undefined, true, [1], 2 ** 31 + 1, -(2 ** 31) - 1, 1e300])(
    "leaves out an update of which a delta is %j",
    async (delta) => {
      const list = [
        update({ nodes: delta, edges: 1 }),
        update({ nodes: 1, edges: delta }),
        update({ nodes: 2 ** 31, edges: -(2 ** 31) }),
      ];
      expect(await graphsOf(list.map(lineOf))).toEqual([
        totals({ nodes: 2 ** 31, edges: -(2 ** 31), edgesBefore: 2 ** 31 }),
      ]);
    },
  );

  it("leaves out what is no graph_update and what names no graph", async () => {
    const list = [
      JSON.stringify({ ...eventOf(update({ nodes: 1 })), event_family: "intent" }),
      lineOf(update({ graph: 7, nodes: 1 })),
      lineOf(update({ graph: undefined, nodes: 1 })),
    ];
    expect(await graphsOf(list)).toEqual([]);
  });

  it("lists a hundred graphs, those that come first", async () => {
    const list = Array.from({ length: 205 }, (_, index) =>
      update({ graph: uuidOf("b", index % 105), nodes: 1, instant: 6 - (index % 5) }),
    );
    const wanted = Array.from({ length: 100 }, (_, index) =>
      totals({ graph_id: uuidOf("b", index), updates: 2, nodes: 2 }),
    );
    expect(await graphsOf(list.map(lineOf))).toEqual(wanted);
  });

  it("is what the command prints as JSON", async () => {
    const lines = [update({ nodes: 1 }), update({ nodes: -2, graph: "other" })].map(lineOf);
    const wanted = await graphsOf(lines);
    const { stdout } = await mplpProcess(["-", "--format", "json"], { input: `${lines.join("\n")}\n` });
    expect((JSON.parse(stdout) as Report).graphs).toEqual(wanted);
    expect(wanted).toEqual([totals({ nodes: 1 }), totals({ graph_id: "other", nodes: -2, nodesBefore: 2 })]);
  });
});

/** The same totals by their definition: everything is held, sorted and added up from the start each time. */
function expected(list: readonly Update[]): Totals[] {
  const isDelta = (delta: unknown): delta is number =>
    typeof delta === "number" && Number.isInteger(delta) && Math.abs(delta) <= 2 ** 31;
  const isCounted = ({ nodes, edges }: Update): boolean => isDelta(nodes) && isDelta(edges);
  const isUuid = (graph: string): boolean => graph.includes("-0000-4000-");
  const nameOf = ({ graph }: Update): string =>
    isUuid(String(graph)) ? String(graph).toLowerCase() : String(graph);
  return [...new Set(list.map(nameOf))].flatMap((graph) => {
    const own = list.filter((one) => nameOf(one) === graph);
    const texts = own.map((one) => lineOf({ ...one, id: one.id.toLowerCase() }));
    const once = own.filter((_, index) => texts.indexOf(texts[index]!) === index);
    const times = once.map((_, index) =>
      once.slice(0, index + 1).findLast((one) => one.instant !== undefined),
    );
    const order = [...once.keys()]
      .sort((a, b) => (times[a]?.instant ?? -1) - (times[b]?.instant ?? -1) || a - b)
      .filter((index) => isCounted(once[index]!));
    if (order.length === 0) return [];
    const sumOf = (field: "nodes" | "edges", count: number): number =>
      order.slice(0, count).reduce((sum, index) => sum + Number(once[index]?.[field]), 0);
    const lowest = (field: "nodes" | "edges"): number =>
      Math.min(0, ...order.map((_, index) => sumOf(field, index + 1)));
    return {
      graph_id: graph,
      updates: order.length,
      nodes: sumOf("nodes", order.length),
      edges: sumOf("edges", order.length),
      nodesBefore: 0 - lowest("nodes"),
      edgesBefore: 0 - lowest("edges"),
    };
  });
}

describe("the graphs of any log", () => {
  const deltas = fc.constantFrom<unknown>(-7, -2, -1, 0, 1, 2, 5, 1, -1, 0.5, "3", null);
  const fresh = fc.record({
    graph: fc.constantFrom(uuidOf("b", 1), uuidOf("b", 1).toUpperCase(), uuidOf("b", 2), "g", "G"),
    nodes: deltas,
    edges: deltas,
    instant: fc.option(fc.nat(INSTANTS.length - 1), { nil: undefined }),
    spelling: fc.nat(2),
    id: fc.constant(undefined),
  });
  const again = fc.record({ of: fc.nat(20), isCapital: fc.boolean() });
  const updates = fc
    .array(fc.oneof({ weight: 4, arbitrary: fresh }, again), { maxLength: 25 })
    .map((list) => {
      const result: Update[] = [];
      for (const [index, step] of list.entries()) {
        if ("of" in step) {
          const earlier = result[step.of % Math.max(1, result.length)];
          if (earlier !== undefined)
            result.push(step.isCapital ? { ...earlier, id: earlier.id.toUpperCase() } : earlier);
          continue;
        }
        const { spelling, instant, ...rest } = step;
        const spellings = instant === undefined ? ["yesterday"] : INSTANTS[instant]!;
        const timestamp = spellings[spelling % spellings.length];
        result.push({ ...rest, id: uuidOf("a", index), instant, timestamp });
      }
      return result;
    });

  it("are what their updates add up to", async () => {
    await fc.assert(
      fc.asyncProperty(updates, async (list) => {
        expect(await graphsOf(list.map(lineOf))).toEqual(expected(list));
      }),
      { numRuns: runs(200) },
    );
  });
});
