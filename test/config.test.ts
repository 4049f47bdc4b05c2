import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "../src/index.js";
import { CLAIM_NAMES } from "../src/model/claim.js";
import { mplpCheck, mplpProcess } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { BROKEN, config, eachInItsProject, folder, reportOf, run, waiver } from "./support/project.js";

eachInItsProject();

describe("a configuration", () => {
  it("is found upward, and its paths are its own", async () => {
    config("paths: logs/*.ndjson\nclaim: [runtime]\nfail-on: none\n");
    const outcome = await run([], {}, join(folder, "logs/old"));
    expect(reportOf(outcome).inputs.map(({ path }) => path)).toEqual(["../../logs/events.ndjson"]);
    expect(reportOf(outcome).claims).toEqual(["runtime"]);
    expect(outcome.status).toBe(3);
  });

  it("may name absolute paths, which stay as they are", async () => {
    const elsewhere = join(folder, "elsewhere");
    const at = (name: string): string => join(elsewhere, name);
    cpSync(join(ROOT, "schemas"), at("schemas"), { recursive: true });
    cpSync(join(ROOT, "invariants"), at("invariants"), { recursive: true });
    cpSync(join(ROOT, "fixtures/quickstart"), at("quickstart"), { recursive: true });
    cpSync(join(ROOT, "fixtures/audit/conforming/mapping.yaml"), at("quickstart/mapping.yaml"));
    writeFileSync(at("extra.yaml"), "invariants: [{id: x, scope: event, path: event_id, rule: uuid-v4}]\n");
    writeFileSync(at("known.json"), '{"version":2,"findings":[]}');
    mkdirSync(join(folder, "own"));
    const settings = {
      paths: [at("quickstart/*.ndjson")],
      mapping: [at("quickstart/mapping.yaml")],
      schemas: at("schemas"),
      invariants: at("invariants"),
      "extra-invariants": at("extra.yaml"),
      findings: at("findings.ndjson"),
      baseline: at("known.json"),
      output: [{ format: "json", file: at("report.json") }],
    };
    config(JSON.stringify(settings), "own/mplp-check.json");
    const { stderr, status } = await mplpCheck(["--config", "own/mplp-check.json"], { cwd: folder });
    expect([status, stderr]).toEqual([1, expect.stringContaining("nonconformant")]);
    const written = JSON.parse(readFileSync(at("report.json"), "utf8")) as Report;
    expect(written.inputs.map(({ path }) => path)).toEqual([
      at("quickstart/broken.ndjson"),
      at("quickstart/events.ndjson"),
      at("quickstart/mapping.yaml"),
    ]);
    expect(readFileSync(at("findings.ndjson"), "utf8")).toContain(at("quickstart/broken.ndjson"));
    expect(readdirSync(folder).sort()).toEqual(["elsewhere", "logs", "own"]);
  });

  it("may name standard input", async () => {
    config('paths: ["-", logs/old]\n', "logs/mplp-check.yaml");
    const { stdout } = await mplpProcess(["--config", "logs/mplp-check.yaml", "-f", "json"], {
      cwd: folder,
      input: readFileSync(BROKEN),
    });
    const { inputs, errors } = JSON.parse(stdout) as Report;
    expect([inputs, errors].map((list) => list.map(({ path }) => path))).toEqual([["-"], ["logs/logs/old"]]);
  });

  it("may be JSON, and be named", async () => {
    config('{"paths": ["logs/events.ndjson"], "fail-on": "none"}', "own.json");
    expect((await run(["--config", "own.json"])).status).toBe(0);
  });

  it("may name one claim alone", async () => {
    config("paths: logs/events.ndjson\nclaim: integration\nfail-on: none\n");
    expect(reportOf(await run([])).claims).toEqual(["integration"]);
  });

  it("may name a claim twice, as the command line may", async () => {
    config("paths: logs/events.ndjson\nclaim: [integration, runtime, integration]\nfail-on: none\n");
    expect(reportOf(await run([])).claims).toEqual(["integration", "runtime"]);
  });

  it("goes behind the environment, and that behind the command line", async () => {
    config("paths: logs/events.ndjson\nclaim: [runtime]\nfail-on: none\ncomplete: true\nmax-findings: 1\n");
    const claims = async (args: readonly string[], env: Readonly<Record<string, string>>) =>
      reportOf(await run(args, env)).claims;
    expect(await claims([], {})).toEqual(["runtime"]);
    expect(await claims([], { MPLP_CHECK_CLAIM: "integration,runtime" })).toEqual(["integration", "runtime"]);
    expect(await claims(["--claim", "integration"], { MPLP_CHECK_CLAIM: "runtime" })).toEqual([
      "integration",
    ]);
    expect(await claims(["--no-config", "logs"], {})).toEqual([]);
    const incomplete = reportOf(await run([], { MPLP_CHECK_COMPLETE: "false" }));
    expect(incomplete.clauses.some(({ reason }) => reason?.includes("with --complete") === true)).toBe(true);
    expect((await run(["--claim", "runtime"], { MPLP_CHECK_FAIL_ON: "must" })).status).toBe(1);
  });

  it("names the reports to write", async () => {
    config("paths: logs\noutput:\n  - {format: json, file: out.json}\n  - {format: text}\n");
    const { stdout } = await mplpCheck([], { cwd: folder });
    expect(stdout).toContain("nonconformant");
    expect(JSON.parse(readFileSync(join(folder, "out.json"), "utf8"))).toMatchObject({
      verdict: "nonconformant",
    });
  });

  it.each([
    [
      "an unknown setting",
      "waivrs: []\n",
      "mplp-check.yaml:1:9: waivrs: this setting does not exist; did you mean waivers?",
    ],
    [
      "a wrong value",
      "fail-on: always\n",
      "mplp-check.yaml:1:10: fail-on: this must be one of must, should, may, none",
    ],
    [
      "an unknown rule",
      "rules:\n  stage-stabilty: off\n",
      "2:19: rules.stage-stabilty: this rule does not exist; did you mean stage-stability?",
    ],
    ["an unknown clause", waiver("clause: RG-4.3-9"), "this clause does not exist; did you mean RG-4.3-"],
    ["another level for a MUST", "rules: {event-id-v4: note}\n", "event-id-v4 judges a MUST clause"],
    ["a waiver of nothing", waiver("path: logs"), "2:5: waivers[0]: a waiver needs a rule or a clause"],
    [
      "a waiver without an end",
      "waivers:\n  - {rule: event-id-v4, reason: a, owner: b}\n",
      "expires is missing",
    ],
    ["a date that is none", waiver("rule: event-id-v4").replace("2999-12-31", "soon"), "a date like"],
    [
      "a day that is none",
      waiver("rule: event-id-v4").replace("2999-12-31", "2026-02-30"),
      "5:14: waivers[0].expires: there is no such day",
    ],
    [
      "a reason that is none",
      waiver("rule: event-id-v4").replace("the old runtime", "TODO"),
      "3:13: waivers[0].reason: not a reason",
    ],
    [
      "a blank reason",
      waiver("rule: event-id-v4").replace("the old runtime", '"   "'),
      "3:13: waivers[0].reason: not a reason",
    ],
    [
      "an owner who is none",
      waiver("rule: event-id-v4").replace("ann", "n/a."),
      "4:12: waivers[0].owner: not an owner",
    ],
    [
      "a stroke as owner",
      waiver("rule: event-id-v4").replace("ann", '"-"'),
      "4:12: waivers[0].owner: not an owner",
    ],
    [
      "a waiver of no occurrences",
      waiver("rule: event-id-v4\n    at-most: 0"),
      "3:14: waivers[0].at-most: this must be >= 1",
    ],
    [
      "a glob of too many alternatives",
      waiver(`rule: event-id-v4\n    path: "${"{a,b}".repeat(22)}"`),
      "3:11: waivers[0].path: the pattern has too many alternatives",
    ],
    [
      "a glob of another dialect",
      "overrides:\n  - paths: [logs/a, '!(b)']\n    rules: {source-module-present: off}\n",
      "2:21: overrides[0].paths[1]: a pattern cannot be negated",
    ],
    [
      "a digest of a dummy that is none",
      "known-dummies: [abcd, 'sha256:12ab']\n",
      "1:23: known-dummies[1]: a digest has 64 hexadecimal digits after sha256:",
    ],
    ["text that is no YAML", "a: [\n", "mplp-check.yaml:"],
    ["a list", "- a\n", "1:1: this must be settings with values"],
    [
      "an unknown format",
      "paths: logs\noutput:\n  - {format: text}\n  - {format: pdf}\n",
      "mplp-check.yaml:4:14: output[1].format: this must be one of text,",
    ],
    [
      "a claim that there is none of",
      "paths: logs\nclaim: [runtime, everything]\n",
      "mplp-check.yaml:2:8: claim: this must be one of runtime, integration\n",
    ],
    [
      "a carrier that there is none of",
      "paths: logs\nunwrap: dockr\n",
      "mplp-check.yaml:2:9: unwrap: this must be one of auto, none, docker, cri,",
    ],
    [
      "no memory",
      "paths: logs\nmax-state: 0GB\n",
      "mplp-check.yaml:2:12: max-state: It must be a size, such as",
    ],
    [
      "a size that is none",
      "max-state: much\npaths: logs\n",
      "mplp-check.yaml:1:12: max-state: It must be a",
    ],
    ["a size below 0", "paths: logs\nmax-state: -5\n", "mplp-check.yaml:2:12: max-state: It must be a size"],
    ["a size that is empty", 'max-state: ""\n', "mplp-check.yaml:1:12: max-state: It must be a size"],
    ["a number below 1", "paths: logs\njobs: 0\n", "mplp-check.yaml:2:7: jobs: this must be >= 1"],
    [
      "a dummy that is too short",
      "known-dummies: [x]\n",
      "known-dummies[0]: this must have at least 4 characters",
    ],
    ["schemas nowhere", 'schemas: ""\n', "mplp-check.yaml:1:10: schemas: this must not be empty"],
    ["a baseline that is not there", "paths: logs\nbaseline: none.json\n", "none.json: no such file"],
  ])("with %s is an error with its place", async (_name, text, message) => {
    config(text);
    const { status, stdout, stderr } = await mplpCheck([], { cwd: folder });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("internal error");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  it("may give a size as text or as a number", async () => {
    for (const [size, isEnough] of [
      ["1KB", false],
      ["1000", false],
      ["1GB", true],
      ["1000000000", true],
    ] as const) {
      config(`paths: logs\nmax-state: ${size}\n`);
      expect((await run()).stdout.includes("--max-state"), size).toBe(!isEnough);
    }
  });

  it.each([
    [{ MPLP_CHECK_COMPLETE: "maybe" }, "MPLP_CHECK_COMPLETE must be true or false"],
    [{ MPLP_CHECK_FAIL_ON: "often" }, "MPLP_CHECK_FAIL_ON: Allowed choices are must, should, may, none."],
    [{ MPLP_CHECK_MAX_STATE: "much" }, "MPLP_CHECK_MAX_STATE: It must be a size"],
    [
      { MPLP_CHECK_FAILON: "should" },
      "there is no variable MPLP_CHECK_FAILON; did you mean MPLP_CHECK_FAIL_ON?",
    ],
    [
      { MPLP_CHECK_claim: "runtime" },
      "there is no variable MPLP_CHECK_claim; did you mean MPLP_CHECK_CLAIM?",
    ],
    [{ MPLP_CHECK_ZZZZZZZZZZ: "" }, "there is no variable MPLP_CHECK_ZZZZZZZZZZ; unset it"],
    [{ MPLP_CHECK_CONFIG: "none.yaml" }, "none.yaml: no such file"],
  ])("comes with an environment that is checked: %j", async (env, message) => {
    const { status, stderr } = await run(["logs"], env);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});

describe("claims", () => {
  it("have the same names in the schemas of configurations and reports as in the code", () => {
    const properties = (file: string) =>
      (
        JSON.parse(readFileSync(join(ROOT, `schemas/${file}.schema.json`), "utf8")) as {
          properties: Record<string, unknown>;
        }
      ).properties;
    const names = { enum: CLAIM_NAMES };
    expect(properties("report").claims).toMatchObject({ items: names });
    expect(properties("config").claim).toMatchObject({ anyOf: [names, { items: names }] });
  });

  it("that there are none of are refused with those that there are", async () => {
    const message = `Allowed choices are ${CLAIM_NAMES.join(", ")}.`;
    expect((await run(["logs", "--claim", "all"])).stderr).toContain(message);
    expect((await run(["logs"], { MPLP_CHECK_CLAIM: "runtime,all" })).stderr).toContain(message);
  });
});
