import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mplpCheck, mplpProcess } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";

const AUDIT = join(ROOT, "fixtures/audit/conforming");
/** What follows a sentence about a command line. */
const FOR_HELP = "mplp-check: for help: mplp-check --help\n";
const EXTRA = "invariants: [{id: own, scope: event, path: event_id, rule: uuid-v4}]\n";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-overwriting-"));
  for (const name of ["events.ndjson", "mapping.yaml"]) cpSync(join(AUDIT, name), join(folder, name));
  for (const name of ["schemas", "invariants"])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, "extra.yaml"), EXTRA);
  writeFileSync(join(folder, "p.json"), '{"version":2,"findings":[]}');
  writeFileSync(join(folder, "own.yaml"), "fail-on: none\n");
  symlinkSync("p.json", join(folder, "link.json"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[]) => mplpCheck(["events.ndjson", ...args], { cwd: folder });

/** Every file of the folder with what it holds. */
function contents(): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(files.sort().map((file) => [file, readFileSync(file, "utf8")]));
}

/** Every option that names a file to read, with that file or one of its folder. */
const READ: readonly (readonly [file: string, ...args: string[]])[] = [
  ["events.ndjson"],
  ["mapping.yaml", "--mapping", "mapping.yaml"],
  ["mapping.yaml", "--as", "mapping:mapping.yaml"],
  ["p.json", "--baseline", "p.json"],
  ["link.json", "--baseline", "p.json"],
  ["p.json", "--baseline", "p.json", "--prune-baseline"],
  ["p.json", "--baseline", "p.json", "--write-baseline", "new.json"],
  ["own.yaml", "--config", "own.yaml"],
  ["schemas/events/mplp-event-core.schema.json", "--schemas", "schemas"],
  ["invariants/observability-invariants.yaml", "--invariants", "invariants"],
  ["extra.yaml", "--invariants", "invariants", "--invariants", "extra.yaml"],
  ["extra.yaml", "--extra-invariants", "extra.yaml"],
];

describe("a file that a run reads", () => {
  it.each(READ.flatMap(([file, ...args]) => ["-o", "--findings"].map((option) => [[...args, option, file]])))(
    "is not written: %j",
    async (args) => {
      const before = contents();
      const { status, stdout, stderr } = await run(args);
      expect({ status, stdout, stderr }).toEqual({
        status: 2,
        stdout: "",
        stderr: `mplp-check: ${args.at(-1)} is an input of this run\n${FOR_HELP}`,
      });
      expect(contents()).toEqual(before);
    },
  );

  it("may be any of an evidence folder", async () => {
    mkdirSync(join(folder, "pack/timeline"), { recursive: true });
    cpSync(join(folder, "events.ndjson"), join(folder, "pack/timeline/events.ndjson"));
    writeFileSync(join(folder, "pack/manifest.json"), "{}");
    for (const file of ["pack/manifest.json", "pack/timeline/events.ndjson"])
      expect((await run(["pack", "-o", file])).stderr).toBe(
        `mplp-check: ${file} is an input of this run\n${FOR_HELP}`,
      );
  });

  it.each(["own.yaml", "extra.yaml"])("is not made a baseline or a state: %s", async (file) => {
    for (const option of ["--write-baseline", "--state-out"]) {
      const { status, stderr } = await run([
        "--config",
        "own.yaml",
        "--extra-invariants",
        "extra.yaml",
        option,
        file,
      ]);
      expect([status, stderr]).toEqual([2, `mplp-check: ${file} is an input of this run\n${FOR_HELP}`]);
    }
  });

  it("may be a baseline or a state that the run itself renews", async () => {
    const renewed = [
      ["--baseline", "p.json", "--write-baseline", "p.json"],
      ["--baseline", "p.json", "--write-baseline", "link.json"],
      ["--baseline", "p.json", "--prune-baseline"],
      ["--state-out", "a.state"],
    ];
    for (const args of renewed) expect([args, (await run(args)).status]).toEqual([args, 0]);
    const again = await mplpCheck(["mapping.yaml", "--state-in", "a.state", "--state-out", "a.state"], {
      cwd: folder,
    });
    expect([again.status, again.stderr]).toEqual([0, ""]);
  });
});

describe("two outputs", () => {
  it.each([
    [["--write-baseline", "new.json", "-o", "new.json"]],
    [["--state-out", "new", "--findings", "new"]],
    [["-f", "json", "-o", "new", "-f", "text", "-o", "./new"]],
  ])("do not go to one file: %j", async (args) => {
    const { status, stdout, stderr } = await run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^mplp-check: two outputs cannot go to /);
  });
});

it("standard input is no file that is called like it", async () => {
  const input = readFileSync(join(folder, "events.ndjson"));
  const { status } = await mplpProcess(["-", "-f", "json", "-o", "./-"], { cwd: folder, input });
  expect(status).toBe(0);
  expect(JSON.parse(readFileSync(join(folder, "-"), "utf8"))).toMatchObject({ inputs: [{ path: "-" }] });
});

it("a file beside those that a run reads may be written, again and again", async () => {
  const files = ["report.json", "schemas/report.json", "invariants/report.json"];
  const args = ["--schemas", "schemas", "--invariants", "invariants"];
  for (const _ of [1, 2]) {
    const { status } = await run([...args, ...files.flatMap((file) => ["-f", "json", "-o", file])]);
    expect(status).toBe(0);
  }
});

it.each([
  ["p.json/new", "p.json is no folder"],
  ["p.json/deep/er/new", "p.json/deep/er is no folder"],
  ["schemas", "it is a folder"],
])(
  "an output for which there is no place is refused before anything is written: %s",
  async (file, reason) => {
    for (const option of ["-o", "--findings", "--state-out", "--write-baseline"]) {
      const { status, stdout, stderr } = await run(["-f", "json", "-o", "first.json", option, file]);
      expect({ status, stdout, stderr }).toMatchObject({
        status: 2,
        stdout: "",
        stderr: expect.stringContaining(option === "-o" ? "" : `${file} cannot be written: ${reason}`),
      });
      expect(readdirSync(folder)).not.toContain("first.json");
    }
    const { stderr } = await run(["-o", file]);
    expect(stderr).toBe(`mplp-check: ${file} cannot be written: ${reason}\n${FOR_HELP}`);
  },
);
