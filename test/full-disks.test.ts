import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mplpCheck, mplpProcess } from "./support/cli.js";
import { smallDisk } from "./support/small-disk.js";
import { BROKEN } from "./support/workspace.js";

const { folder, small, canMount } = smallDisk(40);
const FULL = "there is no space left for it: make room there, or name another place";

describe.skipIf(!canMount)("a disk that is full", () => {
  writeFileSync(join(small, "badge.json"), "");
  writeFileSync(join(small, "filling"), Buffer.alloc(32_768));

  it.each([
    [["--help"], "none", 8192],
    [["--help"], "a part", 4096],
    [["--version"], "none", 8192],
    [["report", "--help"], "none", 8192],
    [["rules"], "a part", 4096],
    [[BROKEN], "none", 8192],
  ] as const)(
    "takes what %j prints: %s of it, which is said, with the exit code 2",
    async (args, _what, filling) => {
      rmSync(join(small, "stdout"), { force: true });
      writeFileSync(join(small, "more"), Buffer.alloc(filling));
      const stdout = openSync(join(small, "stdout"), "w");
      const { status, stderr } = await mplpProcess(args, { stdout });
      closeSync(stdout);
      expect(status).toBe(2);
      expect(stderr.split("\n")).toContain(`mplp-check: standard output cannot be written: ${FULL}`);
      expect(stderr).not.toContain("    at ");
    },
  );

  it("keeps no other output from being written, and the verdict is told", async () => {
    const [page, json] = [join(small, "page.html"), join(folder, "run.json")];
    const states = ["--state-out", join(small, "a.state"), "--findings", join(folder, "all.ndjson")];
    const args = [BROKEN, ...states, "-f", "html", "-o", page, "-f", "json", "-o", json];
    const { status, stderr } = await mplpCheck(args);
    expect(status).toBe(2);
    expect(stderr.split("\n")).toEqual([
      expect.stringMatching(/^mplp-check: nonconformant: /),
      `mplp-check: ${join(small, "a.state")} cannot be written: ${FULL}`,
      `mplp-check: ${page} cannot be written: ${FULL}`,
      "",
    ]);
    expect(JSON.parse(readFileSync(json, "utf8"))).toMatchObject({ verdict: "nonconformant" });
    expect(readFileSync(join(folder, "all.ndjson"), "utf8")).toMatch(/^\{"rule":/);
    expect(existsSync(page)).toBe(false);
    const diff = ["diff", json, json, "-f", "json", "-o", join(small, "d.json"), "-f", "text"];
    const compared = await mplpCheck(diff);
    expect([compared.status, compared.stdout]).toEqual([2, expect.stringMatching(/\S/)]);
  });

  it("is named by its folder where a slice keeps something for a time", async () => {
    const env = { TMPDIR: small };
    const finding = ["--finding", "event-id-v4", "-o", join(folder, "less.ndjson")];
    const input = readFileSync(BROKEN).toString().repeat(20);
    expect((await mplpProcess(["slice", "-", ...finding], { env, input })).stderr).toBe(
      `mplp-check: ${small}: a log that can be read once cannot be kept there: there is no space left; TMPDIR names another folder\n`,
    );
    const { stderr } = await mplpCheck(["slice", BROKEN, ...finding], { env });
    expect(stderr).toContain(
      `${small}: the smaller log cannot be kept there: there is no space left; TMPDIR names another folder\n`,
    );
  });
});
