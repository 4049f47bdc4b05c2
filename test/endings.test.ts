import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mplpCheck } from "./support/cli.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-endings-"));
  mkdirSync(join(folder, "tmp"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a command line in a process of somebody else's", () => {
  it("leaves signals to the process again", async () => {
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    const listeners = () => signals.map((name) => process.listenerCount(name));
    const before = listeners();
    for (const args of [["--version"], ["rules"], ["nowhere.ndjson"], ["--nonsense"]]) await mplpCheck(args);
    expect(listeners()).toEqual(before);
  });
});
