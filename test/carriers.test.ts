import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Ajv } from "ajv";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, exitCodeOf, type Occurrence, type Report } from "../src/index.js";
import { CARRIER_NOUNS, type Unwrap } from "../src/model/carriers.js";
import { mplpCheck, mplpProcess } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { some } from "./support/long.js";
import { rendered } from "./support/reports.js";
import { runs } from "./support/runs.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-carriers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixture = (name: string): string => join(ROOT, "fixtures/carriers", name);
const linesOf = (name: string): string[] => readFileSync(fixture(name), "utf8").trimEnd().split("\n");

/** Twelve events, the seventh with a flaw. */
const PLAIN = linesOf("plain.ndjson");
const TIME = "2026-01-05T08:00:00.000000000Z";

let files = 0;
function fileWith(...lines: readonly (string | object)[]): string {
  const path = join(folder, `${files++}.log`);
  const texts = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
  writeFileSync(path, `${texts.join("\n")}\n`);
  return path;
}

const inDocker = (text: string, stream = "stdout"): string =>
  JSON.stringify({ log: text, stream, time: TIME });
const inCri = (text: string, tag = "F", stream = "stdout"): string => `${TIME} ${stream} ${tag} ${text}`;
const inPino = (text: string): string =>
  JSON.stringify({ level: 30, time: 1, pid: 7, hostname: "a", msg: text });
const inCloudEvent = (data: object): string =>
  JSON.stringify({ specversion: "1.0", id: "1", source: "/a", type: "t", ...data });

/** What a report says of a log besides where things stand in it. */
function substanceOf({ findings, clauses, verdict, summary }: Report) {
  return {
    verdict,
    summary,
    findings: findings.map(({ rule, level, message, hint, count, clauses: cited, locations }) => {
      const pointers = locations.map(({ pointer }) => pointer);
      return { rule, level, message, hint, count, cited, pointers };
    }),
    clauses: clauses.map(({ id, status, checked, violations, reason }) => ({
      id,
      status,
      checked,
      violations,
      reason,
    })),
  };
}

const findingsIn = ({ findings }: Report) =>
  findings.map(({ rule, level, count, message }) => ({ rule, level, count, message }));
const unjudgedIn = ({ inputs }: Report) => inputs[0]?.unjudged ?? 0;

/** The fixtures: the events of PLAIN, the record with the flaw, lines of other output, records of the carrier. */
const CARRIED = [
  { file: "docker.log", carrier: "docker", line: 9, other: 3, count: 15 },
  { file: "cri.log", carrier: "cri", line: 9, other: 3, count: 15 },
  { file: "fluent-bit.log", carrier: "fluent-bit", line: 9, other: 2, count: 14 },
  { file: "fluent-bit-stdout.log", carrier: "fluent-bit", line: 9, other: 2, count: 14 },
  { file: "journald.log", carrier: "journald", line: 9, other: 2, count: 14 },
  { file: "cloudevents.log", carrier: "cloudevents", line: 7, other: 0, count: 12 },
  { file: "otlp.log", carrier: "otlp", line: 3, other: 0, count: 12 },
  { file: "kcat.log", carrier: "kcat", line: 7, other: 0, count: 12 },
  { file: "key-value.log", carrier: "key-value", line: 7, other: 0, count: 12 },
  { file: "json-seq.log", carrier: "json-seq", line: 7, other: 0, count: 12 },
  { file: "pino.log", carrier: "pino", line: 9, other: 2, count: 14 },
] as const;

