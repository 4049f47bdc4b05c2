import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-wrong-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
cpSync(join(ROOT, "fixtures/quickstart/events.ndjson"), join(folder, "events.ndjson"));
writeFileSync(join(folder, "taken.yaml"), "mine\n");
writeFileSync(join(folder, "empty.yaml"), "# nothing yet\n");
writeFileSync(join(folder, "noise.json"), "noise");
mkdirSync(join(folder, "logs"));
mkdirSync(join(folder, "nothing"));

const LOG = "events.ndjson";
const inFolder = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  mplpCheck(args, { cwd: folder, env });

/** Command line, environment if any, and the sentence on standard error without the program's name. All end with 2. */
const USAGES: readonly (readonly [line: string, sentence: string, env?: Readonly<Record<string, string>>])[] =
  [
    ["", "nothing to check: name a log or a folder, or - for standard input"],
    ["--complete", "nothing to check: name a log or a folder, or - for standard input"],
    [
      "--config empty.yaml",
      "nothing to check (empty.yaml has no paths): name a log or a folder, or - for standard input",
    ],
    [`${LOG} --config empty.yaml --no-config`, "--config and --no-config contradict each other: give one"],
    [`--list-clauses ${LOG}`, `--list-clauses reads nothing: leave it out, or leave out ${LOG}`],
    [
      "--list-clauses -f json -o clauses.json",
      "--list-clauses writes a list and no report: leave out --format and --output",
    ],
    ["init mappings", "argument 'mappings' is invalid. Allowed choices are config, mapping."],
    [`${LOG} --write-baseline -`, "--write-baseline needs a file"],
    [
      `${LOG} --baseline known.json --prune-baseline --write-baseline known.json`,
      "--write-baseline begins a baseline anew, and --prune-baseline changes one: give one of them",
    ],
    [`${LOG} --stdin-name=piped`, "--stdin-name names standard input, which is not read: name it too, as -"],
    [`stats ${LOG} --stdin-name=piped`, "--stdin-name names standard input, which is not read"],
    [`selftest ${LOG} --stdin-name=piped`, "--stdin-name names standard input, which is not read"],
    [`${LOG} --max-findings 99999999999999999999`, "It must be a whole number up to 9007199254740991."],
    [`${LOG} --max-state 9TB`, "It must be a size, such as 500MB or 4GB; there are KB, MB and GB."],
    [`${LOG} --follow --idle-timeout 597h`, "It must be a time from 1ms to 596h."],
    [`${LOG} --follow --idle-timeout 0s`, "It must be a time from 1ms to 596h."],
    [`${LOG} --follow --idle-timeout 1d`, "It must be a time, such as 500ms, 60s or 5m."],
    [
      `excerpts run.json -`,
      "this command reads a log several times, and standard input only once: name the log's file",
    ],
    ["explian PS-4.1-2", "there is no file explian; did you mean the command explain?"],
    ["help explian", "there is no command explian; did you mean explain?"],
    ["help me", "there is no command me; mplp-check --help lists them"],
    ["version 2", "too many arguments. Expected 0 arguments but got 1."],
    [`${LOG} --nope`, "unknown option '--nope'"],
    [`${LOG} --redact=false`, "option '--redact' takes no value: write it alone, or leave it out"],
    [`${LOG} --fail-onn must`, "unknown option '--fail-onn'\n(Did you mean --fail-on?)"],
    [`${LOG} --no-colour`, "unknown option '--no-colour'\n(Did you mean --no-color?)"],
    [`${LOG} --schemas`, "option '--schemas <dir>' argument missing"],
    [
      `${LOG} --fail-on never`,
      "option '--fail-on <level>' argument 'never' is invalid. Allowed choices are must,",
    ],
    [`${LOG} --fail-on shuold`, "Allowed choices are must, should, may, none. Did you mean should?"],
    [`${LOG} -f pdf`, "option '-f, --format <name>' argument 'pdf' is invalid. Allowed choices are text,"],
    [`${LOG} -f jsn`, "Did you mean json?"],
    [`${LOG} --claim everything`, "Allowed choices are runtime, integration."],
    [`${LOG} --claim runtime,integraton`, "Did you mean integration?"],
    [`${LOG} --claim runtime,`, "option '--claim <name>' argument 'runtime,' is invalid."],
    [`${LOG} --jobs 0`, "option '--jobs <n>' argument '0' is invalid. It must be a whole number from 1."],
    [`${LOG} --max-findings many`, "It must be a whole number from 1."],
    [`${LOG} --max-state much`, "It must be a size, such as 500MB or 4GB;"],
    [`${LOG} --as log:${LOG}`, "It must be KIND:PATH, with a KIND of event-log, mapping,"],
    [`${LOG} --as mapping:`, "It must be KIND:PATH"],
    [`${LOG} -f text -f json`, "two reports cannot go to the same place; give each an --output"],
    [`${LOG} -o run.json -f json`, "--output run.json stands before --format json; say -f json -o run.json"],
    [
      `${LOG} -o run.json -f text`,
      "--output run.json stands before --format text; say -f json -o run.json -f text",
    ],
    [`${LOG} -o run.pdf -f text`, "say -f text -o run.pdf"],
    [
      `${LOG} -f json -o run.json -o run.html`,
      "two --output for the format json: name the format of run.html with another -f before it",
    ],
    ["check events.ndjson", "there is no file check: a check needs no command; say mplp-check LOG"],
    [`${LOG} -f json -o ${LOG}`, `${LOG} is an input of this run`],
    [
      `${LOG} -o run.json.gz`,
      "run.json.gz: no report ends with .gz: name its format with -f, or end the file with .json,",
    ],
    [`${LOG} -f json -o reports/`, "reports/ cannot be written: it is a folder; name a file in it"],
    [`${LOG} -f json -o logs`, "logs cannot be written: it is a folder"],
    [`${LOG} --findings all.ndjson -f json -o all.ndjson`, "two outputs cannot go to all.ndjson"],
    [`${LOG} --findings ${LOG}`, `${LOG} is an input of this run`],
    [
      `${LOG} --state-out - -f json`,
      "--state-out - and a report cannot both go to standard output; give the report an --output",
    ],
    [`${LOG} --prune-baseline`, "--prune-baseline needs a --baseline"],
    [`${LOG} --baseline known.json`, "known.json: no such file or folder (--write-baseline makes one)"],
    [`${LOG} --baseline noise.json`, "noise.json: not an mplp-check baseline"],
    [`${LOG} --config none.yaml`, "none.yaml: no such file or folder"],
    [`${LOG} --config taken.yml`, "taken.yml: no such file or folder; did you mean taken.yaml?"],
    [`${LOG} --config logs`, "logs: is a folder"],
    [`${LOG} --config taken.yaml`, "taken.yaml:1:1: this must be settings with values"],
    [`${LOG} --schemas none`, "none/events: no such file or folder"],
    [`${LOG} --stdin-name=`, "--stdin-name is empty"],
    [
      LOG,
      "there is no variable MPLP_CHECK_FAILON; did you mean MPLP_CHECK_FAIL_ON?",
      { MPLP_CHECK_FAILON: "may" },
    ],
    [LOG, "there is no variable MPLP_CHECK_ZZZZZZZZ; unset it", { MPLP_CHECK_ZZZZZZZZ: "" }],
    [LOG, "MPLP_CHECK_FAIL_ON: Allowed choices are must, should, may, none.", { MPLP_CHECK_FAIL_ON: "x" }],
    [LOG, "MPLP_CHECK_COMPLETE must be true or false", { MPLP_CHECK_COMPLETE: "maybe" }],
    ["report run.json", "MPLP_CHECK_SHOW: Allowed choices are must, should,", { MPLP_CHECK_SHOW: "x" }],
    [
      "excerpts run.json LOG",
      "there is no variable MPLP_CHECK_ZZZZZZZZ; unset it",
      { MPLP_CHECK_ZZZZZZZZ: "" },
    ],
    [
      "diff a.json b.json",
      "MPLP_CHECK_FAIL_ON: Allowed choices are must, should, may, none.",
      { MPLP_CHECK_FAIL_ON: "x" },
    ],
    [
      "trend a.json b.json",
      "there is no variable MPLP_CHECK_ZZZZZZZZ; unset it",
      { MPLP_CHECK_ZZZZZZZZ: "" },
    ],
    ["explain", "missing required argument 'ids'"],
    ["explain event-id-v44", "there is no rule and no clause event-id-v44; did you mean event-id-v4?"],
    ["explain event-id-v4 PS-4.1-22", "there is no rule and no clause PS-4.1-22; did you mean PS-4.1-2?"],
    ["explain nonsense", "there is no rule and no clause nonsense; mplp-check rules lists the rules,"],
    ["rules --level most", "Allowed choices are must, should, may. Did you mean must?"],
    ["rules --clause PS-9", "there is no clause PS-9; mplp-check --list-clauses lists them"],
    ["init", "missing required argument 'what'"],
    ["init confg", "Allowed choices are config, mapping."],
    ["init config -o taken.yaml", "taken.yaml exists already: remove it, or name another file with --output"],
    [`init config --from-log ${LOG} -o new.yaml`, "--from-log is for init mapping only"],
    [
      "init mapping -o taken.yaml",
      "taken.yaml exists already: remove it, or name another file with --output",
    ],
    [
      "init mapping -o - --from-log event.ndjson",
      "event.ndjson: no such file or folder; did you mean events.ndjson?",
    ],
    ["init mapping -o - --from-log logs", "logs: is a folder; --from-log takes one log"],
    ["init mapping -o - --from-log noise.json", "noise.json holds no MPLP event"],
    ["report", "missing required argument 'file'"],
    ["report s3://runs/run.json", "s3://runs/run.json: only files are read, no addresses: fetch it first"],
    ["report run.json", "run.json: no such file or folder"],
    ["report logs", "logs: is a folder"],
    ["report noise.json", "noise.json: this is no report of mplp-check"],
    ["merge", "missing required argument 'states'"],
    ["merge a.state", "a.state: no such file or folder"],
    [`merge ${LOG} --findings all.ndjson`, "unknown option '--findings'"],
    ["completion", "missing required argument 'shell'"],
    ["completion tcsh", "Allowed choices are bash, zsh, fish."],
  ];

