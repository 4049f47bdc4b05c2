import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Activity, check, FORMATS, parseReport, type Report } from "../src/index.js";
import { ROOT } from "./support/fixtures.js";
import { hostileActivity } from "./support/hostile-activity.js";
import { defectLog } from "./support/partitions.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-pictures-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Event = Record<string, string>;

function logOf(name: string, events: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  return path;
}

const pageOf = (report: Report): string => [...FORMATS.html(report)].join("");
const seconds = (text = ""): number => Date.parse(text) / 1000;

/** The activity of a log, with all that there is. */
async function activityOf(path: string): Promise<Required<Activity>> {
  const { activity } = await check([path]);
  if (activity === undefined) throw new Error("the log has no activity");
  return activity as Required<Activity>;
}

/** Lists by a key. */
function grouped<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): Map<string, Thing[]> {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) groups.set(keyOf(thing), [...(groups.get(keyOf(thing)) ?? []), thing]);
  return groups;
}

/** The statuses and durations of things with a lifecycle, found in the plainest way. */
function lifecycles(groups: Iterable<Event[]>, status: string, ends: readonly string[]) {
  const statuses: Record<string, number> = {};
  const durations = new Map<number, number>();
  for (const group of groups) {
    const history = group.toSorted((a, b) => seconds(a.timestamp) - seconds(b.timestamp));
    const last = history.at(-1)?.[status] ?? "";
    statuses[last] = (statuses[last] ?? 0) + 1;
    const from = history.find((event) => event[status] === "running") ?? history[0];
    const begun = from !== undefined && !ends.includes(from[status] ?? "");
    if (!ends.includes(last) || !begun) continue;
    const took = seconds(history.at(-1)?.timestamp) - seconds(from.timestamp);
    let to = 2 ** -10;
    while (took >= to) to *= 2;
    durations.set(to, (durations.get(to) ?? 0) + 1);
  }
  return { statuses, durations: [...durations].sort(([a], [b]) => a - b) };
}

