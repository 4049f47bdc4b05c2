import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  check,
  checkEvents,
  createSink,
  exitCodeOf,
  FORMATS,
  inputsOf,
  judgePartition,
  loadConfig,
  parseReport,
  type Report,
  STATS_FORMATS,
  selftest,
  sliceLog,
  statementOf,
  statsOf,
} from "../src/index.js";
import { ROOT } from "./support/fixtures.js";
import { BROKEN, CLEAN } from "./support/workspace.js";

const linesIn = (path: string): string[] => readFileSync(path, "utf8").trimEnd().split("\n");
const objectsIn = (path: string): object[] => linesIn(path).map((line) => JSON.parse(line) as object);
const MAPPING = join(ROOT, "fixtures/audit/conforming/mapping.yaml");

async function* slowly<T>(values: Iterable<T>): AsyncGenerator<T> {
  for (const value of values) {
    await new Promise((resolve) => setImmediate(resolve));
    yield value;
  }
}

/** A report without the name and the places that only a file has. */
const findingsOf = ({ findings }: Report) =>
  findings.map(({ rule, clauses, level, message, count, locations }) => ({
    rule,
    clauses,
    level,
    message,
    count,
    lines: locations.map(({ line }) => line),
  }));

describe("checkEvents", () => {
  it.each([
    ["an array of objects", () => objectsIn(BROKEN)],
    ["an array of lines", () => linesIn(BROKEN)],
    ["a set", () => new Set(objectsIn(BROKEN))],
    ["bytes", () => linesIn(BROKEN).map((line) => new TextEncoder().encode(line))],
    ["an async generator", () => slowly(objectsIn(BROKEN))],
    ["a stream of objects", () => Readable.from(objectsIn(BROKEN))],
    ["the lines of a stream", () => createInterface({ input: Readable.from(readFileSync(BROKEN)) })],
  ])("finds in %s what check finds in the file", async (_, events) => {
    const report = await checkEvents(events());
    const whole = await check([BROKEN]);
    expect(findingsOf(report)).toEqual(findingsOf(whole));
    expect(report.summary).toEqual(whole.summary);
    expect(report.inputs.map(({ path }) => path)).toEqual(["events"]);
  });

  it("takes the options of a check, and files besides the events", async () => {
    const events = objectsIn(join(ROOT, "fixtures/audit/conforming/events.ndjson"));
    const report = await checkEvents(events, { name: "run", claims: ["runtime"], paths: [MAPPING] });
    expect(report.inputs.map(({ path, kind }) => [path, kind])).toEqual([
      ["run", "event-log"],
      [MAPPING, "mapping"],
    ]);
    expect(report.claims).toEqual(["runtime"]);
  });

  it("is not green where there was nothing to check", async () => {
    expect(exitCodeOf(await checkEvents([]))).toBe(3);
    expect(exitCodeOf(await checkEvents([{ hello: "world" }]))).toBe(3);
  });

  it("passes an error of the events on", async () => {
    const failing = (async function* () {
      yield {};
      throw new Error("the runtime died");
    })();
    await expect(checkEvents(failing)).rejects.toThrow("the runtime died");
  });
});

describe("a sink", () => {
  it("gives the findings of an event at once, and the report at the end, as often as it is asked", async () => {
    const sink = await createSink();
    const found = objectsIn(BROKEN).map((event) => sink.emit(event));
    expect(found[0]).toMatchObject([{ clauses: ["PS-6.1-1"], line: 1, path: "events" }]);
    expect(found[1]).toEqual([]);
    expect(found[6]).toMatchObject([{ clauses: ["PS-4.1-2"], line: 7, pointer: "/event_id" }]);
    expect(await sink.report()).toEqual(await checkEvents(objectsIn(BROKEN)));
    sink.emit(objectsIn(CLEAN)[0]);
    expect(sink.size).toBe(15);
    expect((await sink.report()).summary.events).toBe(15);
  });

  it("keeps an event as it was", async () => {
    const sink = await createSink();
    const event: Record<string, unknown> = { ...objectsIn(CLEAN)[0] };
    sink.emit(event);
    event.event_id = "changed later";
    expect(exitCodeOf(await sink.report())).toBe(0);
  });

  it("counts lines where a text has several", async () => {
    const sink = await createSink();
    sink.emit(readFileSync(CLEAN, "utf8"));
    expect(sink.emit({ ...objectsIn(CLEAN)[0], event_id: "x" })).toMatchObject([{ line: 15 }]);
  });
});

it("standard input may be a stream of text", async () => {
  const stdin = createReadStream(CLEAN, { encoding: "utf8", highWaterMark: 7 });
  const { inputs, summary } = await check(["-"], { stdin, stdinName: CLEAN });
  const plain = await check([CLEAN]);
  expect({ inputs, summary }).toEqual({ inputs: plain.inputs, summary: plain.summary });
});

