import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, FORMATS, type Occurrence, type Report } from "../src/index.js";
import type { LogRule, Observation } from "../src/model/rule.js";
import type { JsonObject } from "../src/model/subject.js";
import { recognise } from "../src/recognise/recognise.js";
import { RULES } from "../src/rules/index.js";
import { blockSizes, bytesOf, datedLogs, type LogLine, logs, unrelatedPipelines } from "./support/logs.js";
import { runs } from "./support/runs.js";
import { unscanned } from "./support/scanned.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-logs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Everything that a run says of a log: its report, and every occurrence of every finding. */
interface Run {
  readonly report: Report;
  readonly occurrences: readonly Occurrence[];
}

async function run(inputs: readonly (readonly LogLine[])[], options: CheckOptions): Promise<Run> {
  const paths = inputs.map((lines, index) => {
    const path = join(folder, `${index}.ndjson`);
    writeFileSync(path, bytesOf(lines));
    return path;
  });
  const occurrences: Occurrence[] = [];
  const onOccurrences = async (all: AsyncIterable<Occurrence>): Promise<void> => {
    for await (const occurrence of all) occurrences.push(occurrence);
  };
  return { report: await check(paths, { ...options, onOccurrences }), occurrences };
}

/** Shrinking ends before the test runner does, so that there is a counterexample to look at. */
const PATIENCE = { interruptAfterTimeLimit: 40_000 };

const settings: fc.Arbitrary<CheckOptions> = fc.record({
  complete: fc.constantFrom(true, true, false),
  claims: fc.constantFrom([], ["runtime", "integration"] as const),
});

/** Log rules that find nothing: they make tables of the report, say why a clause is open, or few things happen. */
const SILENT = [
  "graph-ledger",
  "crosscut-coverage",
  "rollback-events",
  "execution-for-each-call",
  "mapping-documents",
];

function isObject({ text }: LogLine): boolean {
  try {
    return !text.includes("ÿ") && JSON.parse(text) !== null && text.startsWith("{");
  } catch {
    return false;
  }
}

