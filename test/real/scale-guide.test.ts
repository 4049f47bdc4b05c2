import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/index.js";
import { ROOT } from "../support/fixtures.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-scale-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GUIDE = readFileSync(join(ROOT, "docs/scale.md"), "utf8");
const HAS_PARALLEL = spawnSync("parallel", ["--version"]).status === 0;

/** The blocks of shell commands, in order, under the titles of their sections. */
const commands = GUIDE.split(/^## /m).flatMap((section) => {
  const [title = ""] = section.split("\n");
  return [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => ({ title, block }));
});

/** Without GNU parallel its commands cannot be tried, and the states that they write are missing. */
function needsParallel(block: string): boolean {
  return block.includes("parallel ") || block.includes("states/");
}

/** The commands of a block; one that ends otherwise than its comment promises ends them all. */
function asserting(block: string): string {
  return block.replace(
    /^(.*?) *# exit (\d)$/gm,
    (_line, command: string, code: string) =>
      `${command}\nstatus=$?; [ $status = ${code} ] || { echo "ended with $status: ${command.replaceAll('"', "'")}" >&2; exit 99; }`,
  );
}

/** Runs shell commands where mplp-check is a command. */
function run(script: string): string {
  const path = `${join(folder, "bin")}:${process.env.PATH}`;
  return execFileSync("bash", ["-c", script], {
    cwd: folder,
    env: { ...process.env, PATH: path, HOME: folder, PARALLEL_HOME: join(folder, ".parallel") },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

mkdirSync(join(folder, "bin"));
mkdirSync(join(folder, "logs"));
mkdirSync(join(folder, ".parallel"));
writeFileSync(join(folder, ".parallel/will-cite"), "");
writeFileSync(
  join(folder, "bin/mplp-check"),
  `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, "bin/mplp-check.js")}" "$@"\n`,
  { mode: 0o755 },
);
const log = readFileSync(join(ROOT, "fixtures/audit/conforming/events.ndjson"), "utf8");
const lines = log.trimEnd().split("\n");
writeFileSync(join(folder, "events.ndjson"), log);
const third = Math.ceil(lines.length / 3);
for (const [index, day] of ["monday", "tuesday", "wednesday"].entries())
  writeFileSync(
    join(folder, `logs/${day}.ndjson`),
    `${lines.slice(index * third, (index + 1) * third).join("\n")}\n`,
  );

describe("docs/scale.md", () => {
  it("has commands in six of its parts", () => {
    expect(new Set(commands.map(({ title }) => title))).toEqual(
      new Set([
        "Logs that are rotated",
        "Partitions",
        "GNU parallel",
        "Kubernetes",
        "Spark",
        "Contents of a state",
      ]),
    );
    expect(
      commands
        .map(({ block }) => asserting(block))
        .join("")
        .match(/exit 99/g)?.length,
    ).toBe(16);
  });

  for (const [index, { title, block }] of commands.entries()) {
    // apt-get install parallel
    it.skipIf(needsParallel(block) && !HAS_PARALLEL)(`${title}, block ${index + 1}: ends as it says`, () => {
      run(asserting(block));
    });
  }

  it.skipIf(!HAS_PARALLEL)(
    "cuts a file on line ends, and the pieces are judged as the inputs they are",
    () => {
      const [pieces = ""] = commands
        .map(({ block }) => block)
        .filter((block) => block.includes("--pipepart"));
      rmSync(join(folder, "pieces"), { recursive: true, force: true });
      run(asserting(pieces.replace("100M", "4k")));
      const states = readdirSync(join(folder, "pieces"));
      expect(states.length).toBeGreaterThan(2);
      const report = JSON.parse(run("mplp-check merge pieces/*.state --complete -f json")) as Report;
      const whole = JSON.parse(run("mplp-check events.ndjson --complete -f json")) as Report;
      expect(report.inputs.map(({ path }) => path)).toEqual(
        states.sort().map((name) => `events.ndjson:${name.replace(".state", "")}`),
      );
      expect(report.summary).toEqual(whole.summary);
      expect(report.graphs).toEqual(whole.graphs);
    },
  );

  it("ends a week with the report of the whole week", () => {
    const days = "logs/monday.ndjson logs/tuesday.ndjson logs/wednesday.ndjson";
    const whole = run(`mplp-check ${days} --complete -f html`);
    expect(readFileSync(join(folder, "week.html"), "utf8")).toBe(whole);
  });
});
