import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Ajv } from "ajv";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import {
  SELFTEST_FORMAT_NAMES,
  type Selftest,
  type SelftestOptions,
  selftest,
  selftestExitCode,
} from "../src/index.js";
import { CLAUSES } from "../src/protocol/clauses/clauses.js";
import { RULES } from "../src/rules/index.js";
import { MUTATIONS } from "../src/selftest/mutations/index.js";
import { UNTESTABLE } from "../src/selftest/mutations/untestable.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT, ruleFixtures } from "./support/fixtures.js";
import { parseMarkdown } from "./support/formats/markdown.js";
import { commandsIn } from "./support/hostile.js";
import { bytesOf, logs } from "./support/logs.js";
import { some } from "./support/long.js";
import { runs } from "./support/runs.js";
import { idle } from "./support/signals.js";

const GOOD = join(ROOT, "fixtures/quickstart/events.ndjson");
const CLAIMED = { claims: ["runtime", "integration"], complete: true } as const satisfies SelftestOptions;

const folder = mkdtempSync(join(tmpdir(), "mplp-selftest-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A selftest of the first records of a log, which others are compared with; most cost grows with the records. */
const FEW = { places: 1, records: 4 } as const satisfies SelftestOptions;
let ofFew: Promise<Selftest> | undefined;
const selftestOfFew = (): Promise<Selftest> => {
  ofFew ??= selftest([GOOD], FEW);
  return ofFew;
};

let files = 0;
function written(text: string | Uint8Array, name = "log.ndjson"): string {
  const path = join(folder, `${files++}-${name}`);
  writeFileSync(path, text);
  return path;
}

const unnoticedIn = ({ clauses }: Selftest): string[] =>
  clauses.flatMap(({ id, mutations }) =>
    mutations.flatMap(({ name, places }) =>
      places.flatMap(({ line, isNoticed }) => (isNoticed ? [] : [`${id}: ${name}, line ${line}`])),
    ),
  );

describe("the mutations", () => {
  it.each(CLAUSES.map(({ id }) => id))("break %s, or there is a reason why none can", (id) => {
    const own = MUTATIONS.filter(({ clause }) => clause === id);
    expect(own.length > 0).toBe((UNTESTABLE as Record<string, string>)[id] === undefined);
  });

  it("break every clause that has a rule about single events", () => {
    const cited = RULES.filter(({ evidence }) => evidence === "event").flatMap(({ clauses }) => clauses);
    for (const id of cited) expect(Object.keys(UNTESTABLE)).not.toContain(id);
  });

  it("have one name each in their clause, and are data of their own", () => {
    const names = MUTATIONS.map(({ clause, name }) => `${clause} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("a selftest", () => {
  it.each(
    some("rule fixtures of a selftest", ruleFixtures()).map((fixture) => [fixture.name, fixture] as const),
  )(
    "leaves nothing unnoticed in %s",
    async (_name, { path, options }) => {
      expect(unnoticedIn(await selftest([path], { ...options, places: 1 }))).toEqual([]);
    },
    60_000,
  );

  it("leaves nothing unnoticed in random logs, whatever is wrong with them", async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.boolean(), async (lines, complete) => {
        const path = written(bytesOf(lines));
        expect(unnoticedIn(await selftest([path], { complete, places: 1 }))).toEqual([]);
      }),
      { numRuns: runs(20) },
    );
  }, 300_000);

  it("says the same every time", async () => {
    expect(await selftest([GOOD], FEW)).toEqual(await selftestOfFew());
  }, 60_000);

  it("tells what a check does not see: weaker invariants leave a mutation unnoticed", async () => {
    const invariants = written(
      readFileSync(join(ROOT, "invariants/observability-invariants.yaml"), "utf8").replace(
        /- id: obs_event_id_is_uuid\n(?: {4}.*\n)+/,
        "",
      ),
      "invariants.yaml",
    );
    const result = await selftest([GOOD], { ...FEW, invariants: [invariants] });
    expect(unnoticedIn(result)).toContainEqual(expect.stringMatching(/^PS-4\.1-2: event_id gets version 1/));
    expect(selftestExitCode(result)).toBe(1);
    const { status, stdout } = await mplpCheck([
      "selftest",
      GOOD,
      "--invariants",
      invariants,
      "--places=1",
      "--records=2",
    ]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/unnoticed: event_id gets version 1\n {2}\S*events\.ndjson:\d+ \/event_id\n/);
  }, 60_000);

  it("says why a mutation was not tried", async () => {
    const reasons = async (options: SelftestOptions, ...paths: string[]) => {
      const { clauses } = await selftest(paths, { ...options, places: 1 });
      return clauses.flatMap(({ id, mutations }) =>
        mutations.map(({ notExercised }) => `${id} ${notExercised}`),
      );
    };
    const plain = await reasons(FEW, GOOD);
    expect(plain).toContain("IS-4.2-2 what is missing is a violation only with --complete");
    expect(plain).toContain("PS-4.2-2 the clause applies only with --claim runtime");
    expect(plain).toContain("SA-1 the log has no SA event");
    const torn = await reasons(CLAIMED, written(`${readFileSync(GOOD, "utf8")}{"event_id":\n`));
    expect(torn).toContain("PS-4.2-2 not all could be read or judged, so what is missing may be there");
    const events = readFileSync(GOOD, "utf8").replaceAll(/"project_id":"[^"]*"/g, '"project_id":"p"');
    expect(await reasons(FEW, written(events))).toContain(
      "PS-4.1-6 the log breaks the clause already wherever the mutation fits",
    );
  }, 60_000);

  it("tries nothing in a log of other records", async () => {
    const result = await selftest([written('{"level":"info"}\n{"level":"warn"}\n')]);
    expect([result.totals.tried, selftestExitCode(result)]).toEqual([0, 3]);
  });

  it("mutates the beginning of a large log only, and leaves room for small inputs", async () => {
    const events = readFileSync(GOOD, "utf8");
    const large = written(events.repeat(80), "large.ndjson");
    const small = written(events, "small.ndjson");
    const { inputs, totals } = await selftest([large, small], { records: 40, places: 1 });
    expect(inputs).toEqual([
      { path: large, records: 26, upToLine: 26 },
      { path: small, records: 14 },
    ]);
    expect(totals.tried).toBeGreaterThan(0);
  }, 60_000);

  it.each([
    ["gzip", gzipSync(readFileSync(GOOD))],
    ["an array", `[${readFileSync(GOOD, "utf8").trim().split("\n").join(",\n")}]`],
    [
      "an array over several lines",
      JSON.stringify(
        readFileSync(GOOD, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as object),
        null,
        1,
      ),
    ],
  ])(
    "reads %s as a check does",
    async (_name, text) => {
      const { totals } = await selftestOfFew();
      expect(totals.tried).toBeGreaterThan(20);
      expect((await selftest([written(text)], FEW)).totals).toEqual(totals);
    },
    60_000,
  );

  it("takes events out of what carries them", async () => {
    const { totals } = await selftest([join(ROOT, "fixtures/carriers/docker.log")], { places: 1 });
    expect(totals).toMatchObject({ unnoticed: 0 });
    expect(totals.tried).toBeGreaterThan(20);
  }, 60_000);

  it("of an input that cannot be read says so", async () => {
    const result = await selftest([GOOD, join(folder, "nowhere.ndjson")], FEW);
    expect(result.errors).toHaveLength(1);
    expect(selftestExitCode(result)).toBe(2);
  }, 60_000);

  it("ends with the reason of its signal", async () => {
    const ending = new AbortController();
    const onMutation = () => ending.abort(new Error("enough"));
    await expect(selftest([GOOD], { signal: ending.signal, onMutation })).rejects.toThrow("enough");
  });
});

describe("mplp-check selftest", () => {
  const ajv = new Ajv({ strict: false });
  const validate = ajv.compile(
    JSON.parse(readFileSync(join(ROOT, "schemas/selftest.schema.json"), "utf8")) as object,
  );

  it("writes every format, and JSON as its schema says", async () => {
    const out = (format: string): string => join(folder, `report.${format}`);
    const { status, stdout, stderr } = await mplpCheck([
      "selftest",
      GOOD,
      "--places=1",
      "--records=4",
      ...["-f", "text", "-f", "json", "-o", out("json"), "-f", "markdown", "-o", out("md")],
    ]);
    expect([status, stderr]).toEqual([0, ""]);
    const json = JSON.parse(readFileSync(out("json"), "utf8")) as Selftest;
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    const sentence = `all ${json.totals.noticed} mutations were noticed`;
    expect(stdout.split("\n").at(0)).toContain(sentence);
    expect(stdout.trimEnd().split("\n").at(-1)).toContain(sentence);
    const markdown = readFileSync(out("md"), "utf8");
    expect(markdown).toContain(sentence);
    expect(parseMarkdown(markdown).children.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["heading", "table"]),
    );
  }, 60_000);

  it("uses paths, claims and completeness of a configuration, and none of its waivers and outputs", async () => {
    const home = mkdtempSync(join(folder, "home-"));
    cpSync(GOOD, join(home, "events.ndjson"));
    writeFileSync(
      join(home, "mplp-check.yaml"),
      "paths: [events.ndjson]\ncomplete: true\nclaim: [runtime]\noutput: [{format: html, file: run.html}]\n" +
        "waivers: [{rule: event-id-v4, reason: the id generator is replaced in March, owner: data team, expires: 2099-01-01}]\n",
    );
    const { status, stdout, stderr } = await mplpCheck(
      ["selftest", "-f", "json", "--places=1", "--records=4"],
      {
        cwd: home,
      },
    );
    expect([status, stderr]).toEqual([0, "mplp-check: using mplp-check.yaml\n"]);
    expect(JSON.parse(stdout)).toMatchObject({ claims: ["runtime"], complete: true });
  }, 60_000);

  it("shows no secret of a path, and no command to a CI service", async () => {
    const token = ["gh", "p_", "7Rk2Xw9QbL4mVt8ZsYc3NfHd6JgPaE5uTq1o"].join("");
    const path = written(readFileSync(GOOD), `${token}.ndjson`);
    const hostile = written(readFileSync(GOOD), "##[error]::error::x.ndjson");
    for (const format of SELFTEST_FORMAT_NAMES) {
      const { stdout } = await mplpCheck([
        "selftest",
        path,
        hostile,
        "-f",
        format,
        "--places=1",
        "--records=2",
      ]);
      expect(stdout).not.toContain(token);
      expect(commandsIn(stdout)).toEqual([]);
    }
  }, 60_000);

  it("ends with 130 on Ctrl-C, and writes nothing", async () => {
    const home = mkdtempSync(join(folder, "home-"));
    writeFileSync(join(home, "mplp-check.yaml"), "complete: true\n");
    const args = [join(ROOT, "bin/mplp-check.js"), "selftest", "-", "-f", "json", "-o", "out.json"];
    const child = spawn(process.execPath, args, { cwd: home });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      if (text.includes("using mplp-check.yaml")) child.kill("SIGINT");
    });
    const [code] = (await once(child, "close")) as [number | null];
    expect(code).toBe(130);
    expect(stderr).toContain("interrupted: no report was written");
    expect(existsSync(join(home, "out.json"))).toBe(false);
  }, 60_000);

  it.each([
    ["nothing to test", [], "nothing to check"],
    ["an unknown format", [GOOD, "-f", "sarif"], "Allowed choices are text, json, markdown"],
    ["the ending of another format", [GOOD, "-o", "report.html"], "a selftest is written as"],
    ["a number that is none", [GOOD, "--places", "0"], "whole number from 1"],
    ["an option of a check", [GOOD, "--fail-on", "should"], "unknown option"],
    ["an input as its output", [GOOD, "-f", "text", "-o", GOOD], "is an input of this run"],
  ])("refuses %s", async (_name, args, message) => {
    const { status, stdout, stderr } = await mplpCheck(["selftest", "--no-config", ...args]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});

describe.runIf(process.platform === "linux")("a selftest that is interrupted", () => {
  it("while it waits for more of a pipe, says that there is no report", async () => {
    const bin = join(ROOT, "bin/mplp-check.js");
    const run = spawn(process.execPath, [bin, "selftest", "-"], { stdio: ["pipe", "ignore", "pipe"] });
    let stderr = "";
    run.stderr.on("data", (text) => {
      stderr += String(text);
    });
    run.stdin.write(readFileSync(GOOD));
    await idle(run.pid);
    run.kill("SIGINT");
    const [code] = (await once(run, "exit")) as [number];
    run.stdin.destroy();
    expect(code).toBe(130);
    expect(stderr).toContain("interrupted: no report was written");
    expect(stderr).not.toContain("internal error");
  });
});
