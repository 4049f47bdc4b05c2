import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { mplpCheck, mplpProcess } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { at, BROKEN, CLEAN, fixture, folder, inAFolder } from "./support/state-files.js";

inAFolder();

describe("the command line", () => {
  const options = ["-f", "json"];

  it("merges, goes on day by day, and takes parts from standard input", async () => {
    const parts = [CLEAN, BROKEN, fixture("audit/conforming/events.ndjson")];
    const whole = await mplpCheck([...parts, ...options]);
    const states = [at("a.state"), at("b.state.gz"), at("c.state")];
    for (const [index, part] of parts.entries())
      await mplpCheck([part, "--observations-out", states[index] ?? "", ...options]);
    expect(gunzipSync(readFileSync(at("b.state.gz"))).toString()).toContain('{"header":');
    const merged = await mplpCheck(["merge", ...states, "--expect", "3", ...options]);
    expect([merged.stdout, merged.status]).toEqual([whole.stdout, whole.status]);
    const day = at("day.state");
    await mplpCheck([parts[0] ?? "", "--state-out", day]);
    await mplpCheck([parts[1] ?? "", "--state-in", day, "--state-out", day]);
    const last = await mplpCheck([parts[2] ?? "", "--state-in", day, ...options]);
    expect(last.stdout).toBe(whole.stdout);
    const piped = await mplpProcess(
      ["-", "--stdin-name", "part 2", ...options, "--state-in", at("a.state")],
      {
        input: readFileSync(BROKEN),
      },
    );
    const paths = (JSON.parse(piped.stdout) as { inputs: { path: string }[] }).inputs.map(({ path }) => path);
    expect(paths).toEqual([CLEAN, "part 2"]);
    expect(piped.stdout).toContain('"path": "part 2",');
    const twice = await mplpProcess(["-", "--stdin-name", CLEAN, "--state-in", at("a.state")], {
      input: readFileSync(CLEAN),
    });
    expect(twice.stdout.replace(/\s+/g, " ")).toContain("a state holds this input already: it counts twice");
    expect(twice.status).toBe(2);
  });

  it.each<[string[], string]>([
    [["merge"], "missing required argument"],
    [["merge", "nowhere.state"], "nowhere.state: no such file or folder"],
    [["merge", BROKEN], "broken.ndjson:1: this is no state of mplp-check"],
    [["merge", "x", "--findings", "y"], "unknown option '--findings'"],
    [["--state-in", "x", "--findings", "y"], "--findings cannot be combined with --state-in"],
    [
      [CLEAN, "--state-out", "-", "-f", "json"],
      "--state-out - and a report cannot both go to standard output",
    ],
    [[CLEAN, "--state-out", "-", "--partitions", "2"], "--partitions needs a folder"],
    [[CLEAN, "--partitions", "2"], "--partitions needs a --state-out"],
    [[CLEAN, "--partitions", "2000", "--state-out", "x"], "There are no more than 1024 partitions"],
    [[CLEAN, "--state-out", ""], "an output file has no name"],
    [[CLEAN, "--state-out", CLEAN], "is an input of this run"],
    [[CLEAN, "--state-out", "x", "--observations-out", "y"], "give one of them"],
    [["-", "--stdin-name", ""], "--stdin-name is empty"],
    [["merge", "one", "-o", "one"], "one is an input of this run"],
  ])("refuses %j: %s", async (args, message) => {
    const { stdout, stderr, status } = await mplpCheck(args, { cwd: ROOT });
    expect(stderr).toContain(message);
    expect([stdout, status]).toEqual(["", 2]);
  });

  it("escapes on standard output what a terminal or a CI service would act on", async () => {
    const sign = "\u202e##vso[task.complete] ##[error] \u2028";
    const text = readFileSync(CLEAN, "utf8").replaceAll("Plan the change", sign);
    writeFileSync(at("hostile.ndjson"), text);
    const file = at("hostile.state");
    const plain = [at("hostile.ndjson"), "--fail-on", "none"];
    await mplpCheck([...plain, "--state-out", file]);
    expect(readFileSync(file, "utf8")).toContain("##vso[");
    const { stdout } = await mplpCheck([...plain, "--state-out", "-"]);
    expect(stdout).not.toMatch(/[\u202e\u2028]|##/);
    writeFileSync(at("printed.state"), stdout);
    const [merged, printed] = [
      await mplpCheck(["merge", file, ...options]),
      await mplpCheck(["merge", at("printed.state"), ...options]),
    ];
    expect(printed).toEqual(merged);
    expect(printed.status).not.toBe(2);
  });

  it("writes a state whole or not at all", async () => {
    const before = readdirSync(folder).sort();
    const state = join(CLEAN, "at-all.state");
    const { status, stderr } = await mplpCheck([CLEAN, "--state-out", state]);
    expect([status, stderr]).toEqual([2, expect.stringContaining("is no folder")]);
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});
