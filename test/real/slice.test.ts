import { execFileSync } from "node:child_process";
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { check, type Report } from "../../src/index.js";
import { mplpProcess } from "../support/cli.js";
import { numbered } from "../support/numbered-events.js";
import { BROKEN } from "../support/workspace.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-slice-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fingerprintsIn = ({ findings }: Report): ReadonlySet<string> =>
  new Set(findings.map(({ fingerprint }) => fingerprint));

describe("mplp-check slice", () => {
  it("takes standard input, compressed too, and leaves nothing behind", async () => {
    const output = join(folder, "out/small.ndjson");
    const own = mkdtempSync(join(folder, "tmp-"));
    const args = ["slice", "-", "--finding", "event-id-v4", "-o", output];
    const input = gzipSync(readFileSync(BROKEN));
    const { status, stdout, stderr } = await mplpProcess(args, { input, env: { TMPDIR: own } });
    expect([status, stdout]).toEqual([0, ""]);
    expect(stderr).toContain(`${output}: 1 line (`);
    expect(fingerprintsIn(await check([output])).size).toBe(1);
    expect(execFileSync("ls", ["-A", own], { encoding: "utf8" })).toBe("");
  });

  it("holds no log in memory", async () => {
    const path = join(folder, "large.ndjson");
    const note = "x".repeat(1000);
    const lines = function* () {
      for (let number = 0; number < 80_000; number++)
        yield `${numbered(number, number === 70_000 ? { event_type: "", note } : { note })}\n`;
    };
    await pipeline(Readable.from(lines()), createWriteStream(path));
    const env = { NODE_OPTIONS: "--max-old-space-size=64" };
    const args = ["slice", path, "--finding", "event-type-non-empty", "--jobs", "1"];
    const { status, stdout } = await mplpProcess(args, { env });
    rmSync(path);
    expect(status).toBe(0);
    expect(stdout).toContain('"0a7c6f4e-52a1-4f7e-9b1d-000000070000"');
    expect(existsSync(path)).toBe(false);
  }, 120_000);
});
