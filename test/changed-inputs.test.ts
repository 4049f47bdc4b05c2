import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Ajv } from "ajv";
import { afterAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, exitCodeOf, type Occurrence, type Report } from "../src/index.js";
import { ROOT } from "./support/fixtures.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-changed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const schema = JSON.parse(readFileSync(join(ROOT, "schemas/report.schema.json"), "utf8")) as object;
const validate = new Ajv({ allErrors: true }).compile(schema);

function event(number: number, type = "more"): string {
  const event_id = `1b671a64-40d5-491e-99b0-${String(number).padStart(12, "0")}`;
  const event = { event_id, event_type: type, event_family: "intent", timestamp: "2026-01-05T08:00:00Z" };
  return `${JSON.stringify(event)}\n`;
}

/** Four MiB, whose only duplicate is the last event of the first. */
const LOG = Array.from({ length: 30_000 }, (_, number) => event(number)).join("") + event(0, "again");
const LAST = 30_001;

let logs = 0;
function log(text: string | Uint8Array = LOG, ending = "ndjson"): string {
  const path = join(folder, `${logs++}.${ending}`);
  writeFileSync(path, text);
  return path;
}

/** Checks a log and does something to it after its first block. */
async function checkedWhile(path: string, happens: () => void, options: CheckOptions = {}): Promise<Report> {
  let isDone = false;
  const onProgress = (): void => {
    if (!isDone) happens();
    isDone = true;
  };
  return check([path], { jobs: 1, ...options, onProgress });
}

const notes = ({ findings }: Report) =>
  findings.filter(({ rule }) => rule === "input-changed").map(({ level, message }) => `${level} ${message}`);

const duplicate = ({ findings }: Report) =>
  findings.find(({ rule }) => rule === "event-id-unique")?.locations[0];

/** The same length, and the place of the duplicate is another. */
const OTHER = event(0, "again") + LOG.slice(0, -event(0, "again").length);

const CHANGES: readonly [name: string, change: Report["inputs"][0]["change"], (path: string) => void][] = [
  ["appended to", "grown", (path) => appendFileSync(path, event(30_001))],
  ["written anew with more in it", "changed", (path) => writeFileSync(path, OTHER + event(30_001))],
  ["written over", "changed", (path) => writeFileSync(path, OTHER)],
  ["cut short", "changed", (path) => truncateSync(path, 1000)],
  ["touched", "changed", (path) => utimesSync(path, 1, 1)],
  ["removed", "replaced", (path) => unlinkSync(path)],
  ["rotated away", "replaced", (path) => renameSync(path, `${path}.1`)],
];

