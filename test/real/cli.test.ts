import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/index.js";
import { mplpCheck } from "../support/cli.js";
import { ROOT } from "../support/fixtures.js";

const BROKEN = "fixtures/quickstart/broken.ndjson";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const report = (stdout: string): Report => JSON.parse(stdout) as Report;

describe("writing", () => {
  it("writes findings by the thousand without a word on standard error", async () => {
    const event =
      '{"event_id":"e","event_type":"t","event_family":"intent","timestamp":"2026-01-05T08:00:00Z"}\n';
    const [log, file] = [join(folder, "thousands.ndjson"), join(folder, "thousands.findings.ndjson")];
    writeFileSync(log, event.repeat(3000));
    const { stderr } = await mplpCheck([log, "--findings", file]);
    expect(readFileSync(file, "utf8").split("\n").length).toBe(6000);
    expect(stderr).toBe("");
  });

  it("ends quietly where the reader of its output goes away", async () => {
    const log = inFolder("many.ndjson", readFileSync(join(ROOT, BROKEN), "utf8").repeat(100));
    const command = `"${process.execPath}" bin/mplp-check.js "${log}" -f json --max-findings 5000 | head -c 10`;
    const child = spawn("sh", ["-c", command], { cwd: ROOT });
    let stderr = "";
    child.stderr.on("data", (data: Buffer) => {
      stderr += data.toString();
    });
    await new Promise((resolve) => child.on("close", resolve));
    expect(stderr).not.toMatch(/EPIPE|internal error|^ +at /m);
  });

  it("writes a large report through a pipe to its last byte", () => {
    const log = inFolder("pipe.ndjson", readFileSync(join(ROOT, BROKEN), "utf8").repeat(60));
    const command = `"${process.execPath}" bin/mplp-check.js "${log}" -f json --max-findings 3000 | cat`;
    const stdout = execFileSync("sh", ["-c", command], {
      cwd: ROOT,
      encoding: "utf8",
      maxBuffer: 1e9,
      stdio: ["ignore", "pipe", "ignore"],
    });
    expect(stdout.length).toBeGreaterThan(65_536);
    expect(report(stdout).verdict).toBe("nonconformant");
  });
});
