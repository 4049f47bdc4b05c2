import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { check, exitCodeOf, type Report } from "../src/index.js";
import { ROOT } from "./support/fixtures.js";
import { uuidOf } from "./support/logs.js";
import { some } from "./support/long.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-near-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Members = Readonly<Record<string, unknown>>;

const TIMES = { timestamp: "2026-01-05T08:00:00Z" };
const core = (family: string) => ({
  event_id: uuidOf("a", 1),
  event_type: "any",
  event_family: family,
  ...TIMES,
  project_id: uuidOf("e", 1),
});
const STAGE: Members = {
  ...core("pipeline_stage"),
  pipeline_id: uuidOf("c", 1),
  stage_id: "build",
  stage_status: "running",
  stage_name: "Build",
  stage_order: 1,
};
const GRAPH: Members = {
  ...core("graph_update"),
  graph_id: uuidOf("f", 1),
  update_kind: "node_add",
  node_delta: 1,
  edge_delta: 0,
  source_module: "plan",
};
const EXECUTION: Members = {
  ...core("runtime_execution"),
  execution_id: uuidOf("d", 1),
  executor_kind: "agent",
  executor_role: "planner",
  status: "running",
};
const CI: Members = { ci_provider: "jenkins", pipeline_id: "main", run_id: "1", status: "running" };
const TOOL: Members = {
  tool_id: "eslint",
  tool_kind: "linter",
  invocation_id: uuidOf("b", 1),
  status: "running",
};

function wrapped(type: string, payload: Members): Members {
  return { ...core("external_integration"), event_type: type, source: "adapter", payload };
}

function renamed(event: Members, field: string, name: string): Members {
  return Object.fromEntries(Object.entries(event).map(([key, value]) => [key === field ? name : key, value]));
}

function without(event: Members, ...names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name)));
}

/** The event with all members except its core fields in an object. */
function under(name: string, event: Members): Members {
  return { ...core(String(event.event_family)), [name]: without(event, ...Object.keys(core(""))) };
}

const camel = (name: string): string => name.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase());
const inCamelCase = (event: Members): Members =>
  Object.fromEntries(Object.entries(event).map(([name, value]) => [camel(name), value]));