describe("a log in a carrier", () => {
  it("has a fixture for each carrier", () => {
    expect(new Set(CARRIED.map(({ carrier }) => carrier))).toEqual(new Set(Object.keys(CARRIER_NOUNS)));
  });

  it.each(CARRIED)("is judged as the plain log: $file", async ({ file, carrier, line, other, count }) => {
    const [plain, carried] = [await check([fixture("plain.ndjson")]), await check([fixture(file)])];
    expect(findingsIn(plain)).toHaveLength(1);
    expect(substanceOf(carried)).toEqual(substanceOf(plain));
    const [input] = carried.inputs;
    expect(input?.carrier).toEqual({ [carrier]: count });
    expect(input?.otherOutput ?? 0).toBe(other);
    expect(input?.records).toBe(PLAIN.length);
    expect(carried.findings[0]?.locations[0]?.line).toBe(line);
    const named = await check([fixture(file)], { unwrap: carrier });
    expect(substanceOf(named)).toEqual(substanceOf(plain));
  });

  it.each(CARRIED)("has columns of the event where it stands as one: $file", async ({ file, line }) => {
    const { findings } = await check([fixture(file)]);
    const { column = 0, excerpt, pointer } = findings[0]?.locations[0] ?? {};
    const flaw = JSON.stringify((JSON.parse(PLAIN[6] ?? "") as { event_id: string }).event_id);
    const text = linesOf(file)[line - 1] ?? "";
    expect(pointer).toBe("/event_id");
    if (text.includes(`"event_id":${flaw}`)) expect(text.slice(column - 1)).toMatch(new RegExp(`^${flaw}`));
    else expect(column).toBe(1);
    const { start = 0, length = 0 } = excerpt ?? {};
    expect(excerpt?.text.slice(start, start + length)).toBe(flaw);
    expect(excerpt?.line).toBe(line);
  });

  it.each(some("carriers in threads", CARRIED))(
    "is the same for other threads, blocks and sources: $file",
    async ({ file }) => {
      const report = await check([fixture(file)]);
      for (const options of [
        { blockBytes: 1 },
        { blockBytes: 100 },
        { jobs: 3, inlineBytes: 0, blockBytes: 64 },
      ])
        expect(await check([fixture(file)], options)).toEqual(report);
      const bytes = readFileSync(fixture(file));
      const zipped = join(folder, `${file}.gz`);
      writeFileSync(zipped, gzipSync(bytes));
      expect(substanceOf(await check([zipped]))).toEqual(substanceOf(report));
      const piped = await mplpProcess(["-", "-f", "json"], { input: bytes });
      expect(substanceOf(JSON.parse(piped.stdout) as Report)).toEqual(substanceOf(report));
    },
  );

  it.each<[string, (event: object) => object]>([
    [
      "fluent-bit with its date as text",
      (event) => ({ date: "2026-01-05T08:00:00.1Z", log: JSON.stringify(event) }),
    ],
    ["kcat with its payload as an object", (payload) => ({ topic: "t", partition: 0, offset: 1, payload })],
  ])("is judged as the plain log: %s", async (_, carrying) => {
    const path = fileWith(...PLAIN.map((text) => carrying(JSON.parse(text) as object)));
    expect(substanceOf(await check([path]))).toEqual(substanceOf(await check([fixture("plain.ndjson")])));
  });

  it("may be one JSON array, and mix carriers with plain events", async () => {
    const mixed = PLAIN.map((line, index) => {
      if (index % 4 === 1) return inDocker(`${line}\n`);
      if (index % 4 === 2) return inCloudEvent({ data: JSON.parse(line) as object });
      return index % 4 === 3 ? inPino(line) : line;
    });
    const path = join(folder, "array.json");
    writeFileSync(path, `[\n${mixed.join(",\n")}\n]\n`);
    const plain = substanceOf(await check([fixture("plain.ndjson")]));
    expect(substanceOf(await check([path]))).toEqual(plain);
    expect(substanceOf(await check([fileWith(...mixed)]))).toEqual(plain);
  });

  it("may be pretty-printed as a sequence, as jq --seq writes it", async () => {
    const pretty = PLAIN.map((line) => `\u001e${JSON.stringify(JSON.parse(line), undefined, 2)}`);
    const report = await check([fileWith(...pretty)]);
    expect(substanceOf(report)).toEqual(substanceOf(await check([fixture("plain.ndjson")])));
    expect(report.inputs[0]?.carrier).toEqual({ "json-seq": 12 });
  });
});

