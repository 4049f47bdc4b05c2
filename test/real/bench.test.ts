import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { afterAll, describe, expect, it } from "vitest";
import { check, type Occurrence } from "../../src/index.js";
import { ROOT } from "../support/fixtures.js";
import { some } from "../support/long.js";

const { combinedSchema, combinedArraySchema } = (await import(join(ROOT, "bench/protocol.mjs"))) as {
  combinedSchema(): object;
  combinedArraySchema(): object;
};
const folder = mkdtempSync(join(tmpdir(), "mplp-bench-"));

afterAll(() => rmSync(folder, { recursive: true }));

function bench(script: string, ...args: readonly string[]): { status: number | null; stdout: string } {
  return spawnSync(process.execPath, [join(ROOT, "bench", script), ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
}

/** A generated log, as text and as a file. */
function logOf(share: string): { text: string; path: string } {
  const text = bench("generate.mjs", "--events", "2000", "--invalid", share).stdout;
  const path = join(folder, `${share}.ndjson`);
  writeFileSync(path, text);
  return { text, path };
}

const clean = logOf("0");
const wrong = logOf("1");
const eventsOf = ({ text }: { text: string }): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("generated logs", () => {
  it("have events of all families and both profiles, of about 450 bytes", () => {
    const families = new Set(eventsOf(clean).map(({ event_family: family }) => family));
    expect(families.size).toBe(13);
    expect(clean.text).toContain('"SAInitialized"');
    expect(clean.text).toContain('"MAPSessionStarted"');
    const average = clean.text.length / 2000;
    expect(average).toBeGreaterThan(430);
    expect(average).toBeLessThan(500);
  });

  it.each([
    ["python", /^\{"event_id": "[^"]+", "event_type": /],
    ["integers", /"sequence":\d+/],
    ["escapes", /:"\\u00[0-7][0-9a-f]/],
  ])("are clean in every style: %s", async (style, form) => {
    const text = bench("generate.mjs", "--events", "500", "--style", style).stdout;
    expect(
      text
        .trimEnd()
        .split("\n")
        .filter((line) => !form.test(line)),
    ).toEqual([]);
    const path = join(folder, `${style}.ndjson`);
    writeFileSync(path, text);
    const { findings, summary } = await check([path]);
    expect([findings, summary.events]).toEqual([[], 500]);
  });

  it("have something wrong with every event where that is asked for, and with none otherwise", async () => {
    expect((await check([clean.path])).findings).toEqual([]);
    const lines = new Set<number>();
    const onOccurrences = async (occurrences: AsyncIterable<Occurrence>): Promise<void> => {
      for await (const { line } of occurrences) lines.add(line);
    };
    const report = await check([wrong.path], { onOccurrences });
    expect(report.summary.events).toBe(2000);
    expect(lines.size).toBe(2000);
    expect(report.findings.length).toBeGreaterThan(15);
  });
});

describe("what ours is compared with", () => {
  const ajv = formats.default(new Ajv({ strict: false }));

  it("has schemas that take right events, and refuse what schemas can refuse", () => {
    const accepts = ajv.compile(combinedSchema());
    expect(eventsOf(clean).filter((event) => !accepts(event))).toEqual([]);
    const refused = eventsOf(wrong).filter((event) => !accepts(event));
    // Ids of other versions, blanks in dates and empty types are for the invariants.
    expect(refused.length).toBeGreaterThan(1000);
    expect(refused.length).toBeLessThan(2000);
    const acceptsAll = ajv.compile(combinedArraySchema());
    expect(acceptsAll(eventsOf(clean))).toBe(true);
    expect(acceptsAll(eventsOf(wrong))).toBe(false);
  });

  it("has a loop that takes right logs and refuses wrong ones", () => {
    expect(bench("ajv-loop.mjs", clean.path)).toMatchObject({ status: 0, stdout: "2000 events\n" });
    const { status, stdout } = bench("ajv-loop.mjs", wrong.path);
    expect(status).toBe(1);
    expect(stdout).toContain("obs_event_id_is_uuid");
  });

  it("has a floor that parses every line", () => {
    expect(bench("floor.mjs", clean.path).stdout).toBe("2000 lines\n");
    const digest = createHash("sha256").update(clean.text).digest("hex");
    expect(bench("floor.mjs", clean.path, "--sha256").stdout).toBe(`2000 lines\n${digest}\n`);
    expect(bench("floor.mjs", join(ROOT, "package.json")).status).toBe(1);
  });
});

describe("measurements of what is kept", () => {
  const scripts: readonly (readonly [string, ...string[]])[] = [
    ["memory.mjs", "--keys", "2000"],
    ["ids.mjs", "--ids", "3000", "--repeats", "1000"],
    ["state.mjs", "--ids", "3000"],
  ];
  it.each(some("scripts that measure", scripts))("come to their end: %s", (script = "", ...args) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--expose-gc", join(ROOT, "bench", script), ...args],
      { encoding: "utf8" },
    );
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/\d/);
  });
});
