import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mplpProcess } from "../support/cli.js";
import { some } from "../support/long.js";

const EVENT =
  '{"event_id":"550e8400-e29b-41d4-a716-446655440000","event_type":"t","event_family":"intent","timestamp":"2025-11-30T17:27:20Z"}';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-depth-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const arrays = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);

describe("with a heap of 200 MB", () => {
  const SIZE = 15_800_000;
  const run = (path: string) => mplpProcess([path], { env: { NODE_OPTIONS: "--max-old-space-size=200" } });

  const texts: readonly (readonly [string, () => string])[] = [
    ["arrays", () => arrays(SIZE / 2)],
    ["objects", () => '{"a":'.repeat(SIZE / 5)],
    ["behind a bracket", () => `}${'{"a":'.repeat(SIZE / 6)}1${"}".repeat(SIZE / 6)}`],
    ["in a text", () => JSON.stringify({ x: arrays(SIZE / 2) })],
    ["over lines", () => `{\n${'"a":{'.repeat(SIZE / 6)}1${"}".repeat(SIZE / 6)}\n}`],
  ];
  it.each(some("16 MB of levels", texts))("16 MB of levels are survived: %s", async (name, text) => {
    const path = file(`${name}.ndjson`, `${EVENT}\n${text()}\n`);
    const { status, stderr, stdout } = await run(path);
    expect(stderr).not.toMatch(/heap|internal/);
    expect(stdout).toContain("read ");
    expect(status).not.toBe(null);
    rmSync(path);
  });

  it.each([
    ["flow.yaml", "[".repeat(500_000)],
    ["blocks.yaml", `${"- ".repeat(250_000)}x`],
    [
      "laughs.yaml",
      `a0: &a0 [x]\n${Array.from({ length: 60 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}, *a${n}]\n`).join("")}`,
    ],
    ["self.yaml", "modules: &a [*a, *a]\n"],
    ["quotes.md", `# modules\n${">".repeat(500_000)} x\n`],
    ["lists.md", `# modules\n${"- ".repeat(250_000)} x\n`],
  ])("documents end: %s", async (name, text) => {
    const { status, stderr } = await run(file(name, text));
    expect(stderr).not.toMatch(/heap|internal/);
    expect(status).toBeGreaterThan(0);
  });
});