describe("other output", () => {
  const NOISE = [
    "starting",
    "GET /health 200",
    "[object Object]",
    "42",
    "[1, 2]",
    "",
    "  at main (a.js:1:2)",
  ];

  it("leaves no finding and no claim open", async () => {
    const good = PLAIN.filter((_, index) => index !== 6);
    const noisy = [...NOISE, ...good, ...NOISE].map((line) => inDocker(`${line}\n`));
    const claims = { claims: ["runtime" as const] };
    const [plain, carried] = [
      await check([fileWith(...good)], claims),
      await check([fileWith(...noisy)], claims),
    ];
    expect(substanceOf(carried)).toEqual(substanceOf(plain));
    expect(carried.reservations).toEqual(plain.reservations);
    expect(carried.inputs[0]?.otherOutput).toBe(12);
  });

  it("alone is nothing that was checked", async () => {
    const report = await check([fileWith(...NOISE.map((line) => inCri(line)))]);
    expect([report.verdict, exitCodeOf(report, "must"), report.findings]).toEqual(["inconclusive", 3, []]);
  });

  it.each([
    ["an event that is cut off", PLAIN[0]?.slice(0, 80) ?? ""],
    ["an object that is cut off", '{"a":'],
    ["the end of an event", PLAIN[0]?.slice(-80) ?? ""],
    ["an event behind a prefix", `INFO ${PLAIN[6]}`],
    ["an event in a string", JSON.stringify(PLAIN[6])],
    ["events in an array", `[${PLAIN[6]}]`],
  ])("is not %s", async (_, text) => {
    for (const line of [inDocker(`${text}\n`), inCri(text), inPino(text)]) {
      const report = await check([fileWith(...PLAIN.slice(0, 3), line)]);
      expect(findingsIn(report)).toContainEqual(
        expect.objectContaining({ rule: "json-object-per-record", level: "MUST" }),
      );
      expect(report.inputs[0]?.otherOutput).toBeUndefined();
    }
  });

  it("is IN-1 where nothing but messages is carried", async () => {
    const line = JSON.stringify({ topic: "t", partition: 0, offset: 1, payload: "no JSON" });
    const report = await check([fileWith(line)]);
    expect(findingsIn(report)).toEqual([expect.objectContaining({ rule: "json-object-per-record" })]);
  });

  it("is named in every report for people, and the report follows its schema", async () => {
    const report = await check([fixture("docker.log")]);
    for (const format of ["text", "markdown", "html"] as const)
      expect(rendered(report, format).replace(/\s+/g, " ")).toContain(
        "12 events; in 15 Docker json-file records; 3 lines of other output",
      );
    const schema = JSON.parse(readFileSync(join(ROOT, "schemas/report.schema.json"), "utf8")) as object;
    const validate = new Ajv().compile(schema);
    expect(validate(JSON.parse(JSON.stringify(report)))).toBe(true);
  });
});

/** The lines that a text becomes in parts, without what other streams write between them. */
function partsIn(carrier: "docker" | "cri", text: string, cuts: readonly number[], stream: string): string[] {
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => cut % text.length).sort((a, b) => a - b), text.length];
  const parts = places.slice(1).map((end, index) => text.slice(places[index], end));
  expect(Buffer.from(parts.join(""))).toEqual(bytes);
  return parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    return carrier === "docker"
      ? inDocker(isLast ? `${part}\n` : part, stream)
      : inCri(part, isLast ? "F" : "P", stream);
  });
}

/** Several lists as one, each in its own order. */
function interleaved(lists: readonly (readonly string[])[], turns: readonly number[]): string[] {
  const left = lists.map((list) => [...list]);
  const result: string[] = [];
  for (let turn = 0; left.some((list) => list.length > 0); turn++) {
    const busy = left.filter((list) => list.length > 0);
    const line = busy[(turns[turn % turns.length] ?? 0) % busy.length]?.shift();
    if (line !== undefined) result.push(line);
  }
  return result;
}