describe("a command line that cannot be followed", () => {
  it.each(USAGES.map(([line, sentence, env = {}]) => [line, sentence, env] as const))(
    "mplp-check %s: %s",
    async (line, sentence, env) => {
      const { status, stdout, stderr } = await inFolder(line.split(" ").filter(Boolean), env);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr.replaceAll(/^mplp-check: /gm, "")).toContain(sentence);
      expect(stderr).not.toMatch(/internal error|\b(?:ENOENT|EISDIR|EACCES)\b/);
      for (const printed of stderr.trimEnd().split("\n")) expect(printed).toMatch(/^mplp-check: /);
    },
  );

  it.each([[""], ["report", ""], ["diff", "run.json", ""], ["slice", ""], ["explain", ""]])(
    "may not have an empty argument, as an unset variable is: %j %j",
    async (...args) => {
      const { status, stdout, stderr } = await inFolder(args);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toContain("It is empty: name something, or leave it out.");
    },
  );

  it("leaves the files that were in the way as they were", () => {
    expect(readFileSync(join(folder, "taken.yaml"), "utf8")).toBe("mine\n");
    expect(existsSync(join(folder, "new.yaml"))).toBe(false);
  });

  it.each([
    ["--nope", "mplp-check --help"],
    ["explain --nope", "mplp-check explain --help"],
    ["merge", "mplp-check merge --help"],
  ])("mplp-check %s points at %s", async (line, help) => {
    const { stderr } = await inFolder(line.split(" "));
    expect(stderr).toMatch(new RegExp(`^mplp-check: for help: ${help}\n$`, "m"));
  });

  it("names the log that was most likely meant, in the report", async () => {
    const { status, stdout } = await inFolder(["./event.ndjson", "-f", "json"]);
    expect(status).toBe(2);
    const message = "no such file or folder; did you mean ./events.ndjson?";
    expect(JSON.parse(stdout)).toMatchObject({ errors: [{ path: "./event.ndjson", message }] });
  });
});

