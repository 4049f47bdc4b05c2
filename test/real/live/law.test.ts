import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Occurrence } from "../../../src/index.js";
import { mplpCheck } from "../../support/cli.js";
import { ROOT } from "../../support/fixtures.js";
import { JSON_BODY, LINES_BODY, listenerPerTest } from "../../support/listener.js";
import { runs } from "../../support/runs.js";

const listeners = listenerPerTest();
const linesOf = (path: string): string[] => readFileSync(path, "utf8").trimEnd().split("\n");
const EVENTS = ["quickstart/events", "quickstart/broken", "audit/conforming/events"].flatMap((name) =>
  linesOf(join(ROOT, `fixtures/${name}.ndjson`)),
);

/** Texts that an emitter may send by mistake, or to do harm. */
const ODD = [
  '{"event_id":"a","event_id":"b"}',
  '{"message":"first\nsecond"}',
  "{\n",
  "[",
  "[]",
  '[{"event_family":',
  '[[{"event_id":"x"}]]',
  '{"a":1}\n[INFO] started\n{"b":2}',
  '{\n  "a": 1\n}\n{\n  "b": 2\n}',
  `${"[".repeat(600)}${"]".repeat(600)}`,
  `{"a":${"[".repeat(600)}`,
  '"text"',
  "",
  "\ufeff{}",
  '{"log":"half a message","stream":"stdout","time":"2026-01-05T08:00:00Z"}',
  '{"a":"\\ud800"}',
  "{'single': 1}",
  '{"name":"::error::x"}',
];

interface Sent {
  readonly path: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const event = fc.constantFrom(...EVENTS);
const events = fc.array(event, { minLength: 1, maxLength: 5 });
const text = fc.oneof(
  { weight: 3, arbitrary: event },
  event.map((line) => JSON.stringify(JSON.parse(line), null, 2)),
  events.map((lines) => lines.join("\n")),
  events.map((lines) => `[\n${lines.join(",\n")}\n]`),
  fc.tuple(event, fc.nat(400)).map(([line, length]) => line.slice(0, length)),
  fc.tuple(event, fc.nat(400)).map(([line, at]) => `${line.slice(0, at)}\n${line.slice(at)}`),
  fc.constantFrom(...ODD),
);
const bytes = fc.oneof(
  { weight: 6, arbitrary: text.map((each) => Buffer.from(each)) },
  text.map((each) => Buffer.concat([Buffer.from(each), Buffer.from([0xff, 0xfe])])),
);
const request: fc.Arbitrary<Sent> = fc
  .record({
    path: fc.constantFrom("/v1/events", "/integration/git", "/integration/ci", "/v1/logs"),
    body: bytes,
    isGzip: fc.boolean(),
    type: fc.constantFrom(JSON_BODY, LINES_BODY),
  })
  .map(({ path, body, isGzip, type }) => ({
    path,
    body: isGzip ? gzipSync(body) : body,
    headers: { ...type, ...(isGzip && { "Content-Encoding": "gzip" }) },
  }));

interface Reply {
  readonly capture?: { readonly from: number; readonly to: number };
  readonly findings?: readonly Occurrence[];
}

const OPTIONS = [[], ["--complete"], ["--claim", "integration"], ["--redact"], ["--fail-on", "should"]];

describe("the report of a server", () => {
  it("is that of its capture, byte for byte, and answers say nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(request, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...OPTIONS),
        fc.constantFrom([], ["--reject"]),
        expectLaw,
      ),
      { numRuns: runs(40), interruptAfterTimeLimit: 240_000 },
    );
  }, 300_000);
});

/** Sends batches of requests at once, stops the server, and reads its capture. */
async function expectLaw(
  batches: readonly (readonly Sent[])[],
  options: readonly string[],
  reject: readonly string[],
): Promise<void> {
  const server = await listeners.start([...options, ...reject, "-f", "json", "-o", "own.json"]);
  const replies: Reply[] = [];
  let refused = 0;
  // A capture that begins with a broken record may be read as one record over several lines: see docs/live.md.
  const whole: Sent = { path: "/v1/events", body: Buffer.from(EVENTS[0] ?? ""), headers: JSON_BODY };
  for (const batch of [[whole], ...batches])
    for (const answer of await Promise.all(
      batch.map((sent) => server.post(sent.path, sent.body, sent.headers)),
    )) {
      expect([200, 202, 400, 422]).toContain(answer.status);
      if (answer.status !== 400) replies.push((await answer.json()) as Reply);
      else refused += (await answer.text()).length > 0 ? 1 : 0;
    }
  const report = await server.stop();
  const { status } = await server.ended;
  const run = (...more: string[]) =>
    mplpCheck(["mplp-capture.ndjson", ...options, ...more], { cwd: server.folder });
  const offline = await run("-f", "json");
  expect(report).toBe(offline.stdout);
  expect(readFileSync(join(server.folder, "own.json"), "utf8")).toBe(offline.stdout);
  // What was refused is missing from the capture, and only the server knows.
  expect(status).toBe(refused > 0 ? 2 : offline.status);
  const { stdout } = await run("--findings", "-");
  expectKnown(replies, stdout);
}

/** What answers say about single events is what the run says of the lines that they name. */
function expectKnown(replies: readonly Reply[], findings: string): void {
  const key = ({ rule, line, record, message, pointer, column }: Occurrence): string =>
    JSON.stringify([rule, line, record, message, pointer, column]);
  const all = findings.split("\n").filter(Boolean);
  const known = new Set(all.map((line) => key(JSON.parse(line) as Occurrence)));
  const isReplaced = [...known].some((each) => each.startsWith('["file-has-families"'));
  for (const { findings: said = [], capture } of replies)
    for (const finding of said) {
      expect(finding.line).toBeGreaterThanOrEqual(capture?.from ?? 0);
      expect(finding.line).toBeLessThanOrEqual(capture?.to ?? 0);
      if (!isReplaced) expect(known).toContain(key(finding));
    }
}
