import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { boundedKey } from "../../src/engine/memory/bounded-key.js";
import { ruleFixtures } from "../support/fixtures.js";
import { statesOfTests } from "../support/states.js";

const { folder, stateOf, expectTheSame } = statesOfTests();

const fixtures = ruleFixtures();

describe("the parts of a log, mapped apart and judged together", () => {
  it("where findings, keys and groups are larger than a line of a state", async () => {
    const long = (index: number): string => `${"x".repeat(1000)}${index % 9}`;
    // Long ids, what they are shortened to where they are kept, and others.
    const idOf = (index: number): string => {
      if (index % 6 === 0) return long(index);
      return index % 6 === 3 ? boundedKey(long(index)) : `${index}`.padStart(40, "0");
    };
    const update = (index: number): string =>
      JSON.stringify({
        event_id: idOf(index),
        event_type: "t",
        event_family: "graph_update",
        timestamp: `2026-01-05T08:00:${String(index % 60).padStart(2, "0")}Z`,
        graph_id: "one graph",
        update_kind: "node_add",
        node_delta: 1 - (index % 3),
        edge_delta: 0,
      });
    const paths = [0, 1].map((part) => {
      const path = join(folder, `large-${part}.ndjson`);
      writeFileSync(path, Array.from({ length: 700 }, (_, at) => `${update(part * 700 + at)}\n`).join(""));
      return [path];
    });
    await expectTheSame(paths, { maxFindings: 5000 }, {});
    const lines = readFileSync(await stateOf(paths.flat(), { maxFindings: 5000 }), "utf8").split("\n");
    for (const part of [
      '"rule":"event-id-v4"',
      '{"kept":{"rule":"graph-ledger"',
      '{"kept":{"rule":"event-id-unique"',
    ])
      expect(lines.filter((line) => line.includes(part)).length).toBeGreaterThan(1);
  });

  it("and each part leaves the same state, however many threads have mapped it", async () => {
    const lines = fixtures
      .filter(({ path }) => path.endsWith(".ndjson"))
      .flatMap(({ path }) => readFileSync(path, "utf8").split("\n"))
      .filter((line) => line.length < 5000);
    const log = join(folder, "many.ndjson");
    writeFileSync(log, `${lines.join("\n")}\n`);
    const states = [{ jobs: 1 }, { jobs: 2, inlineBytes: 0, blockBytes: 20_000 }].map((options) =>
      stateOf([log], options),
    );
    const [one, several] = (await Promise.all(states)).map((path) => readFileSync(path, "utf8"));
    expect(several === one).toBe(true);
    for (const claimed of ["drift-events", "samples-collected"])
      expect(one).toContain(`{"kept":{"rule":"${claimed}"`);
  });
});