describe("a log that is written to while it is read", () => {
  it.each(CHANGES)("is noted without a claim: %s", async (_name, change, happens) => {
    const path = log();
    const report = await checkedWhile(path, () => happens(path));
    expect(report.inputs[0]?.change).toBe(change);
    expect(notes(report)).toEqual([
      {
        grown: "NOTE the file grew while it was read: this report covers only the bytes that were read",
        changed: "NOTE the file changed while it was read: check it again when nobody writes to it",
        replaced:
          "NOTE the file was replaced or removed while it was read: check it again when nobody writes to it",
      }[change ?? "grown"],
    ]);
    expect(report.errors).toEqual([]);
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each(CHANGES)("is an error under a claim: %s", async (_name, _change, happens) => {
    const path = log();
    const report = await checkedWhile(path, () => happens(path), { claims: ["runtime"] });
    expect(report.errors).toEqual([
      { path, message: expect.stringMatching(/^the file .* while it was read/) },
    ]);
    expect([exitCodeOf(report), notes(report)]).toEqual([2, []]);
  });

  it("is told when it is compressed", async () => {
    const path = log(gzipSync(LOG, { level: 0 }), "ndjson.gz");
    const report = await checkedWhile(path, () => appendFileSync(path, gzipSync(event(30_001))));
    expect(report.inputs[0]?.change).toBe("grown");
  });

  it("leaves open what the log seems to lack", async () => {
    const turn = {
      event_id: "7b1e4c90-0000-4000-8000-000000000001",
      event_type: "MAPTurnDispatched",
      timestamp: "2026-03-03T09:00:00Z",
      session_id: "7b1e4c90-0000-4000-8000-000000000002",
      payload: { role_id: "critic" },
    };
    const path = log(`${JSON.stringify(turn)}\n${LOG}`);
    const report = await checkedWhile(path, () => appendFileSync(path, event(30_001)), { complete: true });
    const reasons = report.clauses.flatMap(({ reason }) => reason ?? []);
    expect(reasons.join("\n")).toContain("1 input that did not stay the same");
  });

  it("stays told when its state is judged by another run, under a claim or without", async () => {
    const path = log();
    const state = join(folder, "changed.state");
    const onState = async (lines: Iterable<string>): Promise<void> =>
      void writeFileSync(state, [...lines].join(""));
    await checkedWhile(path, () => appendFileSync(path, event(30_001)), { onState });
    const judged = await check([], { stateIn: [state] });
    expect([judged.inputs[0]?.change, notes(judged).length, judged.errors]).toEqual(["grown", 1, []]);
    const claimed = await check([], { stateIn: [state], claims: ["runtime"] });
    expect([notes(claimed), claimed.errors.map((error) => error.path)]).toEqual([[], [path]]);
  });
});

describe("a log that stays the same", () => {
  it("is not said to have changed, whatever is done beside it", async () => {
    const path = log();
    const report = await checkedWhile(path, () => writeFileSync(`${path}.2`, "x"), { claims: ["runtime"] });
    expect([report.inputs[0]?.change, report.errors]).toEqual([undefined, []]);
    expect(duplicate(report)).toMatchObject({ line: LAST, column: 13 });
  });
});

describe("the second reading", () => {
  const rereading = (path: string, happens: () => void, options: CheckOptions = {}): Promise<Report> =>
    check([path], { ...options, onCounted: happens });

  it("shows nothing of a log that is another by then", async () => {
    for (const text of [OTHER, OTHER + event(30_001), LOG.slice(0, 1000)]) {
      const path = log();
      const report = await rereading(path, () => writeFileSync(path, text));
      expect(duplicate(report)).toEqual({ path, line: LAST, pointer: "/event_id" });
      expect(report.errors).toEqual([]);
    }
  });

  it("is an error under a claim where the log is another by then", async () => {
    const path = log();
    const report = await rereading(path, () => writeFileSync(path, OTHER), { claims: ["runtime"] });
    expect(report.errors).toEqual([
      { path, message: "the file changed while it was read: check it again when nobody writes to it" },
    ]);
  });

  it("shows what was read of a log that has grown, or was copied in its place", async () => {
    const happenings: ((path: string) => void)[] = [
      (path) => appendFileSync(path, event(0, "once more")),
      (path) => {
        writeFileSync(`${path}.copy`, readFileSync(path));
        renameSync(`${path}.copy`, path);
      },
    ];
    for (const happens of happenings) {
      const path = log();
      const report = await rereading(path, () => happens(path));
      expect(duplicate(report)).toMatchObject({ line: LAST, column: 13 });
    }
  });

  it("is an error where the log changes meanwhile", async () => {
    const path = log();
    const found: Occurrence[] = [];
    const report = await check([path], {
      onOccurrences: async (occurrences) => {
        for await (const occurrence of occurrences) {
          if (found.length === 0) writeFileSync(path, OTHER);
          found.push(occurrence);
        }
      },
    });
    expect(found.length).toBeGreaterThan(0);
    expect(report.errors).toEqual([
      {
        path,
        message:
          "changed while it was read again for columns and excerpts, which may be wrong: check it when nobody writes to it",
      },
    ]);
  });
});
