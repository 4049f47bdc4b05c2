import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Invocation, readInvocation } from "../src/cli/options/invocation.js";
import { CHECKING } from "../src/cli/options/row.js";
import { refuseUnknown, variableOf } from "../src/cli/options/settings.js";
import { type NamedRow, OPTIONS } from "../src/cli/options/table.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";

/** Settings that are no options: what a project has to say at more length. */
const STRUCTURED = [
  "$schema",
  "paths",
  "output",
  "rules",
  "known-dummies",
  "options",
  "overrides",
  "waivers",
];

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const isSaidIn = (place: "environment" | "configuration") => (row: NamedRow) =>
  row.elsewhere?.includes(place) === true;
const named = (rows: readonly NamedRow[]): string[] => rows.map(({ name }) => name).sort();
const NAMES = named(OPTIONS);
const SETTINGS = OPTIONS.filter(isSaidIn("configuration"));

describe("the table of options", () => {
  it.each(["check", "listen", "merge", "report", "diff", "slice", "explain"] as const)(
    "is the help of %s",
    async (command) => {
      const { stdout } = await mplpCheck(command === "check" ? ["--help"] : [command, "--help"]);
      const shown = [...stdout.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, name = ""]) => name);
      const own = OPTIONS.filter(({ commands = CHECKING }) => commands.includes(command));
      const expected = [...named(own), "help", ...(command === "check" ? ["version"] : [])];
      expect(shown.sort()).toEqual(expected.sort());
    },
  );

  it("is in docs/configuration.md, and nothing else is", () => {
    const rows = [...read("docs/configuration.md").matchAll(/^\| `(?:-\w, )?--([a-z-]+)[^|]*\|(.*)$/gm)];
    expect(rows.map(([, name]) => name).sort()).toEqual(NAMES);
    for (const [line, name = ""] of rows) {
      const { elsewhere = [] } = OPTIONS.find((row) => row.name === name) ?? {};
      expect(line.includes(`\`${variableOf(name)}\``), line).toBe(elsewhere.includes("environment"));
      expect(line.includes(`\`${name}:\``), line).toBe(elsewhere.includes("configuration"));
    }
  });

  it("is in the schema of configurations, and nothing else is but what is no option", () => {
    const { properties } = JSON.parse(read("schemas/config.schema.json")) as {
      properties: Record<string, object>;
    };
    expect(Object.keys(properties).sort()).toEqual([...named(SETTINGS), ...STRUCTURED].sort());
    // As JSON has them: lists of names are frozen in types only.
    for (const { name, kind } of SETTINGS)
      expect(properties[name]).toEqual({ ...kind.schema, description: expect.stringMatching(/^[A-Z].+\.$/) });
  });

  it("names the variables that there are", () => {
    const known = OPTIONS.filter(({ name }) => isKnown(variableOf(name)));
    expect(named(known)).toEqual(named(OPTIONS.filter(isSaidIn("environment"))));
  });
  const isKnown = (variable: string): boolean => {
    try {
      refuseUnknown({ [variable]: "" });
      return true;
    } catch {
      return false;
    }
  };
});

describe("an option means the same wherever it is said", () => {
  const before = process.cwd();
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mplp-check-options-"));
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });

  const told = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const { configuration: _, ...rest } = (await readInvocation(["log.ndjson", ...args], {
      env,
    })) as Invocation;
    return rest;
  };
  /** A text that the option understands, and that is not its default. */
  const sampleFor = ({ name, kind, default: usual }: NamedRow): string => {
    const choice = kind.choices?.find((each) => each !== usual);
    if (choice !== undefined) return choice;
    if (kind.value === undefined) return "true";
    return { n: "7", size: "7MB", what: "docker" }[kind.value] ?? `${name}.file`;
  };

  it.each(SETTINGS.map((row) => [row.name, row] as const))("%s", async (name, row) => {
    const sample = sampleFor(row);
    const isSwitch = row.kind.value === undefined;
    const own = isSwitch ? true : row.kind.value === "n" ? Number(sample) : sample;
    writeFileSync("own.json", JSON.stringify({ [name]: own }));
    const said = await told(["--no-config", `--${name}`, ...(isSwitch ? [] : [sample])]);
    expect(said).not.toEqual(await told(["--no-config"]));
    expect(await told(["--no-config"], { [variableOf(name)]: sample })).toEqual(said);
    expect(await told(["--config", "own.json"])).toEqual(said);
  });

  it("config, for which there is no setting", async () => {
    writeFileSync("own.json", JSON.stringify({ complete: true }));
    expect(await told([], { [variableOf("config")]: "own.json" })).toMatchObject({ complete: true });
    expect(await told(["--no-config"], { [variableOf("config")]: "own.json" })).toMatchObject({
      complete: false,
    });
  });
});
