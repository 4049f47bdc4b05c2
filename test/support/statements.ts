import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterEach, beforeEach, expect } from "vitest";
import { parse } from "yaml";
import type { Report } from "../../src/index.js";
import { mplpCheck } from "./cli.js";
import { ROOT } from "./fixtures.js";
import { some } from "./long.js";

const AUDIT = join(ROOT, "fixtures/audit/conforming");
export const ABOUT = ["--product", "Acme Runtime", "--version", "2.3.1", "--contact", "mplp@acme.example"];
export const UNTIL = ["--valid-until", "2027-06-30"];

const isStatement = new Ajv().compile(
  JSON.parse(readFileSync(join(ROOT, "schemas/statement.schema.json"), "utf8")) as object,
);

interface Statement {
  readonly version: string;
  readonly contact: string;
  readonly verdict: string;
  readonly counts: { readonly clauses: Readonly<Record<string, Readonly<Record<string, number>>>> };
  readonly "not-demonstrated": readonly { clause: string; status: string; attested?: string }[];
  readonly waivers: readonly object[];
  readonly inputs: readonly object[];
  readonly reproduce: string;
}

/** The statement as parsers of others read it: one for JavaScript, and now and then Python's where there is one. */
export function statementIn(text: string): Statement {
  const value = parse(text) as Statement;
  expect(isStatement(value), JSON.stringify(isStatement.errors)).toBe(true);
  if (some("statements that Python reads", [text]).length === 0) return value;
  const script =
    "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin.buffer.read().decode())))";
  const python = spawnSync("python3", ["-c", script], { input: text, encoding: "utf8" });
  if (python.status === 0) expect(JSON.parse(python.stdout)).toEqual(value);
  return value;
}

/** A folder for each test, with an audit in it, in which the command line runs. */
export function statementsPerTest() {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "mplp-check-statement-"));
    cpSync(AUDIT, join(folder, "audit"), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const at = (name = ""): string => join(folder, name);
  const run = (...args: readonly string[]) => mplpCheck(args, { cwd: folder });
  const read = (name: string): string => readFileSync(at(name), "utf8");
  const write = (name: string, text: string): void => writeFileSync(at(name), text);
  const state = (...more: readonly string[]) => run("statement", "run.json", ...ABOUT, ...UNTIL, ...more);

  /** Checks and gives the report, which is in run.json. */
  async function checked(...args: readonly string[]): Promise<Report> {
    await run("-f", "json", "-o", "run.json", ...args);
    return JSON.parse(read("run.json")) as Report;
  }

  async function stated(...more: readonly string[]): Promise<Statement> {
    const { status, stdout, stderr } = await state(...more);
    expect([status, stderr]).toEqual([0, ""]);
    return statementIn(stdout);
  }
  return { at, run, read, write, state, checked, stated };
}