describe("a message in parts", () => {
  it("is joined however it is cut, whatever stands between its parts", async () => {
    const events = PLAIN.slice(0, 8).map((line, index) =>
      index === 2 ? line.replace('{"event_id"', '{"words":"a \\"quote\\", é€😀 \\\\n","event_id"') : line,
    );
    const plain = substanceOf(await check([fileWith(...events)]));
    const cuts = fc.array(fc.array(fc.nat(1000), { maxLength: 4 }), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("docker", "cri"),
        cuts,
        fc.array(fc.nat(10), { minLength: 1, maxLength: 30 }),
        fc.constantFrom(1, 7, 300, 1 << 20),
        async (carrier, places, turns, blockBytes) => {
          const out = events.flatMap((line, index) => partsIn(carrier, line, places[index] ?? [], "stdout"));
          const noise = ["starting", "a long warning"].flatMap((line) =>
            partsIn(carrier, line, [3], "stderr"),
          );
          const report = await check([fileWith(...interleaved([out, noise], turns))], { blockBytes });
          expect(substanceOf(report)).toEqual(plain);
          expect(report.inputs[0]?.otherOutput).toBe(2);
        },
      ),
      { numRuns: runs(40) },
    );
  });

  it("stands on the line of its first part, also for findings of the whole log and --findings", async () => {
    const twice = [PLAIN[0] ?? "", PLAIN[0]?.replace("stage_pending", "stage_again") ?? ""];
    for (const carrier of ["docker", "cri"] as const) {
      const lines = twice.flatMap((line) => partsIn(carrier, line, [60, 200], "stdout"));
      const occurrences: Occurrence[] = [];
      const report = await check([fileWith("plain text", ...lines)], {
        onOccurrences: async (all) => {
          for await (const occurrence of all) occurrences.push(occurrence);
        },
      });
      const unique = report.findings.find(({ rule }) => rule === "event-id-unique");
      expect(unique?.locations[0]).toMatchObject({ line: 5, column: 1, pointer: "/event_id" });
      expect(unique?.locations[0]?.excerpt?.text).toContain("event_id");
      expect(occurrences.find(({ rule }) => rule === "event-id-unique")).toMatchObject({
        line: 5,
        column: 1,
      });
    }
  });

  it("is joined where lines end as on Windows", async () => {
    for (const carrier of ["docker", "cri"] as const) {
      const path = fileWith(partsIn(carrier, PLAIN[1] ?? "", [100, 200], "stdout").join("\r\n"));
      const report = await check([path]);
      expect([report.inputs[0]?.recognised.event, findingsIn(report)]).toEqual([1, []]);
    }
  });

  it("is joined whatever attributes its container has", async () => {
    const attrs = [{}, { tag: "{{.Name}}/x" }, { labels: '"}","time":', team: "é" }];
    for (const each of attrs) {
      const parts = partsIn("docker", PLAIN[1] ?? "", [100], "stdout").map((line) =>
        line.replace(',"time"', `,"attrs":${JSON.stringify(each)},"time"`),
      );
      const report = await check([fileWith(PLAIN[0] ?? "", ...parts)]);
      expect([report.inputs[0]?.recognised.event, findingsIn(report)]).toEqual([2, []]);
    }
  });

  it("is told where its end is missing", async () => {
    for (const carrier of ["docker", "cri"] as const) {
      const [first = ""] = partsIn(carrier, PLAIN[1] ?? "", [100], "stdout");
      const report = await check([fileWith(inDocker(`${PLAIN[0]}\n`), first)]);
      const found = report.findings.find(({ rule }) => rule === "json-object-per-record");
      expect(found).toMatchObject({ level: "MUST", count: 1 });
      expect(found?.message).toContain("it is cut off");
      expect(found?.locations[0]?.line).toBe(2);
    }
  });

  it("is left out above the size limit, and what follows is read", async () => {
    for (const carrier of ["docker", "cri"] as const) {
      const long = JSON.stringify({ ...(JSON.parse(PLAIN[1] ?? "") as object), more: "x".repeat(4000) });
      const parts = partsIn(carrier, long, [500, 1000, 1500, 2000, 2500, 3000, 3500], "stdout");
      const path = fileWith(PLAIN[0] ?? "", ...parts, PLAIN[2] ?? "");
      for (const blockBytes of [1, 999, 1 << 20]) {
        const report = await check([path], { maxRecordBytes: 2000, blockBytes });
        expect(report.errors).toEqual([expect.objectContaining({ line: 2 })]);
        expect(report.inputs[0]?.recognised.event).toBe(2);
        expect(exitCodeOf(report, "must")).toBe(2);
      }
    }
  });

  it("is given up where it does not end, the same however the input is cut", async () => {
    const [first = "", last = ""] = partsIn("cri", PLAIN[1] ?? "", [100], "stdout");
    const between = PLAIN.slice(2, 6).flatMap((line) => [line, inCri("warning", "F", "stderr")]);
    const path = fileWith(first, ...between, last);
    const reports = await Promise.all(
      [1, 500, 1 << 20].map((blockBytes) => check([path], { maxRecordBytes: 400, blockBytes })),
    );
    for (const report of reports) expect(report).toEqual(reports[0]);
    expect(reports[0]?.inputs[0]?.recognised).toMatchObject({ event: 4, malformed: 2 });
  });

  it("is no event whose members look like those of a carrier", async () => {
    const event = { ...(JSON.parse(PLAIN[0] ?? "") as object), log: "a", stream: "stdout", time: TIME };
    const { log, ...rest } = event as { log: string };
    const report = await check([fileWith({ log, ...rest }, inDocker("b\n"))]);
    expect(report.inputs[0]?.recognised.event).toBe(1);
    expect(report.inputs[0]?.otherOutput).toBe(1);
  });
});

