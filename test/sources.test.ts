import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Source } from "../src/model/source.js";
import type { JsonObject } from "../src/model/subject.js";
import { recognise } from "../src/recognise/recognise.js";
import { CHARTS } from "../src/rules/charts/index.js";
import { RULES } from "../src/rules/index.js";
import { oneOf } from "../src/rules/shared/source/columns.js";
import { eventTime, uuid } from "../src/rules/shared/source/fields.js";
import { source } from "../src/rules/shared/source/source.js";
import { executions } from "../src/rules/sources/executions.js";
import { graphs } from "../src/rules/sources/graphs.js";
import { eventIds, snapshotIds } from "../src/rules/sources/ids.js";
import { ciRuns } from "../src/rules/sources/runs.js";
import { unscanned } from "./support/scanned.js";

function observed(of: Source, event: JsonObject) {
  const subject = recognise(event);
  const integration = "integration" in subject ? subject.integration : undefined;
  return of.observe({ record: unscanned(JSON.stringify(event), event, 0), subject, event, integration });
}

const ID = "0b5a8a3c-3c1e-4f7e-9d62-0d3e7c1f2a4b";

function execution(status: string): JsonObject {
  return {
    event_family: "runtime_execution",
    execution_id: ID.toUpperCase(),
    executor_kind: "tool",
    status,
    timestamp: "2026-01-05T08:00:00.25Z",
  };
}

describe("a source", () => {
  it("gives rules names, and keeps a number", () => {
    const kept = observed(executions, execution("failed"));
    expect(kept).toMatchObject({ key: ID, value: expect.any(Number), instant: { fraction: 0.25 } });
    const { kind, status, delivery } = executions.read?.(kept?.value, undefined) ?? {};
    expect({ kind, status }).toEqual({ kind: "tool", status: "failed" });
    expect(delivery).toBe(Math.floor(Number(kept?.value) / 64));
  });

  it("keeps an event of which a column has none of the names", () => {
    const kept = observed(executions, execution("done"));
    expect(executions.read?.(kept?.value, undefined).status).toBeUndefined();
    expect(executions.read?.(kept?.value, undefined).kind).toBe("tool");
  });

  it("keeps nothing of other records, and of none without its key", () => {
    expect(observed(executions, { ...execution("failed"), execution_id: 7 })).toBeUndefined();
    expect(observed(ciRuns, execution("failed"))).toBeUndefined();
  });

  it("says by its columns how it is stored", () => {
    expect(eventIds).toMatchObject({ store: "uuids", order: "log" });
    expect(executions).toMatchObject({ store: "columns", width: 1, order: "causal" });
    expect(graphs).toMatchObject({ store: "columns", width: 4, order: "causal" });
    expect(snapshotIds).toMatchObject({ store: "values" });
  });

  it("refuses columns that do not fit into a number", () => {
    const many = Array.from({ length: 40 }, (_, index) => `status ${index}`);
    const columns = { kind: oneOf("kind", ["a"]), status: oneOf("status", many) };
    const spec = { of: "event", key: uuid("id"), columns, at: eventTime, keep: "history" } as const;
    expect(() => source({ ...spec, once: "delivery" })).toThrow("82 values do not fit");
  });
});

describe("schemas/state.schema.json", () => {
  const { definitions } = JSON.parse(
    readFileSync(new URL("../schemas/state.schema.json", import.meta.url), "utf8"),
  );
  const owners = new Map(
    [...RULES.filter((rule) => rule.evidence === "log"), ...CHARTS]
      .toReversed()
      .map(({ source: own, id }) => [own, id]),
  );
  const schemas = [...owners].map(([{ schema }, id]) => ({ id, ...schema }));

  it("says what every chart sums up, and nothing else", () => {
    expect(definitions.charts.properties).toEqual(
      Object.fromEntries(CHARTS.map(({ id, schema }) => [id, schema])),
    );
  });

  it("says what every source keeps, and nothing else", () => {
    expect(definitions.values.properties).toEqual(
      Object.fromEntries(schemas.map(({ id, value }) => [id, value])),
    );
    expect(definitions.attachments.properties).toEqual(
      Object.fromEntries(
        schemas.flatMap(({ id, attachment }) => (attachment === undefined ? [] : [[id, attachment]])),
      ),
    );
  });
});
