import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { check } from "../../src/index.js";
import { some } from "../support/long.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-long-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ID = "6b3c3e8e-2f5c-4f0e-9a34-0a4b8f1f0f11";
/** V8 hashes texts of this length by nothing else. */
const LONG = "n".repeat(16_400);
/** It takes seconds; a minute and a half if each id is compared with all others. */
const EVENTS = 4_500;

const events: Readonly<Record<string, (id: string, index: number) => object>> = {
  "stages of one pipeline": (id, index) => ({
    event_type: "stage_pending",
    event_family: "pipeline_stage",
    pipeline_id: ID,
    stage_id: id,
    stage_order: index,
    stage_status: "pending",
  }),
  "graphs of one project": (id) => ({
    event_type: "node_created",
    event_family: "graph_update",
    project_id: ID,
    graph_id: id,
    update_kind: "node_add",
    node_delta: 1,
    edge_delta: 0,
  }),
};

it.each(some("long ids of one length", Object.keys(events)))(
  "many %s with long ids do not take the square of their time",
  async (name) => {
    const path = join(folder, "log.ndjson");
    const lines = Array.from({ length: EVENTS }, (_, index) => {
      const own = events[name]?.(`${LONG}${String(index).padStart(6, "0")}`, index);
      const event_id = `3b0d4a52-5f0c-4c1e-9c57-${String(index).padStart(12, "0")}`;
      return `${JSON.stringify({ event_id, timestamp: "2026-01-05T08:00:00Z", ...own })}\n`;
    });
    writeFileSync(path, lines.join(""));
    const { inputs } = await check([path], { jobs: 1, complete: true });
    expect(inputs[0]?.records).toBe(EVENTS);
  },
  60_000,
);