describe("nothing is hidden", () => {
  const FLAWED = PLAIN[6] ?? "";
  const rest = PLAIN.slice(0, 2);

  it.each<[string, string]>([
    [
      "beside a message",
      JSON.stringify({ level: 30, time: 1, msg: "emitted", data: JSON.parse(FLAWED) as object }),
    ],
    [
      "beside an event",
      JSON.stringify({ level: 30, time: 1, event: JSON.parse(PLAIN[2] ?? ""), copy: FLAWED }),
    ],
    ["as a key", JSON.stringify({ topic: "t", partition: 0, offset: 1, key: FLAWED, payload: PLAIN[2] })],
    ["beside log records", JSON.stringify({ resourceLogs: [{ scopeLogs: [], more: [JSON.parse(FLAWED)] }] })],
    [
      "in the attributes of a log record",
      JSON.stringify({
        resourceLogs: [{ scopeLogs: [{ logRecords: [{ attributes: attributesOf(FLAWED) }] }] }],
      }),
    ],
    ["in a list of data", inCloudEvent({ data: [JSON.parse(FLAWED)] })],
    ["by journalctl", JSON.stringify({ __CURSOR: "a", MESSAGE: null })],
    ["beside the value of a log record", otlp({ stringValue: "a", other: JSON.parse(FLAWED) as object })],
    ["deep in a log record", otlp(nestedValue(100))],
  ])("%s", async (_, line) => {
    const report = await check([fileWith(...rest, line)]);
    expect(unjudgedIn(report)).toBe(1);
    expect(exitCodeOf(report, "must")).toBe(3);
  });

  it("by a repeated key", async () => {
    const line = `{"log":${JSON.stringify(FLAWED)},"log":"ok\\n","stream":"stdout","time":"${TIME}"}`;
    const report = await check([fileWith(...rest, line)]);
    expect([unjudgedIn(report), exitCodeOf(report, "must")]).toEqual([1, 3]);
  });

  it("by three carriers, and more are told", async () => {
    const three = inDocker(inPino(inCloudEvent({ data_base64: base64(FLAWED) })));
    expect(substanceOf(await check([fileWith(...PLAIN.slice(0, 6), three, ...PLAIN.slice(7))]))).toEqual(
      substanceOf(await check([fixture("plain.ndjson")])),
    );
    for (const line of [inCri(three), inCri(inDocker(inDocker(inPino(FLAWED))))]) {
      const report = await check([fileWith(...rest, line)]);
      expect([unjudgedIn(report), exitCodeOf(report, "must")]).toEqual([1, 3]);
      expect(findingsIn(report)).toEqual([
        expect.objectContaining({ level: "NOTE", message: expect.stringContaining("at most 3 carriers") }),
      ]);
    }
  });

  it("by base64 that is no JSON, by bytes that are no UTF-8, by a message of 16 MB", async () => {
    const broken = await check([fileWith(...rest, inCloudEvent({ data_base64: base64("not JSON") }))]);
    expect(exitCodeOf(broken, "must")).toBe(1);
    const bytes = { __CURSOR: "a", MESSAGE: [...Buffer.from(FLAWED), 0xff] };
    expect(exitCodeOf(await check([fileWith(...rest, bytes)]), "must")).toBe(1);
    const big = inDocker(
      `${JSON.stringify({ ...(JSON.parse(FLAWED) as object), more: "x".repeat(16e6) })}\n`,
    );
    const report = await check([fileWith(...rest, big)]);
    expect(findingsIn(report)).toEqual([expect.objectContaining({ rule: "event-id-v4" })]);
  });

  it("in an event: what it carries stays in it", async () => {
    const event = {
      ...(JSON.parse(PLAIN[0] ?? "") as object),
      log: `${FLAWED}\n`,
      stream: "stdout",
      time: TIME,
    };
    const report = await check([fileWith(event)]);
    expect(report.inputs[0]?.recognised.event).toBe(1);
    expect(report.inputs[0]?.carrier).toBeUndefined();
  });

  it("as a secret in an excerpt of what was unwrapped", async () => {
    const secret = `ghp_${"a1B2".repeat(9)}`;
    const event = { ...(JSON.parse(FLAWED) as object), payload: { token: secret } };
    const report = await check([fileWith(inDocker(`${JSON.stringify(event)}\n`))]);
    expect(report.findings.map(({ rule }) => rule)).toContain("no-secrets");
    expect(JSON.stringify(report)).not.toContain(secret);
  });
});

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function otlp(body: object): string {
  return JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body }] }] }] });
}

