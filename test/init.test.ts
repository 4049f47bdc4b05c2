import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLAUSE_ENTRIES, FORMAT_NAMES, type Report, RULE_ENTRIES } from "../src/index.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-init-"));
  mkdirSync(join(folder, "logs"));
  cpSync(join(ROOT, "fixtures/quickstart/broken.ndjson"), join(folder, "logs/events.ndjson"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => mplpCheck(args, { cwd: folder });
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

describe("mplp-check init config", () => {
  it("writes a configuration that decides nothing", async () => {
    const { status, stderr } = await run("init", "config");
    expect(status).toBe(0);
    expect(stderr).toMatch(/^mplp-check: wrote mplp-check\.yaml: /);
    const { stdout } = await run("logs", "-f", "json");
    const without = await run("logs", "-f", "json", "--no-config");
    const { configuration, ...report } = JSON.parse(stdout) as Report;
    expect(configuration).toMatchObject({ path: "mplp-check.yaml", origin: "found" });
    expect(JSON.parse(without.stdout)).toMatchObject({ ...report });
  });

  it("and every setting in it can be used as it stands", async () => {
    await run("init", "config");
    const text = read("mplp-check.yaml").replaceAll(/^# (?!yaml-language)(?=[a-z-]+:| )/gm, "");
    expect(text).toMatch(/^waivers:\n {2}- rule:/m);
    writeFileSync(join(folder, "mplp-check.yaml"), text.replace(/^(?=mapping|claim|baseline)/gm, "# "));
    mkdirSync(join(folder, "logs/legacy"));
    cpSync(join(folder, "logs/events.ndjson"), join(folder, "logs/legacy/events.ndjson"));
    const { status, stdout, stderr } = await run();
    expect(stderr).toBe("mplp-check: using mplp-check.yaml\n");
    expect(stdout).toContain("1 waived at");
    expect(status).toBe(1);
    expect(read("mplp-report.html")).toContain("the old collector");
  });

  it.each(["config", "mapping"])("init %s names its schema for editors", async (what) => {
    const published = new RegExp(
      `^# yaml-language-server: \\$schema=https://\\S+/schemas/${what}\\.schema\\.json\n`,
    );
    expect((await run("init", what, "-o", "-")).stdout).toMatch(published);
    cpSync(join(ROOT, "schemas"), join(folder, "node_modules/mplp-check/schemas"), { recursive: true });
    await run("init", what, "-o", "own.yaml");
    const [, path = ""] = /^# yaml-language-server: \$schema=(.*)$/m.exec(read("own.yaml")) ?? [];
    expect(JSON.parse(read(path))).toMatchObject({ $schema: "http://json-schema.org/draft-07/schema#" });
  });
});

describe("the schema of configurations", () => {
  const { definitions } = JSON.parse(readFileSync(join(ROOT, "schemas/config.schema.json"), "utf8")) as {
    definitions: Record<string, { enum: readonly string[] }>;
  };
  const ids = (entries: readonly { readonly id: string }[]): string[] => entries.map(({ id }) => id);

  it("names all rules, clauses and formats, and the rules whose level is a project's to choose", () => {
    expect(definitions.rule?.enum).toEqual(ids(RULE_ENTRIES));
    expect(definitions.clause?.enum).toEqual(ids(CLAUSE_ENTRIES));
    expect(definitions.format?.enum).toEqual(FORMAT_NAMES);
    const adjustable = RULE_ENTRIES.filter(({ levels }) => !levels.includes("MUST"));
    expect(definitions["adjustable-rule"]?.enum).toEqual(ids(adjustable));
  });
});
