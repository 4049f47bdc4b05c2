import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { check, exitCodeOf, FORMATS, loadConfig, loadPolicy, type Report } from "../src/index.js";
import { CLAIM_NAMES } from "../src/model/claim.js";
import { RULES } from "../src/rules/index.js";
import { mplpCheck, mplpProcess, type Outcome } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";

const BROKEN = join(ROOT, "fixtures/quickstart/broken.ndjson");
const top = mkdtempSync(join(tmpdir(), "mplp-check-config-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));

let folder = "";
let count = 0;
beforeEach(() => {
  folder = join(top, String(count++));
  mkdirSync(join(folder, "logs/old"), { recursive: true });
  cpSync(BROKEN, join(folder, "logs/events.ndjson"));
});

const config = (text: string, name = "mplp-check.yaml"): void => writeFileSync(join(folder, name), text);

function run(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  cwd = folder,
): Promise<Outcome> {
  return mplpCheck([...args, "-f", "json"], { cwd, env });
}

const reportOf = ({ stdout }: Outcome): Report => JSON.parse(stdout) as Report;

const waiver = (entry: string): string =>
  `waivers:\n  - ${entry}\n    reason: the old runtime\n    owner: ann\n    expires: 2999-12-31\n`;

function statusOf(report: Report, clause: string): string | undefined {
  return report.clauses.find(({ id }) => id === clause)?.status;
}

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

describe("a waiver", () => {
  it("makes findings not count, and is never silent", async () => {
    config(`paths: logs\n${waiver("rule: event-id-v4")}`);
    const report = reportOf(await run());
    expect(statusOf(report, "PS-4.1-2")).toBe("waived");
    const waived = report.findings.filter(({ waiver: own }) => own !== undefined);
    expect(waived.map(({ rule }) => rule)).toEqual(["event-id-v4"]);
    expect(waived[0]?.waiver).toEqual({
      source: "waiver",
      reason: "the old runtime",
      owner: "ann",
      expires: "2999-12-31",
      place: "mplp-check.yaml:3",
    });
    expect(report.summary.waived).toBe(1);
  });

  it("of every MUST finding gives a verdict of its own", async () => {
    const rules = [
      "event-id-v4",
      "update-kind-delta",
      "pipeline-stage-fields",
      "stage-status-known",
      "integration-schema",
    ];
    config(`paths: logs\nwaivers:\n${rules.map((rule) => waiver(`rule: ${rule}`).slice(9)).join("")}`);
    const outcome = await run();
    expect(reportOf(outcome).verdict).toBe("no-violations-found-with-waivers");
    expect(outcome.status).toBe(0);
    const { stdout } = await mplpCheck([], { cwd: folder });
    expect(stdout).toMatch(/no-violations-found-with-waivers: .*\(5 waived\)/);
  });

  it("does not close what is open for another reason", async () => {
    cpSync(join(ROOT, "fixtures/audit/conforming"), folder, { recursive: true });
    const mapping = readFileSync(join(folder, "mapping.yaml"), "utf8")
      .replace(/^ {2}network: .*\n/m, "")
      .replace(/psg\.(?:agent_roles|role_assignments)/g, "TODO");
    writeFileSync(join(folder, "mapping.yaml"), mapping);
    config(waiver("rule: mapping-complete"));
    const paths = ["events.ndjson", "mapping.yaml", "snapshot-before.json", "snapshot-after.json"];
    const claimed = await run([...paths, "--claim", "runtime", "--complete"]);
    expect(statusOf(reportOf(claimed), "RG-7.1-1")).toBe("inconclusive");
    expect([reportOf(claimed).verdict, claimed.status]).toEqual(["inconclusive", 3]);
    expect(reportOf(await run(paths)).verdict).toBe("no-violations-found-with-waivers");
  });

  it("may be about some inputs, and some pointers", async () => {
    cpSync(BROKEN, join(folder, "logs/old/events.ndjson"));
    config(
      `paths: logs\n${waiver("{rule: event-id-v4, path: logs/old/**, reason: old logs, owner: ada, expires: 2999-01-01}").split("\n").slice(0, 2).join("\n")}\n`,
    );
    const report = reportOf(await run());
    const paths = (isWaived: boolean) =>
      report.findings
        .filter(({ rule, waiver: own }) => rule === "event-id-v4" && (own !== undefined) === isWaived)
        .flatMap(({ locations }) => locations.map(({ path }) => path));
    expect(paths(true)).toEqual(["logs/old/events.ndjson"]);
    expect(paths(false)).toEqual(["logs/events.ndjson"]);
    expect(statusOf(report, "PS-4.1-2")).toBe("violated");
  });

  it.each(["logs/old", "elsewhere"])("may name inputs by an absolute pattern, in %s", async (place) => {
    mkdirSync(join(folder, "own"));
    mkdirSync(join(folder, place), { recursive: true });
    cpSync(BROKEN, join(folder, place, "events.ndjson"));
    config(waiver(`rule: event-id-v4\n    path: ${join(folder, place, "*.ndjson")}`), "own/mplp-check.yaml");
    const log = join(place, "events.ndjson");
    const report = reportOf(await run(["--config", "own/mplp-check.yaml", log, "logs/events.ndjson"]));
    const own = report.findings.filter(({ rule }) => rule === "event-id-v4");
    expect(own.map(({ waiver: given, locations }) => [given?.source, locations[0]?.path])).toEqual([
      [undefined, "logs/events.ndjson"],
      ["waiver", log],
    ]);
  });

  it("by clause covers a finding only where it covers all that the finding breaks", async () => {
    config(`paths: logs\n${waiver("clause: IS-4.3-1")}`);
    const outcome = await run();
    expect(statusOf(reportOf(outcome), "IS-4.3-1")).toBe("violated");
    expect(reportOf(outcome).errors.map(({ message }) => message)).toEqual([
      "the waiver matches no finding: remove it",
    ]);
    config(`paths: logs\n${waiver("clause: [IS-4.3-1, IS-4.3-2]")}`);
    expect(statusOf(reportOf(await run()), "IS-4.3-1")).toBe("waived");
  });

  it("that has ended counts no more, and fails the run", async () => {
    config(`paths: logs\n${waiver("rule: event-id-v4").replace("2999", "2001")}`);
    const outcome = await run();
    expect(statusOf(reportOf(outcome), "PS-4.1-2")).toBe("violated");
    expect(reportOf(outcome).errors).toEqual([
      {
        about: "waiver",
        path: "mplp-check.yaml",
        line: 3,
        message: expect.stringContaining("ended on 2001-12-31"),
      },
    ]);
    expect(outcome.status).toBe(2);
  });

  it("holds on its last day", async () => {
    config(waiver("rule: event-id-v4").replace("2999-12-31", "2026-11-22"));
    const loaded = await loadConfig(join(folder, "mplp-check.yaml"), folder);
    const on = async (today: string) =>
      statusOf(await check([BROKEN], { policy: await loadPolicy(loaded, undefined, today) }), "PS-4.1-2");
    expect([await on("2026-11-21"), await on("2026-11-22"), await on("2026-11-23")]).toEqual([
      "waived",
      "waived",
      "violated",
    ]);
  });
});

describe("a waiver that ends soon", () => {
  const noticed = async (today: string) => {
    const loaded = await loadConfig(join(folder, "mplp-check.yaml"), folder);
    return check([BROKEN], { policy: await loadPolicy(loaded, undefined, today) });
  };
  const notice = {
    about: "waiver",
    path: join("mplp-check.yaml"),
    line: 2,
    message: "the waiver ends on 2026-11-22: fix what it waives, or renew it",
  };

  it.each([
    ["2026-11-07", 0],
    ["2026-11-08", 1],
    ["2026-11-22", 1],
    ["2026-11-23", 0],
  ])("is named on %s: %i", async (today, count) => {
    config(waiver("rule: event-id-v4").replace("2999-12-31", "2026-11-22"));
    const report = await noticed(today);
    const path = join(folder, "mplp-check.yaml");
    expect(report.notices ?? []).toEqual(count === 0 ? [] : [{ ...notice, path }]);
    const text = [...FORMATS.text(report, { color: false, width: 1000 })].join("");
    expect(text.includes(`${path}:2: ${notice.message}`)).toBe(count === 1);
    expect(exitCodeOf(report)).toBe(today === "2026-11-23" ? 2 : 1);
  });

  it("that matches nothing fails the run, or is a note where that is allowed", async () => {
    config(`paths: logs\n${waiver("rule: duplicate-key")}`);
    const stale = await mplpCheck(["--fail-on", "none"], { cwd: folder });
    expect(stale.status).toBe(2);
    expect(stale.stdout.trimEnd().split("\n").at(-1)).toMatch(/; 1 waiver to renew or remove \(exit 2\)\.$/);
    const allowed = await run(["--fail-on", "none", "--allow-stale"]);
    expect(allowed.status).toBe(0);
    expect(reportOf(allowed)).toMatchObject({
      errors: [],
      notices: [{ about: "waiver", line: 3, message: "the waiver matches no finding: remove it" }],
    });
  });
});

describe("levels", () => {
  const log =
    '{"event_id":"1b671a64-40d5-491e-99b0-da01ff1f3341","event_type":"t","event_family":"graph_update","timestamp":"2026-01-05T08:00:00Z","graph_id":"c28753f8-221c-4e00-8f99-31ee3af27f80","update_kind":"node_add","node_delta":1,"edge_delta":0}\n';
  beforeEach(() => {
    writeFileSync(join(folder, "logs/events.ndjson"), log);
    cpSync(join(folder, "logs/events.ndjson"), join(folder, "logs/old/events.ndjson"));
  });

  it("of a rule may be milder; the clause is not called satisfied for that", async () => {
    config("paths: logs/events.ndjson\nrules: {source-module-present: note}\n");
    const report = reportOf(await run(["--fail-on", "should"]));
    const own = report.findings.filter(({ rule }) => rule === "source-module-present");
    expect(own).toMatchObject([{ level: "NOTE", ownLevel: "SHOULD" }]);
    expect(statusOf(report, "RG-4.2-1")).toBe("waived");
    expect(exitCodeOf(report, "should")).toBe(0);
  });

  it("may be off, for some inputs", async () => {
    config("paths: logs\noverrides:\n  - paths: logs/old/**\n    rules: {source-module-present: off}\n");
    const report = reportOf(await run());
    const own = report.findings.filter(({ rule }) => rule === "source-module-present");
    expect(own.map(({ count, waiver: given }) => [count, given?.source])).toEqual([
      [1, undefined],
      [1, "configuration"],
    ]);
  });

  it("are never raised", async () => {
    config("paths: logs/events.ndjson\nrules: {recommended-families: should}\n");
    const report = reportOf(await run());
    expect(report.findings.filter(({ ownLevel }) => ownLevel !== undefined)).toEqual([]);
  });
});

describe("options of rules", () => {
  const rule = "file-update-debounced";
  const at = (validity: string, name: string) =>
    join(ROOT, `fixtures/rules/${rule}/${validity}/${name}.ndjson`);
  const findingsOf = (report: Report) =>
    report.findings.filter((finding) => finding.rule === rule).map(({ level, message }) => [level, message]);

  it("hold in place of the rule's own, and the report says so", async () => {
    cpSync(at("valid", "false-alarm-exactly-500-ms"), join(folder, "logs/events.ndjson"));
    const note = (ms: number): string[] => [
      "NOTE",
      `the configuration asks for ${ms} ms between updates of a file instead of 500`,
    ];
    config(`paths: logs/events.ndjson\noptions: {${rule}: {milliseconds: 501}}\n`);
    const stricter = reportOf(await run());
    expect(findingsOf(stricter)).toEqual([
      ["SHOULD", "a file is reported as modified again within 501 ms"],
      note(501),
    ]);
    expect(statusOf(stricter, "IS-13.1-1")).toBe("violated");
    cpSync(at("invalid", "just-under"), join(folder, "logs/events.ndjson"));
    config(`paths: logs/events.ndjson\noptions: {${rule}: {milliseconds: 100}}\n`);
    const milder = reportOf(await run());
    expect(findingsOf(milder)).toEqual([note(100)]);
    expect(statusOf(milder, "IS-13.1-1")).toBe("satisfied");
  });

  it("are those that the schema of configurations has", () => {
    const schema = JSON.parse(readFileSync(join(ROOT, "schemas/config.schema.json"), "utf8")) as {
      properties: { options: { properties: Record<string, { properties: object }> } };
    };
    const described = Object.entries(schema.properties.options.properties);
    const known = RULES.flatMap((each) =>
      each.evidence === "log" && each.options !== undefined ? [[each.id, Object.keys(each.options)]] : [],
    );
    expect(described.map(([id, { properties }]) => [id, Object.keys(properties)])).toEqual(known);
  });

  it.each(["nonsense: {a: 1}", `${rule}: {seconds: 1}`, `${rule}: {milliseconds: 0}`, `${rule}: 5`])(
    "that are none are errors: %s",
    async (text) => {
      config(`paths: logs/events.ndjson\noptions: {${text}}\n`);
      const { status, stderr } = await run();
      expect([status, stderr]).toEqual([2, expect.stringContaining("mplp-check.yaml:2")]);
    },
  );
});

describe("a baseline", () => {
  it("is written, holds, and fails once it is stale, until it is pruned", async () => {
    config("paths: logs\nbaseline: known.json\n");
    const known = join(folder, "known.json");
    expect((await run(["--write-baseline", "known.json"])).status).toBe(0);
    const text = readFileSync(known, "utf8");
    expect(JSON.parse(text)).toMatchObject({ version: 2 });

    const again = await run();
    expect(again.status).toBe(0);
    expect(reportOf(again).verdict).toBe("no-violations-found-with-waivers");
    expect(new Set(reportOf(again).findings.map(({ waiver: own }) => own?.source))).toEqual(
      new Set(["baseline"]),
    );

    const lines = readFileSync(join(folder, "logs/events.ndjson"), "utf8").split("\n");
    const mended = lines.filter((line) => !line.includes('"stage_status":"success"'));
    writeFileSync(join(folder, "logs/events.ndjson"), mended.join("\n"));
    const stale = await run();
    expect(stale.status).toBe(2);
    expect(reportOf(stale).errors).toEqual([
      { about: "baseline", path: "known.json", message: expect.stringContaining("stage-status-known") },
    ]);
    const inText = await mplpCheck([], { cwd: folder });
    expect(inText.stdout.trimEnd().split("\n").at(-1)).toMatch(/; 1 stale baseline entry \(exit 2\)\.$/);
    const allowed = await run(["--allow-stale"]);
    expect(allowed.status).toBe(0);
    expect(reportOf(allowed).notices).toEqual(reportOf(stale).errors);

    expect((await run(["--prune-baseline"])).status).toBe(0);
    expect(readFileSync(known, "utf8")).not.toContain("stage-status-known");
    expect((await run()).status).toBe(0);
  });

  it("may begin with a byte order mark, as editors of Windows write it", async () => {
    config("paths: logs\nbaseline: known.json\n");
    await run(["--write-baseline", "known.json"]);
    const known = join(folder, "known.json");
    writeFileSync(known, `\ufeff${readFileSync(known, "utf8")}`);
    expect((await run()).status).toBe(0);
  });

  describe("is left alone where not everything could be checked", () => {
    const LEFT_ALONE = "mplp-check: not everything could be checked: known.json was not written\n";
    const known = (): string => readFileSync(join(folder, "known.json"), "utf8");
    beforeEach(async () => {
      await run(["logs", "--write-baseline", "known.json"]);
    });

    it.each([
      ["an input that is not there", ["gone/broken.ndjson"]],
      ["a record above the limit", ["logs", "--max-record-bytes", "300"]],
    ])("by --prune-baseline: %s", async (_what, args) => {
      const before = known();
      const { status, stderr } = await run([...args, "--baseline", "known.json", "--prune-baseline"]);
      expect([status, stderr]).toEqual([2, expect.stringContaining(LEFT_ALONE)]);
      expect(known()).toBe(before);
    });

    it("by --write-baseline, which makes none either", async () => {
      const before = known();
      const again = await run(["gone.ndjson", "logs", "--write-baseline", "known.json"]);
      expect([again.status, again.stderr]).toEqual([2, expect.stringContaining(LEFT_ALONE)]);
      expect(known()).toBe(before);
      rmSync(join(folder, "known.json"));
      await run(["gone.ndjson", "logs", "--write-baseline", "known.json"]);
      expect(existsSync(join(folder, "known.json"))).toBe(false);
    });

    it("but not for a waiver that has ended", async () => {
      config(waiver("rule: event-id-v4").replace("2999", "2001"));
      cpSync(join(ROOT, "fixtures/quickstart/events.ndjson"), join(folder, "logs/events.ndjson"));
      const { status } = await run(["logs", "--baseline", "known.json", "--prune-baseline"]);
      expect(status).toBe(2);
      expect(JSON.parse(known())).toEqual({ version: 2, findings: [] });
    });
  });

  it("does not cover what is new", async () => {
    await run(["logs", "--write-baseline", "known.json"]);
    const event = {
      event_id: "1b671a64-40d5-491e-99b0-da01ff1f3341",
      event_type: "t",
      event_family: "intent",
    };
    writeFileSync(join(folder, "logs/new.ndjson"), `${JSON.stringify(event)}\n`);
    const outcome = await run(["logs", "--baseline", "known.json"]);
    expect(outcome.status).toBe(1);
    expect(
      reportOf(outcome)
        .findings.filter(({ waiver: own, level }) => own === undefined && level === "MUST")
        .map(({ rule }) => rule),
    ).toEqual(["event-core-fields"]);
  });

  it.each(["{}", "[]", "nonsense", '{"version":2,"findings":[{}]}'])(
    "that is none is an error: %s",
    async (text) => {
      writeFileSync(join(folder, "known.json"), text);
      const { status, stderr } = await run(["logs", "--baseline", "known.json"]);
      expect(stderr).toContain("known.json: ");
      expect(status).toBe(2);
    },
  );

  it("cannot be pruned where there is none", async () => {
    expect((await run(["logs", "--prune-baseline"])).status).toBe(2);
  });
});