describe("a command line that looks wrong and is not", () => {
  it.each([
    ["help", "Usage: mplp-check [options] [paths...]"],
    ["help explain", "Usage: mplp-check explain"],
    ["explain --help", "Usage: mplp-check explain"],
    ["version", "1.0.0\n"],
    ["-v", "1.0.0\n"],
    ["-V", "1.0.0\n"],
    [`${LOG} --version`, "1.0.0\n"],
    [`${LOG} --fail-on MUST`, "no-violations-found"],
    [`${LOG} -f Text`, "no-violations-found"],
    [`${LOG} --config empty.yaml`, "no-violations-found"],
    ["rules --level SHOULD", "source-module-present"],
  ])("mplp-check %s", async (line, text) => {
    const { status, stdout, stderr } = await inFolder(line.split(" "));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(text);
  });

  it("takes several claims in one option", async () => {
    const claims = async (...args: string[]) =>
      (JSON.parse((await inFolder([LOG, "-f", "json", ...args])).stdout) as { claims: string[] }).claims;
    expect(await claims("--claim", "runtime,Integration")).toEqual(["runtime", "integration"]);
    expect(await claims("--claim", "integration", "--claim", "runtime,integration")).toEqual([
      "integration",
      "runtime",
    ]);
  });

  it.each([
    [`${LOG}`, {}],
    ["explain event-id-v4 PS-4.1-2", {}],
    [`${LOG}`, { FORCE_COLOR: "1" }],
  ])("mplp-check %s has no colours with --no-color, at a terminal and with %j", async (line, env) => {
    const at = { cwd: folder, columns: 80, env };
    const plain = await mplpCheck([...line.split(" "), "--no-color"], at);
    const coloured = await mplpCheck(line.split(" "), at);
    expect(coloured.stdout).toContain("\u001b[");
    expect(plain.stdout).not.toContain("\u001b");
    expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout);
  });
});

describe("mplp-check explain", () => {
  it.each([60, 90])("is as wide as a terminal of %i columns; lines of logs stay whole", async (columns) => {
    const { stdout } = await mplpCheck(["explain", "single-graph-per-project", "RG-7.1-2"], { columns });
    const lines = stripVTControlCharacters(stdout).split("\n");
    const prose = lines.filter((line) => !/^ {2}(?:\{|->)/.test(line));
    expect(Math.max(...prose.map(({ length }) => length))).toBeLessThanOrEqual(columns);
    expect(prose.some(({ length }) => length > columns - 15)).toBe(true);
    expect(lines.some((line) => line.length > columns)).toBe(true);
  });

  it("explains each id, in the order of the ids", async () => {
    const { stdout } = await inFolder(["explain", "PS-4.1-2", "event-id-v4"]);
    const [clause, rule] = await [await explained("PS-4.1-2"), await explained("event-id-v4")];
    expect(stdout.startsWith(clause ?? "")).toBe(true);
    expect(stdout.endsWith(rule ?? "")).toBe(true);
  });
  const explained = async (id: string): Promise<string> => (await inFolder(["explain", id])).stdout;
});
