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
import { BROKEN, CLEAN } from "./support/workspace.js";

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
  it.each(
    READ.flatMap(([file, ...args]) =>
      [["-f", "json", "-o"], ["--findings"]].map((option) => [[...args, ...option, file]]),
    ),
  )("is not written: %j", async (args) => {
    const before = contents();
    const { status, stdout, stderr } = await run(args);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: "",
      stderr: `mplp-check: ${args.at(-1)} is an input of this run\n${FOR_HELP}`,
    });
    expect(contents()).toEqual(before);
  });

  it("may be any of an evidence folder", async () => {
    mkdirSync(join(folder, "pack/timeline"), { recursive: true });
    cpSync(join(folder, "events.ndjson"), join(folder, "pack/timeline/events.ndjson"));
    writeFileSync(join(folder, "pack/manifest.json"), "{}");
    for (const file of ["pack/manifest.json", "pack/timeline/events.ndjson"])
      expect((await run(["pack", "-f", "json", "-o", file])).stderr).toBe(
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

describe("a file that holds evidence", () => {
  const LOG = "other.ndjson";
  beforeEach(() => cpSync(CLEAN, join(folder, LOG)));

  it.each([
    [["-f", "text", "-o", LOG]],
    [["-f", "json", "-o", LOG]],
    [["--findings", LOG]],
    [["--rejected", LOG]],
    [["--state-out", LOG]],
    [["--write-baseline", LOG]],
  ])("is not replaced: %j", async (args) => {
    expect(await run(args)).toEqual({
      status: 2,
      stdout: "",
      stderr: `mplp-check: ${LOG} holds events or other evidence, and would be lost: remove it, or name another file\n${FOR_HELP}`,
    });
    expect(readFileSync(join(folder, LOG))).toEqual(readFileSync(CLEAN));
  });

  it("is not replaced by what is made of reports", async () => {
    await run(["-o", "run.json"]);
    for (const args of [
      ["report", "run.json"],
      ["diff", "run.json", "run.json"],
      ["trend", "run.json", "run.json"],
    ]) {
      const { status, stderr } = await mplpCheck([...args, "-f", "text", "-o", LOG], { cwd: folder });
      expect([args, status, stderr]).toEqual([args, 2, expect.stringContaining("would be lost")]);
    }
  });

  it("may be an output of an earlier run", async () => {
    const args = ["-f", "json", "-o", "run.json", "--context", "3", "--findings", "all", "--rejected", "bad"];
    const states = ["--state-out", "a.state.gz", "--write-baseline", "known.json"];
    const gitlab = ["-f", "gitlab", "-o", "run.json"];
    for (const others of [args, args, gitlab, states, states])
      expect([
        others,
        (await mplpCheck([BROKEN, ...others, "--fail-on", "none"], { cwd: folder })).status,
      ]).toEqual([others, 0]);
  });
});

describe("an ending that no report has", () => {
  it.each(["run.json.gz", "run.jsonl", "run.log", "run.yaml", "events.ndjson.1"])(
    "needs a format: %s",
    async (file) => {
      const { status, stderr } = await run(["-o", file]);
      expect(status).toBe(2);
      expect(stderr).toContain(`${file}: no report ends with `);
      expect((await run(["-f", "json", "-o", file])).status).toBe(0);
    },
  );

  it("is none in a name without one, which is a text", async () => {
    expect((await run(["-o", "run"])).status).toBe(0);
    expect(readFileSync(join(folder, "run"), "utf8")).toMatch(/^no-violations-found: /m);
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
