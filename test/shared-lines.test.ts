import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, type Occurrence, type Report } from "../src/index.js";
import { SharedLines } from "../src/model/shared-lines.js";
import { fixtureLines, isObject } from "./support/fixture-lines.js";
import { blockSizes, logs } from "./support/logs.js";
import { runs } from "./support/runs.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-shared-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("SharedLines", () => {
  it("gives each record a place in order, and its line and number back", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 30 }), fc.boolean(), (perLine, inParts) => {
        const shared = new SharedLines();
        const records = perLine.flatMap((count, line) =>
          Array.from({ length: count }, (_, index) => ({ line, index, count })),
        );
        let extras = 0;
        for (const [at, { line, index }] of records.entries()) {
          if (index > 0) shared.add({ at: line + ++extras, count: 1 });
          if (inParts && at === 0) expect(shared.runs).toEqual([]);
        }
        const places = records.map(({ line, index }) => shared.placesOf(line).first + index);
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        for (const [at, { line, index, count }] of records.entries()) {
          const place = places[at] ?? -1;
          expect(shared.lineOf(place)).toBe(line);
          expect(shared.recordOf(place)).toBe(count > 1 ? index + 1 : undefined);
          expect(shared.placesOf(line).count).toBe(count);
        }
        const copy = new SharedLines();
        for (const run of shared.runs) copy.add(run);
        expect(copy.runs).toEqual(shared.runs);
      }),
    );
  });

  it("refuses what is out of order, and a first record that would follow another", () => {
    const shared = new SharedLines();
    expect(() => shared.add({ at: 0, count: 1 })).toThrow(RangeError);
    shared.add({ at: 4, count: 2 });
    expect(() => shared.add({ at: 5, count: 1 })).toThrow(RangeError);
  });
});

interface Run {
  readonly report: Report;
  readonly occurrences: readonly Occurrence[];
}

async function run(path: string, options: CheckOptions = {}): Promise<Run> {
  const occurrences: Occurrence[] = [];
  const onOccurrences = async (all: AsyncIterable<Occurrence>): Promise<void> => {
    for await (const occurrence of all) occurrences.push(occurrence);
  };
  return { report: await check([path], { ...options, onOccurrences }), occurrences };
}

/** What a run found, in its order, with the number of each record in place of its line. */
function told({ report, occurrences }: Run, isArray: boolean): unknown {
  const placed = <Place extends Partial<Occurrence>>({ path: _path, column, ...place }: Place) => ({
    ...place,
    line: isArray ? (place.record ?? place.line) : place.line,
    record: undefined,
    hasColumn: column !== undefined,
    excerpt: undefined,
  });
  return {
    statuses: report.clauses.map(({ id, status, checked, violations }) => [id, status, checked, violations]),
    findings: report.findings.map(({ locations, related, ...finding }) => ({
      ...finding,
      locations: locations.map(placed),
      related: related.map(placed),
    })),
    occurrences: occurrences.map((occurrence) => ({
      ...placed(occurrence),
      related: occurrence.related?.map(placed),
    })),
    graphs: report.graphs,
  };
}

let files = 0;
function file(text: string | Uint8Array): string {
  const path = join(folder, `log-${files++}`);
  writeFileSync(path, text);
  return path;
}

const SEPARATORS = [",", ", ", " ,"];
const records = logs.map((lines) => lines.map(({ text }) => text).filter(isObject));

describe("records of a JSON array on one line", () => {
  it("are told apart as the lines of NDJSON are, in the same order", async () => {
    const separators = fc.array(fc.constantFrom(...SEPARATORS), { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(records, separators, blockSizes, async (texts, between, blockBytes) => {
        fc.pre(texts.length > 0);
        const lines = file(texts.map((text) => `${text}\n`).join(""));
        const array = file(`[${texts.map((text, at) => (at === 0 ? "" : between[at]) + text).join("")}]`);
        const expected = told(await run(lines, { blockBytes, maxFindings: 7 }), false);
        expect(told(await run(array, { blockBytes, maxFindings: 7 }), true)).toEqual(expected);
      }),
      { numRuns: runs(60), interruptAfterTimeLimit: 30_000 },
    );
  });

  it("are so in whatever part of a line they stand, and stay so in a state", async () => {
    const breaks = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(records, breaks, blockSizes, async (texts, isBroken, blockBytes) => {
        const comma = (at: number): string => (at === 0 ? "" : isBroken[at] ? ",\n" : ",");
        const array = file(`[${texts.map((text, at) => comma(at) + text).join("")}\n]`);
        const options = { maxFindings: 7 };
        const { report } = await run(array, { ...options, jobs: 1 });
        expect((await run(array, { ...options, blockBytes })).report).toEqual(report);
        const state = join(folder, "a.state");
        const onState = async (lines: Iterable<string>): Promise<void> =>
          writeFileSync(state, [...lines].join(""));
        await check([array], { ...options, blockBytes, onState });
        expect(await check([], { ...options, stateIn: [state] })).toEqual(report);
      }),
      { numRuns: runs(40), interruptAfterTimeLimit: 30_000 },
    );
  });

  it("are so in threads, and where they are compressed", async () => {
    const texts = fixtureLines().filter(isObject);
    const array = Buffer.from(`[${texts.join()}]`);
    // What is carried is counted in place of what carries it, which is a line as well.
    const options = { unwrap: "none" } as const;
    const expected = told(await run(file(texts.map((text) => `${text}\n`).join("")), options), false);
    const threaded = { ...options, jobs: 3, inlineBytes: 0, blockBytes: 1 << 14 };
    expect(told(await run(file(array), threaded), true)).toEqual(expected);
    expect(told(await run(file(gzipSync(array)), options), true)).toEqual(expected);
  });
});

describe("records that are glued together on a line", () => {
  it("have the order of the line, and those behind them keep their lines", async () => {
    const event = (number: number, timestamp: string): string =>
      JSON.stringify({
        event_id: `1b671a64-40d5-491e-99b0-${String(number).padStart(12, "0")}`,
        event_type: "more",
        event_family: "intent",
        timestamp,
      });
    const [early, late] = ["2026-01-05T08:00:00Z", "2026-01-05T09:00:00Z"];
    const glued = event(0, early) + event(1, early) + event(0, late);
    const path = file(`${glued}\n${event(2, early)}\n${event(1, late)}\n`);
    const { report, occurrences } = await run(path);
    const found = report.findings.find(({ rule }) => rule === "event-id-unique");
    expect(found?.locations).toMatchObject([
      { line: 1, record: 3, column: 2 + event(0, early).length * 2 + 12 - 1, pointer: "/event_id" },
      { line: 3, column: 13, pointer: "/event_id" },
    ]);
    expect(found?.related).toMatchObject([
      { line: 1, record: 1 },
      { line: 1, record: 2 },
    ]);
    const lines = occurrences.filter(({ rule }) => rule === "event-id-unique");
    expect(lines.map(({ line, record }) => [line, record])).toEqual([
      [1, 3],
      [3, undefined],
    ]);
  });
});