function attributesOf(event: string): object[] {
  const members = Object.entries(JSON.parse(event) as object);
  return members.map(([key, value]) => ({ key, value: { stringValue: String(value) } }));
}

function nestedValue(levels: number): object {
  let value: object = { stringValue: "a" };
  for (let level = 0; level < levels; level++) value = { arrayValue: { values: [value] } };
  return value;
}

describe("--unwrap", () => {
  const docker = fixture("docker.log");
  const withUnwrap = (unwrap: Unwrap, path = docker): Promise<Report> => check([path], { unwrap });

  it("none leaves events in their carriers, which is not fine", async () => {
    const report = await withUnwrap("none");
    expect([unjudgedIn(report) > 0, exitCodeOf(report, "must")]).toEqual([true, 3]);
    expect(report.inputs[0]?.carrier).toBeUndefined();
  });

  it("a name unwraps nothing else", async () => {
    expect(exitCodeOf(await withUnwrap("pino"), "must")).toBe(3);
  });

  it("a pointer unwraps objects and texts there, and hides nothing beside them", async () => {
    const plain = substanceOf(await check([fixture("plain.ndjson")]));
    const records = PLAIN.map((line, index) => ({
      detail: { "my/event": index % 2 === 0 ? line : (JSON.parse(line) as object), more: 1 },
    }));
    const report = await withUnwrap("/detail/my~1event", fileWith(...records));
    expect(substanceOf(report)).toEqual(plain);
    expect(report.inputs[0]?.carrier).toEqual({ "/detail/my~1event": 12 });
    const paid = PLAIN.map((text) => ({ schema: 1, payload: JSON.parse(text) as object }));
    expect(substanceOf(await withUnwrap("/payload", fileWith(...paid)))).toEqual(plain);
    const own = [
      { ...(JSON.parse(PLAIN[0] ?? "") as object), payload: JSON.parse(PLAIN[6] ?? "") as object },
    ];
    expect((await withUnwrap("/payload", fileWith(...own))).inputs[0]?.carrier).toBeUndefined();
    const beside = { detail: { event: PLAIN[0], more: PLAIN[6] } };
    expect(unjudgedIn(await withUnwrap("/detail/event", fileWith(beside)))).toBe(1);
  });

  it("is an option, a variable and a setting", async () => {
    const project = join(folder, "project");
    mkdirSync(project);
    writeFileSync(join(project, "mplp-check.yaml"), "unwrap: none\n");
    const statusOf = async (args: readonly string[], env = {}): Promise<number | null> =>
      (await mplpCheck([docker, ...args], { cwd: project, env })).status;
    expect(await statusOf([])).toBe(3);
    expect(await statusOf([], { MPLP_CHECK_UNWRAP: "docker" })).toBe(1);
    expect(await statusOf(["--unwrap", "auto"], { MPLP_CHECK_UNWRAP: "pino" })).toBe(1);
    const refused = await mplpCheck([docker, "--unwrap", "dokcer"]);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain("JSON pointer");
  });
});