const stampedWith = (timestamp: unknown): Members => ({ ...STAGE, timestamp });
const line = (...events: readonly Members[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join("");
const SECOND: Members = { ...STAGE, event_id: uuidOf("a", 2), stage_id: "test" };

type Row = readonly [name: string, content: string | Uint8Array, said: RegExp];

const MEMBERS: readonly Row[] = [
  ...(
    [
      [STAGE, "timestamp", "ts"],
      [STAGE, "timestamp", "time"],
      [STAGE, "timestamp", "timeStamp"],
      [STAGE, "timestamp", "@timestamp"],
      [STAGE, "timestamp", "created_at"],
      [STAGE, "timestamp", "tiemstamp"],
      [STAGE, "event_id", "id"],
      [STAGE, "event_id", "uuid"],
      [STAGE, "event_id", "eventId"],
      [STAGE, "event_id", "evnt_id"],
      [STAGE, "event_type", "type"],
      [STAGE, "event_type", "name"],
      [STAGE, "event_type", "event-type"],
      [STAGE, "event_family", "event_familly"],
      [STAGE, "event_family", "eventFamily"],
      [STAGE, "event_family", "family"],
      [STAGE, "pipeline_id", "pipelineId"],
      [STAGE, "pipeline_id", "pipeline"],
      [STAGE, "stage_id", "stageId"],
      [STAGE, "stage_status", "status"],
      [STAGE, "stage_status", "state"],
      [STAGE, "stage_name", "stageName"],
      [STAGE, "stage_order", "order"],
      [GRAPH, "graph_id", "graphId"],
      [GRAPH, "graph_id", "psg_id"],
      [GRAPH, "update_kind", "updateKind"],
      [GRAPH, "update_kind", "kind"],
      [GRAPH, "node_delta", "nodeDelta"],
      [GRAPH, "node_delta", "nodes_delta"],
      [GRAPH, "edge_delta", "edges"],
      [GRAPH, "source_module", "module"],
      [EXECUTION, "execution_id", "executionId"],
      [EXECUTION, "executor_kind", "executor_type"],
      [EXECUTION, "status", "state"],
    ] as const
  ).map(
    ([event, field, name]): Row => [
      `${name} in place of ${field}`,
      line(renamed(event, field, name)),
      new RegExp(`rename ${name} to ${field}`),
    ],
  ),
  ...(
    [
      ["ci_event", CI, "pipeline_id", "pipelineId"],
      ["ci_event", CI, "ci_provider", "provider"],
      ["ci_event", CI, "run_id", "run_number"],
      ["ci_event", CI, "status", "conclusion"],
      ["tool_event", TOOL, "tool_id", "toolId"],
      ["tool_event", TOOL, "invocation_id", "invocaton_id"],
    ] as const
  ).map(
    ([type, payload, field, name]): Row => [
      `${name} in place of ${field} in a ${type}`,
      line(wrapped(type, renamed(payload, field, name))),
      new RegExp(`${field} is missing rename ${name} to ${field}`),
    ],
  ),
  [
    "camelCase throughout",
    line(inCamelCase(STAGE), inCamelCase(SECOND)),
    /eventId to event_id.*eventFamily to event_family.*stageStatus to stage_status/,
  ],
  [
    "the shape of the minimal runtime",
    line({ id: "1", kind: "pipeline.stage", ...TIMES, runId: "r", module: "plan", payload: { stage: "a" } }),
    /minimal runtime.*rename id to event_id and kind to event_type, set event_family/,
  ],
  [
    "core fields under other names",
    line({ id: "1", type: "ci", family: "external_integration", time: TIMES.timestamp, payload: CI }),
    /core fields under other names, and was not judged name the fields event_id/,
  ],
  [
    "a bare integration event in camelCase",
    line({ repoUrl: "https://a.example/r", commitId: "abc", refName: "main", eventKind: "push", ...TIMES }),
    /integration event with its fields in another spelling, and was not judged/,
  ],
  [
    "a time under another name beside that of a payload",
    line(
      renamed(
        wrapped("file_update_event", { file_path: "a", change_type: "modified", ...TIMES }),
        "timestamp",
        "time",
      ),
    ),
    /timestamp is missing rename time to timestamp/,
  ],
  ...["data", "attributes", "metadata"].map(
    (name): Row => [
      `fields under ${name}`,
      line(under(name, GRAPH)),
      new RegExp(`graph_id stands under ${name}`),
    ],
  ),
  [
    "fields of an object event",
    line({ ...without(STAGE, "event_id", "event_type"), event: { id: STAGE.event_id, type: "any" } }),
    /the member id of event stands for it: write it/,
  ],
  [
    "a name before the family",
    line({ ...STAGE, event_family: "mplp.pipeline_stage" }),
    /did you mean "pipeline_stage"/,
  ],
  ["half of a family", line({ ...GRAPH, event_family: "graph" }), /set event_family to "graph_update"/],
  [
    "a number in quotes",
    line({ ...GRAPH, node_delta: "1" }),
    /node_delta is not an integer write the number without/,
  ],
  ["null for no value", line({ ...STAGE, project_id: null }), /project_id is not a string it is null/],
  ["a number as an id", line({ ...STAGE, event_id: 17 }), /event_id is not a string a UUID v4 is needed/],
  ["a payload in a string", line({ ...STAGE, payload: '{"a":1}' }), /write the object itself/],
  ["a record of no known shape", line({ hello: "world" }), /give an event its event_id, event_type/],
  ["a span", line({ traceId: "a", spanId: "b", name: "run" }), /span of OpenTelemetry/],
];

const VALUES: readonly Row[] = [
  [
    "seconds since 1970",
    line(stampedWith(1767600000)),
    /in seconds: write new Date\(value \* 1000\)\.toISOString/,
  ],
  [
    "milliseconds since 1970",
    line(stampedWith(1767600000000)),
    /in milliseconds: write new Date\(value\)\.toISO/,
  ],
  ["nanoseconds since 1970", line(stampedWith(1767600000000000000)), /in nanoseconds/],
  ["seconds since 1970 in quotes", line(stampedWith("1767600000")), /Unix time in seconds/],
  ["a local time", line(stampedWith("2026-01-05T08:00:00.123")), /no time zone: add Z.*timezone\.utc/],
  ["a blank for the T", line(stampedWith("2026-01-05 08:00:00")), /put a "T" between.*no time zone/],
  [
    "an offset without its colon",
    line(stampedWith("2026-01-05T08:00:00+0100")),
    /write the offset as \+hh:mm/,
  ],
  [
    "a zone's name",
    line(stampedWith("2026-01-05T08:00:00 CET")),
    /offset like \+02:00 in place of the zone's name/,
  ],
  ["UTC behind a time", line(stampedWith("2026-01-05T08:00:00 UTC")), /write "Z" for UTC/],
  ["29 February", line(stampedWith("2026-02-29T08:00:00Z")), /only leap years have 29 February/],
  ["31 April", line(stampedWith("2026-04-31T08:00:00Z")), /no such day/],
  ["hour 24", line(stampedWith("2026-01-05T24:00:00Z")), /hour 24 as 00:00:00 of the next day/],
  ["minute 60", line(stampedWith("2026-01-05T08:60:00Z")), /minutes end at 59/],
  ["a comma before the fraction", line(stampedWith("2026-01-05T08:00:00,5Z")), /a point before the fraction/],
  ["no seconds", line(stampedWith("2026-01-05T08:00Z")), /write the seconds too/],
  ["a line feed at the end", line(stampedWith("2026-01-05T08:00:00Z\n")), /line feed at its end/],
  ["the basic format", line(stampedWith("20260105T080000Z")), /with hyphens and colons/],
  ["a date alone", line(stampedWith("2026-01-05")), /give it a time and a zone/],
  ["the time of an e-mail", line(stampedWith("Mon, 05 Jan 2026 08:00:00 GMT")), /write the year first/],
  [
    "a URN",
    line({ ...STAGE, event_id: `urn:uuid:${uuidOf("a", 1)}` }),
    /as a URN .*without the urn:uuid: prefix/,
  ],
  ["a ULID", line({ ...STAGE, event_id: "01ARZ3NDEKTSV4RRFFQ69G5FAV" }), /looks like a ULID/],
  ["no hyphens", line({ ...STAGE, event_id: uuidOf("a", 1).replaceAll("-", "") }), /write it with hyphens/],
  ["done for completed", line({ ...STAGE, stage_status: "done" }), /did you mean "completed"/],
  [
    "a class name for a family",
    line({ ...STAGE, event_family: "PipelineStageEvent" }),
    /did you mean "pipeline_stage"/,
  ],
];

const good = JSON.stringify(STAGE);
const second = JSON.stringify(SECOND);

const TEXTS: readonly Row[] = [
  ["text before the object", `2026-01-05 INFO ${good}\n`, /text stands before the object.*logger/],
  ["a level before the object", `[INFO] ${good}\n`, /text stands before the object.*logger/],
  ["a process before it", `Jan  5 08:00:00 host app[12]: ${good}\n`, /text stands before the object/],
  ["a pod before it", `[pod/app-1/app] 2026-01-05T08:00:00Z ${good}\n`, /text stands before the object/],
  ["output between records", `${good}\nDone.\n`, /expected a value.*one JSON object on each line/],
  ["the labels of Loki", `2026-01-05 {app="a"} ${good}\n`, /one JSON object on each line/],
  ["quotes of HTML", `${good.replaceAll('"', "&quot;")}\n`, /build JSON with jq or a library/],
  ["colours", `\u001b[32m${good}\u001b[0m\n`, /colour codes.*NO_COLOR/],
  [
    "colours of each name",
    `${good.replace('"event_id"', '\u001b[34m"event_id"\u001b[0m')}\n`,
    /colour codes/,
  ],
  ["text behind the object", `${good} (12 ms)\n`, /text stands after the object/],
  ["commas between records", `${good},\n${second},\n`, /drop the comma/],
  ["no line ends", `${good}${second}\n`, /another record stands on its line/],
  ["a record that is cut off", `${good}\n${second.slice(0, 90)}`, /cut off.*still writing/],
  ["an array that is cut off", `[${good},\n${second}`, /cut off, or is still being written/],
  ["server-sent events", `data: ${good}\n\n`, /server-sent events.*after data:/],
  ["a comment", `# events of today\n${good}\n`, /JSON has no comments/],
  ["NaN", `${JSON.stringify(GRAPH).replace(":1,", ":NaN,")}\n`, /no NaN/],
  ["single quotes", `${good.replaceAll('"', "'")}\n`, /not in double quotes/],
  ["JSON in JSON", `${JSON.stringify(good)}\n`, /the object is quoted/],
  ["NUL bytes", `${"\0".repeat(64)}${good}\n`, /NUL bytes/],
  ["UTF-16", Buffer.from(`\ufeff${good}\n`, "utf16le"), /UTF-16: write the log in UTF-8/],
  [
    "Latin-1",
    Buffer.from(`${JSON.stringify({ ...STAGE, who: "Jürgen" })}\n`, "latin1"),
    /write the log in UTF-8/,
  ],
  [
    "a mark of the byte order within",
    `\ufeff${good}\n\ufeff${second}\n`,
    /byte order mark.*join files without/,
  ],
];

const OTHER_FILES: readonly Row[] = [
  ["CSV", "event_id,event_type\n1,2\n", /CSV table.*export its events as NDJSON/],
  ["TSV", "event_id\tevent_type\n1\t2\n", /TSV table.*export its events as NDJSON/],
  ["logfmt", "level=info msg=hello\n", /logfmt/],
  ["YAML", "name: build\non: push\n", /YAML document/],
  ["plain text", "Dear reader,\nhello.\n", /text without a JSON object/],
  [
    "a stack trace",
    "Traceback (most recent call last):\nKeyError: 'event_id'\n",
    /text without a JSON object/,
  ],
  ["calls with events", "Event(event_id='a', event_type='b')\n", /text without a JSON object/],
  ["a list of events in YAML", "- event_id: a\n  event_type: b\n", /YAML document.*export its events/],
  ["HTML", "<!DOCTYPE html><html><body>404</body></html>\n", /HTML page/],
  ["XML", '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>\n', /XML document/],
  [
    "a Git LFS pointer",
    "version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 1\n",
    /git lfs pull/,
  ],
  ["PNG", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /PNG image/],
  ["PDF", "%PDF-1.7\n", /PDF document/],
  ["ELF", Buffer.from("7f454c4602010100", "hex"), /a program/],
  ["zip", Buffer.from("504b03040a000000", "hex"), /zip archive.*unpack it first/],
  [
    "bytes of no known kind",
    Buffer.from("8b02800affff\n{\u0001\u0002\u0003", "latin1"),
    /binary data.*decompress/,
  ],
  ["xz", Buffer.from("fd377a585a000004", "hex"), /compressed with xz.*decompress it first/],
];

async function saidOf(content: string | Uint8Array) {
  const path = join(folder, "log.ndjson");
  writeFileSync(path, content);
  const report = await check([path], {});
  const findings = report.findings.map(({ message, hint }) => `${message} ${hint ?? ""}`);
  return { report, findings, errors: report.errors.map(({ message }) => message) };
}

describe("a log that is nearly MPLP", () => {
  it.each([...MEMBERS, ...VALUES, ...TEXTS])(
    "has %s, and the first finding says so",
    async (_name, content, said) => {
      const { findings } = await saidOf(content);
      expect(findings[0]).toMatch(said);
    },
  );

  it("has one finding about a field that is misnamed, not two", async () => {
    const { report } = await saidOf(line(wrapped("ci_event", renamed(CI, "pipeline_id", "pipelineId"))));
    expect(report.findings.map(({ rule }) => rule)).toEqual(["integration-schema"]);
  });

  it("has one finding about camelCase, however many events are in it", async () => {
    const { report } = await saidOf(line(inCamelCase(STAGE), inCamelCase(SECOND), inCamelCase(GRAPH)));
    expect(report.findings.map(({ rule, count }) => [rule, count])).toEqual([["file-has-families", 1]]);
  });

  it("leaves the run open where its events are of the minimal runtime", async () => {
    const legacy = { id: "1", kind: "graph.node", ...TIMES, runId: "r", module: "plan", payload: {} };
    const { report } = await saidOf(line(STAGE, legacy));
    expect([exitCodeOf(report), report.inputs.map(({ unjudged }) => unjudged)]).toEqual([3, [1]]);
  });

  it("may have fields of its own whose names mean nothing here", async () => {
    const { report } = await saidOf(line({ ...STAGE, state: "x", kind: "y", name: "z", id: 7 }));
    expect(report.findings).toEqual([]);
  });
});

describe("a stream", () => {
  it("is a log if a record stands in its beginning, however slowly that comes", async () => {
    const bin = join(ROOT, "bin/mplp-check.js");
    const slow = `(printf 'INFO start'; sleep 0.3; printf 'ed\\n'; sleep 0.3; cat) | '${process.execPath}' '${bin}' - --no-config -f json`;
    const { stdout } = spawnSync("bash", ["-c", slow], { input: line(STAGE), encoding: "utf8" });
    expect((JSON.parse(stdout) as Report).summary.events).toBe(1);
  });

  it("is looked at as a whole head, whatever the size of a block", async () => {
    const fifo = join(folder, "log.fifo");
    execFileSync("mkfifo", [fifo]);
    const writer = spawn("bash", ["-c", `cat > '${fifo}'`]);
    writer.stdin.end(`INFO started\n${line(STAGE)}`);
    const report = await check([fifo], { blockBytes: 1 });
    expect([report.summary.events, report.errors]).toEqual([1, []]);
  });
});

describe("a file of another kind", () => {
  it.each(OTHER_FILES)("is called %s, and breaks no clause", async (_name, content, said) => {
    const { report, errors } = await saidOf(content);
    expect([report.verdict, exitCodeOf(report)]).toEqual(["inconclusive", 2]);
    expect(errors[0]).toMatch(said);
  });

  it.each(some("files of other kinds on standard input", OTHER_FILES))(
    "is called %s on standard input too",
    async (_name, content, said) => {
      const bin = join(ROOT, "bin/mplp-check.js");
      const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "-", "--no-config"], {
        input: content,
        encoding: "utf8",
      });
      expect(status).toBe(2);
      expect((stdout + stderr).replace(/\s+/g, " ")).toMatch(said);
    },
  );
});