describe("the logs of these tests", () => {
  it("break every log rule", async () => {
    const rules = RULES.filter(
      (rule) => rule.evidence === "log" && (rule.judge ?? rule.conclude) !== undefined,
    ).filter(({ id }) => !SILENT.includes(id));
    const broken = new Set<string>();
    for (const lines of fc.sample(logs, { seed: 6, numRuns: 60 })) {
      if (rules.every(({ id }) => broken.has(id))) break;
      // What is missing in a log that could not be read in full is no finding.
      for (const part of [lines, lines.filter(isObject)]) {
        const { report } = await run([part], { complete: true, claims: ["runtime"] });
        for (const { rule } of report.findings) broken.add(rule);
      }
    }
    expect(rules.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });
});

describe("a log cut into blocks anywhere", () => {
  const inputs = fc.oneof(
    { weight: 3, arbitrary: logs.map((lines) => [lines]) },
    { weight: 1, arbitrary: fc.array(logs, { minLength: 2, maxLength: 3 }) },
  );
  const limits = fc.record({
    maxFindings: fc.constantFrom(1, 3, 20),
    maxRecordBytes: fc.constantFrom(1e6, 1e6, 1e6, 250),
  });

  it("gives the report, and the findings, of the whole log", async () => {
    const json = ({ report }: Run): string => [...FORMATS.json(report)].join("");
    await fc.assert(
      fc.asyncProperty(inputs, blockSizes, settings, limits, async (lists, blockBytes, options, limit) => {
        const whole = await run(lists, { ...options, ...limit });
        const cut = await run(lists, { ...options, ...limit, blockBytes });
        expect(json(cut)).toBe(json(whole));
        expect(cut.occurrences).toEqual(whole.occurrences);
      }),
      { numRuns: runs(80), ...PATIENCE },
    );
  });
});

/** The observations of one rule in one log, by their keys. */
function observationsOf(rule: LogRule, lines: readonly LogLine[]): Map<string, Observation<unknown>[]> {
  const groups = new Map<string, Observation<unknown>[]>();
  for (const [line, { text }] of lines.entries()) {
    const value = objectOf(text);
    if (value === undefined) continue;
    const subject = recognise(value);
    const integration = "integration" in subject ? subject.integration : undefined;
    const record = unscanned(text, value, line);
    const observed = rule.source.observe({ record, subject, event: value, integration });
    if (observed === undefined) continue;
    const { key, value: kept, instant } = observed;
    const observation = { value: kept, at: { input: 0, line }, ...(instant && { instant }) };
    groups.set(key, [...(groups.get(key) ?? []), observation]);
  }
  return groups;
}

function objectOf(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

describe("what a rule combines", () => {
  const rules: LogRule[] = RULES.filter((rule) => rule.evidence === "log");
  const combining = rules.filter(({ source }) => source.combine !== undefined);

  it.each(combining)("comes out the same in whatever parts: $id", (rule) => {
    const joined = (list: readonly Observation<unknown>[]): Observation<unknown>[] =>
      list.length === 0
        ? []
        : [list.reduce((earlier, later) => rule.source.combine?.(earlier, later) ?? later)];
    fc.assert(
      fc.property(logs, fc.nat(40), fc.nat(40), (lines, first, second) => {
        for (const list of observationsOf(rule, lines).values()) {
          const [start = 0, end = 0] = [first, second]
            .map((at) => at % (list.length + 1))
            .sort((a, b) => a - b);
          const parts = [list.slice(0, start), list.slice(start, end), list.slice(end)];
          expect(joined(parts.flatMap(joined))).toEqual(joined(list));
        }
      }),
      { numRuns: runs(250), ...PATIENCE },
    );
  });
});

/** The number of a line in the log that another one was made from, or that it was added to it. */
type Origin = number | "added";

/** An occurrence with its lines as they were before the log was changed. */
type Found = Omit<Occurrence, "path" | "line" | "related"> & {
  readonly at: Origin | "log";
  readonly related: readonly Origin[];
};

function found({ occurrences }: Run, origins?: readonly Origin[]): Found[] {
  const originOf = (line: number): Origin =>
    origins === undefined ? line - 1 : (origins[line - 1] ?? "added");
  return occurrences.map(({ path: _path, line, related = [], ...rest }) => ({
    ...rest,
    at: rest.absent === true ? "log" : originOf(line),
    related: related.map((other) => originOf(other.line)),
  }));
}

/** In an order that does not depend on that of the lines. */
function sorted(list: readonly unknown[]): string[] {
  return list.map((item) => JSON.stringify(item)).sort();
}

describe("the order of lines", () => {
  /** Moves lines about, but leaves those of equal instants in their order among each other. */
  function permuted(lines: readonly LogLine[], places: readonly number[]): number[] {
    const order = [...lines.keys()].sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b);
    const waiting = new Map<number, number[]>();
    for (const [index, { instant }] of lines.entries())
      if (instant !== undefined) waiting.set(instant, [...(waiting.get(instant) ?? []), index]);
    return order.map((index) => waiting.get(lines[index]?.instant ?? -1)?.shift() ?? index);
  }

  /**
   * What a finding may say that depends on the order of lines, by its clause:
   * IS-13.2-2 notes that very order. PS-4.1-3 names the copy that comes later. PS-6.1-2 and RG-7.1-4 take what
   * comes first as what holds, so that other lines depart from it; how many do so for PS-6.1-2 depends on it too.
   * RG-7.2-3, IS-7.1-3, RG-7.1-1a, PS-4.1-9 and the notes of RG-7.1-3 are about the log as a whole, or a pipeline:
   * they show the first event of the kind, or stand at it. Of snapshots and samples with one id the first is the one
   * that counts; RG-4.1-1 compares names with snapshots where the log names them first.
   */
  function orderless(list: readonly Found[]): unknown[] {
    return list.flatMap((finding): unknown[] => {
      const { rule, clauses, level, message, hint, pointer, related: _related, ...rest } = finding;
      const about = { rule, clauses, level, message, hint, pointer };
      if (clauses.includes("IS-13.2-2") || clauses.includes("PS-6.1-2")) return [];
      if (clauses.includes("RG-4.1-1")) return [];
      const ofFirst = ["snapshot-id-unique", "sample-id-unique", "stage-orders"];
      const atFirst = ["PS-4.1-3", "PS-4.1-9", "RG-7.1-4", "RG-7.1-1a"];
      if (ofFirst.includes(rule) || atFirst.some((clause) => clauses.includes(clause))) return [about];
      if (clauses.includes("IS-7.1-3")) return [{ ...about, pointer: undefined }];
      return clauses.includes("RG-7.2-3") ? [{ ...about, ...rest }] : [finding];
    });
  }

  /** A reason names the open obligation that comes first; where there are several kinds, the order decides. */
  const severalReasons = ["MAP-2", "IS-4.2-2"];

  function results({ clauses }: Report): unknown[] {
    const ordered = clauses.filter(({ id }) => id !== "RG-4.1-1");
    return ordered.map(({ id, status, checked, violations, reason }) => ({
      id,
      status,
      checked,
      ...(id !== "PS-6.1-2" && { violations }),
      ...(!severalReasons.includes(id) && { reason }),
    }));
  }

  it("does not matter where each event says when it happened", async () => {
    const places = fc.array(fc.nat(40), { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(datedLogs, places, settings, async (lines, wanted, options) => {
        const order = permuted(lines, wanted);
        const before = await run([lines], options);
        const after = await run([order.map((index) => lines[index]!)], options);
        expect(results(after.report)).toEqual(results(before.report));
        expect(sorted(orderless(found(after, order)))).toEqual(sorted(orderless(found(before))));
        expect(sorted(after.report.graphs)).toEqual(sorted(before.report.graphs));
      }),
      { numRuns: runs(100), ...PATIENCE },
    );
  });
});

describe("the order of events that share an instant", () => {
  const LIFECYCLES = ["RG-4.3-2", "RG-7.1-3", "PS-7.3-2", "IS-3.1-1", "IS-3.4-1", "MAP-2", "SA-1"];

  /** What a report says of lifecycles, without places and hints: of several orders at one instant, any may be shown. */
  function lifecycles({ clauses, findings }: Report): unknown[] {
    const results = clauses
      .filter(({ id }) => LIFECYCLES.includes(id))
      .map(({ id, status, checked, violations }) => ({ id, status, checked, violations }));
    const counts = new Map<string, number>();
    for (const { clauses: broken, level, message, count } of findings) {
      if (!broken.some((clause) => LIFECYCLES.includes(clause))) continue;
      const kind = JSON.stringify([broken, level, message]);
      counts.set(kind, (counts.get(kind) ?? 0) + count);
    }
    return [...results, ...[...counts].sort()];
  }

  it("does not matter to lifecycles", async () => {
    const places = fc.array(fc.nat(40), { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(datedLogs, places, settings, async (lines, wanted, options) => {
        const order = [...lines.keys()].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
        const before = await run([lines], options);
        const after = await run([order.map((index) => lines[index]!)], options);
        expect(lifecycles(after.report)).toEqual(lifecycles(before.report));
      }),
      { numRuns: runs(100), ...PATIENCE },
    );
  });
});

describe("events of an unrelated pipeline", () => {
  /** The log has a family, so that no finding is about the file as a whole. */
  const first: LogLine = {
    text: '{"event_id":"00000000-0000-4000-8000-000000000000","event_type":"intent_received","event_family":"intent","timestamp":"2026-01-05T08:00:00Z"}',
  };

  /** Rules about pipeline_stage events whichever their pipeline. */
  const aboutAnyStage = ["pipeline-stage-emitted", "ci-runs-covered", "project-id-left-out"];

  function isAboutAnyStage({ rule }: Found): boolean {
    return aboutAnyStage.includes(rule);
  }

  it("change no finding about other events", async () => {
    await fc.assert(
      fc.asyncProperty(
        logs,
        unrelatedPipelines,
        fc.array(fc.nat(40), { minLength: 8, maxLength: 8 }),
        settings,
        async (rest, added, places, options) => {
          const lines = [first, ...rest];
          const both: { readonly line: LogLine; readonly origin: Origin }[] = lines.map((line, origin) => ({
            line,
            origin,
          }));
          for (const [index, line] of added.entries())
            both.splice((places[index] ?? 0) % (both.length + 1), 0, { line, origin: "added" });
          const before = await run([lines], options);
          const after = await run([both.map(({ line }) => line)], options);
          const others = found(
            after,
            both.map(({ origin }) => origin),
          ).filter(({ at }) => at !== "added");
          expect(others.filter((finding) => !isAboutAnyStage(finding))).toEqual(
            found(before).filter((finding) => !isAboutAnyStage(finding)),
          );
          expect(after.report.graphs).toEqual(before.report.graphs);
        },
      ),
      { numRuns: runs(50), ...PATIENCE },
    );
  });
});
