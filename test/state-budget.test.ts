import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, exitCodeOf, type Occurrence, type Report } from "../src/index.js";
import type { Clause } from "../src/model/clause.js";
import { CLAUSES } from "../src/protocol/clauses/clauses.js";
import { RULES } from "../src/rules/index.js";
import { blockSizes, bytesOf, logs, uuidOf } from "./support/logs.js";
import { runs } from "./support/runs.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-state-"));
const path = join(folder, "log.ndjson");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function reportOf(log: string, options: CheckOptions): Promise<Report> {
  writeFileSync(path, log);
  return check([path], options);
}

interface Run {
  readonly report: Report;
  readonly occurrences: readonly string[];
}

async function run(log: Uint8Array, options: CheckOptions): Promise<Run> {
  writeFileSync(path, log);
  const occurrences: string[] = [];
  const onOccurrences = async (all: AsyncIterable<Occurrence>): Promise<void> => {
    for await (const occurrence of all) occurrences.push(JSON.stringify(occurrence));
  };
  return { report: await check([path], { ...options, onOccurrences }), occurrences };
}

describe("a log whose state is above --max-state", () => {
  it("is not called clean: a rule that gave up has not checked it", async () => {
    const one = { event_id: uuidOf("a", 1), event_family: "intent" };
    const log = [one, { ...one, event_type: "other" }].map((event) => `${JSON.stringify(event)}\n`).join("");
    const report = await reportOf(log, { maxState: 1 });
    expect(report.errors.map(({ message }) => message).join()).toContain("event-id-unique ran out of memory");
    expect(exitCodeOf(report, "none")).toBe(2);
  });

  it.each([-1, 0, Number.NaN])("ends whatever limit a library asks for: %d", async (maxState) => {
    const report = await reportOf('{"event_id":"a","event_family":"intent"}\n', { maxState });
    expect(report.errors.length).toBeGreaterThan(0);
  });

  it("is none where nothing was kept", async () => {
    expect((await reportOf("", { maxState: 1 })).errors).toEqual([]);
  });

  /** What a list holds more often than another. */
  function beyond(list: readonly string[], other: readonly string[]): string[] {
    const left = new Map<string, number>();
    for (const text of other) left.set(text, (left.get(text) ?? 0) + 1);
    return list.filter((text) => {
      const count = left.get(text) ?? 0;
      left.set(text, count - 1);
      return count <= 0;
    });
  }

  /** The clauses of rules that have given up. */
  function clausesLostIn({ errors }: Report): ReadonlySet<string> {
    const isLost = ({ id }: (typeof RULES)[number]): boolean =>
      errors.some(({ message }) => message.startsWith(`rule ${id} ran out of memory`));
    return new Set<string>(RULES.filter(isLost).flatMap(({ clauses }) => clauses));
  }

  /** True if a clause has the condition of one of the others. */
  function isOfCondition(clause: string, others: ReadonlySet<string>): boolean {
    const { when } = CLAUSES.find(({ id }) => id === clause) as Clause;
    return when !== undefined && CLAUSES.some((each: Clause) => each.when === when && others.has(each.id));
  }

  function reasonFor(rules: readonly string[]): RegExp {
    return new RegExp(`^rule (${rules.join("|")}) ran out of memory: .* \\(--max-state\\)$`);
  }

  it("is named as the reason where the inputs hold no event", async () => {
    const snapshot = {
      snapshot_id: "s",
      captured_at: "2026-01-05T08:00:00Z",
      graph_id: uuidOf("a", 1),
      node_count: 0,
      edge_count: 0,
    };
    const report = await reportOf(JSON.stringify(snapshot), { maxState: 1 });
    const clause = report.clauses.find(({ id }) => id === "IS-7.1-3");
    expect(clause?.reason).toMatch(reasonFor(["personal-data"]));
  });

  it("ends with a report whatever the limit, and says no more than without one", async () => {
    const settings = fc.record({
      complete: fc.boolean(),
      claims: fc.constantFrom([], ["runtime"] as const),
      maxFindings: fc.constant(1000),
    });
    const limits = fc.oneof(fc.nat(100_000), fc.nat(20_000_000));
    await fc.assert(
      fc.asyncProperty(logs, blockSizes, settings, limits, async (lines, blockBytes, options, maxState) => {
        const full = await run(bytesOf(lines), options);
        const short = await run(bytesOf(lines), { ...options, maxState, blockBytes });
        expect(beyond(short.occurrences, full.occurrences)).toEqual([]);
        const lost = clausesLostIn(short.report);
        for (const [index, { id, status, reason }] of short.report.clauses.entries()) {
          const before = full.report.clauses[index]!;
          if (reason?.includes("--max-state") === true) expect(status).toBe("inconclusive");
          // Of several reasons why a clause is open one is given.
          else if (lost.has(id)) expect([before.status, "inconclusive"]).toContain(status);
          // Whether a condition holds may be known to a rule that has given up.
          else if (isOfCondition(id, lost) && status === "not-exercised")
            expect([status, "not-applicable"]).toContain(before.status);
          else expect(status).toBe(before.status);
        }
        if (short.report.graphs.length > 0) expect(short.report.graphs).toEqual(full.report.graphs);
      }),
      { numRuns: runs(50), interruptAfterTimeLimit: 40_000 },
    );
  });
});