describe("the activity of a log without defects", async () => {
  const path = join(folder, "clean.ndjson");
  const text = String(defectLog({ events: 4000, defects: 0, seed: 3 }));
  writeFileSync(path, text);
  const events = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);
  const activity = await activityOf(path);

  it("counts the events of each family in bins of a power of two", () => {
    const times = events.map((event) => seconds(event.timestamp ?? event.completed_at ?? event.started_at));
    let exponent = -10;
    while (new Set(times.map((time) => Math.floor(time / 2 ** exponent))).size > 256) exponent++;
    expect(activity.events.binSeconds).toBe(2 ** exponent);
    const counts = new Map<string, number>();
    for (const [index, { event_family: family = "profile" }] of events.entries()) {
      const name = `${family} ${Math.floor((times[index] ?? 0) / 2 ** exponent) * 2 ** exponent}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const told = new Map<string, number>();
    for (const { from, events: own } of activity.events.bins)
      for (const [index, count] of own.entries()) {
        const { kind = "" } = activity.events.kinds[index] ?? {};
        const name = `${["sa", "map"].includes(kind) ? "profile" : kind} ${seconds(from)}`;
        if (count > 0) told.set(name, (told.get(name) ?? 0) + count);
      }
    expect(new Map([...told].sort())).toEqual(new Map([...counts].sort()));
  });

  it("says how stages ended and how long they took", () => {
    const own = events.filter(({ event_family: family }) => family === "pipeline_stage");
    const groups = grouped(own, (event) => `${event.pipeline_id} ${event.stage_id}`);
    const { statuses, durations } = lifecycles(groups.values(), "stage_status", [
      "completed",
      "failed",
      "skipped",
    ]);
    const { pipelines } = activity;
    expect(pipelines.pipelines).toBe(new Set(own.map((event) => event.pipeline_id)).size);
    expect(pipelines.stages).toBe(groups.size);
    expect(pipelines.statuses).toEqual(statuses);
    expect(pipelines.durations.map(({ to, count }) => [to, count])).toEqual(durations);
    const ids = [...new Set(own.map((event) => event.pipeline_id))];
    expect(pipelines.first.map((course) => course.pipeline_id)).toEqual(ids.slice(0, 24));
    const [first] = pipelines.first;
    const steps = own.filter((event) => event.pipeline_id === first?.pipeline_id);
    expect(first?.stages.flatMap((stage) => stage.steps.map(({ status }) => status)).sort()).toEqual(
      steps.map((event) => event.stage_status).sort(),
    );
  });

  it("says how executions ended and how long they took, by kind", () => {
    const own = events.filter(({ event_family: family }) => family === "runtime_execution");
    const kinds = grouped(own, (event) => event.executor_kind ?? "");
    expect(activity.executions.map(({ kind }) => kind).sort()).toEqual([...kinds.keys()].sort());
    for (const { kind, ...told } of activity.executions) {
      const groups = grouped(kinds.get(kind) ?? [], (event) => event.execution_id ?? "");
      const { statuses, durations } = lifecycles(groups.values(), "status", [
        "completed",
        "failed",
        "cancelled",
      ]);
      expect(told.executions).toBe(groups.size);
      expect(told.statuses).toEqual(statuses);
      expect(told.durations.map(({ to, count }) => [to, count])).toEqual(durations);
    }
  });

  it("ends with the size of each graph", async () => {
    const { graphs } = await check([path]);
    const sizes = graphs.map(({ graph_id: id, nodes, nodesBefore }) => [id, nodesBefore + nodes]);
    const told = activity.graphs.map(({ graph_id: id, points }) => [id, points.at(-1)?.nodes]);
    expect(told).toEqual(sizes.slice(0, 12));
  });
});

describe("the activity of a hostile log", () => {
  it("is bounded, and a valid part of the report", async () => {
    const report = await check([logOf("hostile.ndjson", hostileActivity)]);
    const { events: times, pipelines } = report.activity ?? {};
    expect(times?.bins.length).toBeLessThanOrEqual(256);
    expect(times?.kinds).toEqual([{ kind: "pipeline_stage", events: hostileActivity.length, undated: 50 }]);
    expect(pipelines?.first).toHaveLength(24);
    expect(pipelines?.open).toHaveLength(20);
    for (const { stages } of pipelines?.first ?? []) {
      expect(stages.length).toBeLessThanOrEqual(24);
      for (const { steps } of stages) expect(steps.length).toBeLessThanOrEqual(8);
    }
    const json = [...FORMATS.json(report)].join("");
    expect(JSON.stringify(report.activity).length).toBeLessThan(200_000);
    expect(await parseReport(json)).toEqual(JSON.parse(json));
    const page = pageOf(report);
    expect(page).toContain("The run in pictures");
    expect(page).not.toContain("<script>alert(1)");
  });

  it("hides ids where they are hidden", async () => {
    const { activity } = await check([logOf("hidden.ndjson", hostileActivity.slice(0, 10))], {
      redact: true,
    });
    expect(activity?.pipelines?.first[0]?.pipeline_id).toBe("[36 characters]");
    expect(JSON.stringify(activity)).not.toContain("0000-4000");
  });
});

describe("the pictures in the page", () => {
  it("have a title each and a table behind them", async () => {
    const page = pageOf(await check([join(ROOT, "fixtures/audit/conforming")], { claims: ["runtime"] }));
    const pictures = page.split("<figure").slice(1);
    expect(pictures).toHaveLength(5);
    for (const picture of pictures) {
      expect(picture).toMatch(/<svg role="img" aria-labelledby="(picture-[\w-]+)"[^>]*><title id="\1">/);
      expect(picture).toMatch(/<details class="more"><summary>[^<]+, as a table<\/summary>\n<table/);
      expect(picture).not.toMatch(/ (?:style|on\w+)=/);
    }
  });

  it("mark the places of findings by their time", async () => {
    const report = await check([join(ROOT, "fixtures/quickstart/broken.ndjson")]);
    expect(report.findings[0]?.locations[0]?.time).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(pageOf(report)).toContain("MUST: 5 of 5 places marked");
  });

  it("are left out for a report of an earlier version", async () => {
    const {
      activity: _activity,
      clauses,
      ...earlier
    } = await check([join(ROOT, "fixtures/quickstart/hostileActivity.ndjson")]);
    const withoutKinds = clauses.map(({ evidenceKind: _kind, ...clause }) => clause);
    const report = await parseReport(JSON.stringify({ ...earlier, clauses: withoutKinds }));
    expect(pageOf(report)).not.toContain("<figure");
  });
});