describe("a wrong argument", () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const keep = async (): Promise<void> => undefined;
  it.each([
    ["a path as a string", () => check("a.ndjson" as never), 'paths must be an array: pass ["a.ndjson"]'],
    [
      "a URL",
      () => check([pathToFileURL(CLEAN) as never]),
      "paths[0] must be a string, not a URL: pass fileURLToPath(url)",
    ],
    ["no paths", () => check(undefined as never), "paths must be an array of strings, not undefined"],
    ["no options", () => check([CLEAN], null as never), "options must be an object, not null"],
    ["a claim as a string", () => check([CLEAN], { claims: "runtime" as never }), 'pass ["runtime"]'],
    ["an unknown claim", () => check([CLEAN], { claims: ["runtim" as never] }), "did you mean runtime?"],
    [
      "an option by another name",
      () => check([CLEAN], { claim: ["runtime"] } as never),
      "did you mean claims?",
    ],
    ["an option with a slip", () => check([CLEAN], { complet: true } as never), "did you mean complete?"],
    [
      "an option that nobody knows",
      () => check([CLEAN], { zzz: undefined } as never),
      "there is no option zzz: leave it out, or pass one of claims, inputs,",
    ],
    [
      "an option that events do not have",
      () => checkEvents([], { stdinName: "x" } as never),
      "there is no option stdinName",
    ],
    ["an option of a sink", () => createSink({ failOn: "may" } as never), "there is no option failOn"],
    [
      "an option of a search",
      () => inputsOf([CLEAN], { kind: {} } as never),
      "there is no option kind: did you mean kinds?",
    ],
    [
      "an option of a selftest",
      () => selftest([CLEAN], { policy: {} } as never),
      "there is no option policy",
    ],
    [
      "an option of a slice",
      () => sliceLog([CLEAN], "event-id-v4", { maxcheck: 1 } as never),
      "did you mean maxChecks?",
    ],
    [
      "an option of a partition",
      () => judgePartition([], { partitions: 1 } as never),
      "did you mean partition?",
    ],
    [
      "a member of an option",
      () => check([CLEAN], { follow: { until: AbortSignal.abort(), idle: 1 } } as never),
      "follow must be an object with until (an AbortSignal) and idleMs (a number)",
    ],
    [
      "an option without a member",
      () => check([CLEAN], { dealing: { partitions: 2 } } as never),
      "dealing must be an object with partitions (a whole number from 1 to 1024) and onState (a function)",
    ],
    [
      "a configuration without a path",
      () => check([CLEAN], { configuration: { origin: "named" } as never }),
      "configuration must be an object with path (a string) and origin (one of found, named)",
    ],
    ["too many partitions", () => check([CLEAN], { dealing: { partitions: 1e9, onState: keep } }), "to 1024"],
    [
      "a part behind the last",
      () => check([CLEAN], { part: { number: 3, of: 2 } }),
      "part must be an object",
    ],
    ["a part of nothing", () => check([CLEAN], { part: { number: 3 } as never }), "of (a whole number from"],
    [
      "events that are followed",
      () => checkEvents([], { follow: { until: AbortSignal.abort() } } as never),
      "there is no option follow",
    ],
    [
      "an option of a format",
      async () => FORMATS.text(await check([CLEAN]), { color: false, colour: true } as never),
      "there is no option colour: did you mean color?",
    ],
    [
      "no surface",
      async () => FORMATS.text(await check([CLEAN]), undefined as never),
      "options must be an object, not undefined",
    ],
    [
      "an option of statistics",
      async () => STATS_FORMATS.text(statsOf(await check([CLEAN])), { colour: true } as never),
      "there is no option colour: did you mean color?",
    ],
    [
      "a member of a product",
      async () => statementOf(await check([CLEAN]), { "valid-until": "2027-01-01" } as never, ""),
      "did you mean validUntil?",
    ],
    [
      "options in place of a finding",
      () => sliceLog([CLEAN], {} as never),
      "wanted must be a string, not an object",
    ],
    [
      "bytes in place of a report",
      () => parseReport(readFileSync(CLEAN) as never),
      "text must be a string, not an object",
    ],
    ["no folder", () => loadConfig(undefined, undefined as never), "folder must be a string, not undefined"],
    ["an option as in a configuration", () => check([CLEAN], { "max-findings": 1 } as never), "maxFindings?"],
    ["a switch as a text", () => check([CLEAN], { complete: "no" as never }), "true or false, not a string"],
    ["a number below the least", () => check([CLEAN], { maxFindings: 0 }), "from 1, not 0"],
    ["no number", () => check([CLEAN], { blockBytes: Number.NaN }), "a whole number from 1, not NaN"],
    ["an unknown carrier", () => check([CLEAN], { unwrap: "foo" as never }), "unwrap must be auto, none"],
    ["kinds as a map", () => check([CLEAN], { kinds: new Map() as never }), "an object with a kind for each"],
    ["an unknown kind", () => check([CLEAN], { kinds: { a: "log" as never } }), "event-log, mapping"],
    ["a list as a folder", () => check([CLEAN], { schemas: ["x"] as never }), "schemas must be a string"],
    ["a path of invariants", () => check([CLEAN], { invariants: "x" as never }), "an array of strings"],
    ["an option of events", () => checkEvents([], { redact: 1 as never }), "redact must be true or false"],
    ["a text", () => checkEvents("{}"), 'text.split("\\n")'],
    ["one event", () => checkEvents({} as never), "pass [event]"],
    [
      "no events",
      () => checkEvents(undefined as never),
      "events must be an iterable of events, not undefined",
    ],
    [
      "a number among events",
      () => checkEvents([{}, 7]),
      "event 2 must be an object or a line of JSON, not a number",
    ],
    ["a circle", () => checkEvents([circular]), "event 1 cannot be written as JSON"],
    ["a claim of a sink", () => createSink({ claims: ["all" as never] }), "there is no claim all"],
    ["no event of a sink", async () => (await createSink()).emit(null), "not null"],
  ])("%s gets a sentence", async (_, action, words) => {
    const error: unknown = await action().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ArgumentError);
    expect((error as Error).message).toContain(words);
  });
});
