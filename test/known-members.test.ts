import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawnFactors, KNOWN_FACTORS } from "../src/input/scan/factors.js";
import { takeDigestsWith } from "../src/input/scan/instances.js";
import { LineScan, type ScannedLine } from "../src/input/scan/line-scan.js";
import { FLAG, scanRecord } from "../src/input/scan/scan-record.js";
import type { KindOwner } from "../src/model/kinds.js";
import type { Terms } from "../src/model/likeness.js";
import { BEGINNINGS } from "../src/privacy/signs.js";
import { loadProtocol } from "../src/run/protocol/load-protocol.js";
import { ruleFixtures } from "./support/fixtures.js";
import { isJson } from "./support/json-tree.js";
import { runs } from "./support/runs.js";

const { likeness: TERMS } = (await loadProtocol({})).protocol;

/** What a scan says of each line. Digests of what is no JSON mean nothing. */
function said(bytes: Buffer, scan: Iterable<ScannedLine>) {
  return [...scan].map(({ ownIn, own, content, delivery, payload, ...line }) => ({
    ...line,
    digests: isJson(bytes.toString("utf8", line.span.start, line.span.end)) && { content, delivery, payload },
    own: own.map(({ start, length, ...value }) => ({
      ...value,
      text: ownIn.toString("latin1", start, start + length),
    })),
  }));
}

const bytesOf = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join("\n")}\n`);

/** Scans lines with what a scan of other lines has taught. */
function scannedAfter(taught: readonly string[], lines: readonly string[], terms: Terms) {
  const owner: KindOwner = { rowSizes: [] };
  const lesson = new LineScan(bytesOf(taught));
  for (const { likeness } of lesson.lines(true, terms, owner))
    if (likeness !== 0 && !lesson.take()) lesson.learn(likeness, {}, [], false);
  // Nobody owns kinds any more: the scan stops at each line.
  return scanned(lines, terms);
}

function scanned(lines: readonly string[], terms: Terms) {
  const bytes = bytesOf(lines);
  return said(bytes, new LineScan(bytes).lines(true, terms, undefined));
}

/** Scans lines without any lesson. */
const scannedAlone = (lines: readonly string[]) => scanned(lines, { ...TERMS });

function digestsOf(line: string) {
  const { content, delivery } = scanRecord(Buffer.from(line));
  return { content, delivery };
}

const ID = "3f2b8c1e-5d4a-4e6f-9a7b-0c1d2e3f4a5b";
const TIME = "2026-01-05T08:00:00.000Z";

const ids = fc.oneof(
  fc.uuid({ version: 4 }),
  fc.constantFrom(
    ID.toUpperCase(),
    "3f2b8c1e-5d4a-1e6f-9a7b-0c1d2e3f4a5b",
    `urn:uuid:${ID}`,
    `${ID}0`,
    "",
    "run-7",
  ),
);
const times = fc.constantFrom(
  TIME,
  "2026-01-05T10:00:00+02:00",
  "2026-01-05T08:00:00.123456Z",
  "2026-02-30T08:00:00Z",
);
const integers = fc.oneof(
  fc.integer(),
  fc.constantFrom(0, -0.5, 1.5, 123456789, 1234567890, 1e21, true, null),
);
const texts = fc.constantFrom(
  "pipeline_stage",
  "external_integration",
  "pending",
  "a=b",
  "user@example.com",
  "AKIA",
  "é",
  "\n",
);
const events = fc
  .tuple(
    fc.record({ event_id: ids, timestamp: times }, { requiredKeys: ["event_id"] }),
    fc.dictionary(fc.constantFrom("event_id", "project_id", "pipeline_id", "trace_id", "__proto__"), ids),
    fc.dictionary(fc.constantFrom("stage_order", "node_delta", "other"), integers),
    fc.dictionary(fc.constantFrom("event_type", "event_family", "stage_status", "apiKey", "note"), texts),
    fc.constantFrom(
      {},
      { payload: { note: "x" } },
      { payload: [] },
      { payload: "text" },
      { stage_id: "import" },
    ),
  )
  .map((parts) => Object.assign({}, ...parts) as object);

/** Changes somewhere in a text. */
const slips = fc.tuple(
  fc.nat(400),
  fc.nat(3),
  fc.constantFrom("", ",", '"', " ", "{", "}", ":", "\\", "0", "-", "g", "-0", '"event_id":', ',"a":1'),
);

function withSlip(text: string, [at, length, instead]: readonly [number, number, string]): string {
  const from = at % (text.length + 1);
  return text.slice(0, from) + instead + text.slice(from + length);
}

const spacedLikePython = (event: object): string =>
  JSON.stringify(event, null, 1)
    .replaceAll(/\n\s*(?=\})|(?<=[{[])\n\s*/g, "")
    .replaceAll(/\n\s*/g, " ");

describe("members that are known from earlier records", () => {
  it("change nothing that a scan says of a line", () => {
    const writing = fc.constantFrom<(event: object) => string>(JSON.stringify, spacedLikePython);
    const lines = fc.array(fc.tuple(events, fc.option(slips)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(events, { maxLength: 12 }), lines, writing, (taught, others, write) => {
        const mutated = others.map(([event, slip]) =>
          slip === null ? write(event) : withSlip(write(event), slip),
        );
        const own = taught.map(write);
        const all = [
          ...own,
          ...mutated,
          ...own.map((text, at) => withSlip(text, others[at]?.[1] ?? [0, 0, " "])),
        ];
        expect(scannedAfter([...own, ...own], all, { ...TERMS })).toEqual(scannedAlone(all));
      }),
      { numRuns: runs(4000) },
    );
  });

  it("change nothing that a scan says of the events of the rules", () => {
    const lines = ruleFixtures()
      .filter(({ path }) => path.endsWith(".ndjson"))
      .flatMap(({ path }) => readFileSync(path, "utf8").split(/\r?\n/))
      .filter((line) => line.length < 5000 && isJson(line));
    expect(lines.length).toBeGreaterThan(1000);
    expect(scannedAfter([...lines, ...lines], lines, { ...TERMS })).toEqual(scannedAlone(lines));
  });

  it("are noticed when they are repeated", () => {
    const taught = ['"a":"x","b":"y","c":1', '"b":"y","a":"x","c":1'].map(
      (text) => `{"event_family":"intent",${text}}`,
    );
    const repeated = ['{"event_family":"intent","a":"x","b":"y","a":"x","c":1}'];
    const scans = [scannedAfter([...taught, ...taught], repeated, TERMS), scannedAlone(repeated)];
    for (const scan of scans) expect(scan[0]?.flags).toBe(FLAG.intricate);
  });

  it("are forgotten when digests get other factors", () => {
    const lines = [`{"event_id":"${ID}","event_family":"intent","note":"x","payload":{}}`];
    scannedAfter([...lines, ...lines], lines, TERMS);
    takeDigestsWith(drawnFactors());
    try {
      expect(scannedAlone(lines)).toMatchObject([{ digests: digestsOf(lines[0] ?? "") }]);
    } finally {
      takeDigestsWith(KNOWN_FACTORS);
    }
  });

  it("hold no beginning of a secret in their own values", () => {
    for (const beginning of BEGINNINGS) {
      expect(beginning.slice(0, 16)).toMatch(/[^0-9a-f-]/);
      expect(beginning).not.toMatch(/^[^A-Za-z_]|["\\]/);
    }
  });
});