describe("carried events", () => {
  it("are found in a folder whatever the file is called", async () => {
    const logs = join(folder, "logs");
    mkdirSync(logs);
    for (const { file } of CARRIED)
      writeFileSync(join(logs, `${file}.container.log`), readFileSync(fixture(file)));
    writeFileSync(join(logs, "web.log"), `${inCri("GET / 200")}\n`);
    const report = await check([logs]);
    expect(report.inputs).toHaveLength(CARRIED.length);
    expect(report.summary.events).toBe(CARRIED.length * PLAIN.length);
    expect(report.notRead.map(({ path }) => path)).toEqual([join(logs, "web.log")]);
  });

  it("are counted the same in states, whose files are read again as they were", async () => {
    const parts = CARRIED.map(({ file }) => fixture(file)).slice(0, 4);
    const states = await Promise.all(parts.map((path) => stateOf(path)));
    expect(await check([], { stateIn: states, expect: states.length })).toEqual(await check(parts));
    await expect(check([], { stateIn: states, unwrap: "none" })).rejects.toThrow("--unwrap");
  });
});

async function stateOf(path: string, options: CheckOptions = {}): Promise<string> {
  const file = join(folder, `${files++}.state`);
  await check([path], { ...options, onState: async (lines) => writeFileSync(file, [...lines].join("")) });
  return file;
}

describe("docs/carriers.md", () => {
  const text = readFileSync(join(ROOT, "docs/carriers.md"), "utf8");
  const rows = [...text.matchAll(/^\| (?:`([\w-]+)`)? ?\| .*\| `(.*)` \|$/gm)];
  let carrier = "";
  const examples = rows.map(([, name, example = ""]) => {
    carrier = name ?? carrier;
    return { name: carrier, example };
  });

  it("has an example of each carrier", () => {
    expect(new Set(examples.map(({ name }) => name))).toEqual(new Set(Object.keys(CARRIER_NOUNS)));
  });

  it.each(examples)("shows $name as it is read: $example", async ({ name, example }) => {
    const event = PLAIN[0] ?? "";
    const quoted = JSON.stringify(event).slice(1, -1);
    const line = example
      .replace('{\\"event_id\\":…}', () => quoted)
      .replace('{"event_id":…}', () => event)
      .replace("␞", "\u001e");
    const report = await check([fileWith(line)]);
    expect(report.inputs[0]).toMatchObject({ carrier: { [name]: 1 }, recognised: { event: 1 } });
  });
});
