import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { mplpCheck } from "./support/cli.js";
import { smallDisk } from "./support/small-disk.js";

const { folder, small, canMount } = smallDisk(32);
const log = join(folder, "events.ndjson");

beforeAll(() => {
  const event = (line: number) => ({
    event_id: `no-uuid-${line}`,
    event_type: "a",
    event_family: "intent",
    timestamp: "2026-01-05T08:00:00Z",
  });
  const lines = Array.from({ length: 900 }, (_, line) => `${JSON.stringify(event(line))}\n`);
  writeFileSync(log, lines.join(""));
});

const FULL = "there is no space left for it: make room there, or name another place";

describe("--findings", () => {
  it("writes every occurrence, and leaves nothing behind", async () => {
    const own = join(folder, "tmp");
    mkdirSync(own);
    const file = join(folder, "all.ndjson");
    const { status } = await mplpCheck([log, "--findings", file, "--fail-on", "none"], {
      env: { TMPDIR: own },
    });
    expect(status).toBe(0);
    expect(readFileSync(file, "utf8").trimEnd().split("\n")).toHaveLength(900);
    expect(readdirSync(own)).toEqual([]);
  });

  it.skipIf(!canMount)("ends with 2 and says why where the temporary disk is full", async () => {
    const file = join(folder, "lost.ndjson");
    const args = [log, "--findings", file, "-f", "summary"];
    const { status, stdout, stderr } = await mplpCheck(args, { env: { TMPDIR: small } });
    expect(status).toBe(2);
    expect(stdout).toContain("nonconformant: ");
    expect(stderr).toContain(
      `${small}: what --findings or --rejected writes cannot be kept there: there is no space left`,
    );
  });

  it.skipIf(!canMount)("ends with 2 and names the file where its own disk is full", async () => {
    const file = join(small, "all.ndjson");
    const { status, stderr } = await mplpCheck([log, "--findings", file]);
    expect(status).toBe(2);
    expect(stderr).toBe(`mplp-check: ${file} cannot be written: ${FULL}\n`);
    expect(readdirSync(small)).toEqual([]);
  });
});
