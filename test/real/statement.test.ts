import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/index.js";
import { BIN } from "../support/listener.js";
import { statementsPerTest } from "../support/statements.js";

const { at, write, checked, stated } = statementsPerTest();

describe("its command to reproduce", () => {
  /** Runs a command in a shell in which npx is this package. */
  function inShell(command: string): Report {
    const bin = at("bin");
    mkdirSync(bin);
    write(
      "bin/npx",
      `#!/bin/sh\n[ "$1" = --yes ] && shift 2 && exec '${process.execPath}' '${BIN}' -f json "$@"\n`,
    );
    chmodSync(join(bin, "npx"), 0o755);
    const env = { PATH: `${bin}:${process.env.PATH}` };
    return JSON.parse(execFileSync("sh", ["-c", command], { cwd: at(), env, encoding: "utf8" })) as Report;
  }
  const known = ({ inputs, clauses, verdict, findings, claims }: Report) => ({
    inputs,
    clauses,
    verdict,
    findings,
    claims,
  });

  it.each([
    ["a folder", ["audit", "--claim", "runtime"]],
    ["a complete log", ["audit", "--claim", "runtime,integration", "--complete"]],
  ])("finds what the run found: %s", async (_, args) => {
    const report = await checked(...args);
    const { reproduce } = await stated();
    expect(known(inShell(reproduce))).toEqual(known(report));
  });

  it("finds it under names that a shell would take for something else, by a named configuration", async () => {
    const name = "it's $(touch pwned) `touch pwned`\n;-- *.ndjson";
    cpSync(at("audit/events.ndjson"), at(name));
    rmSync(at("audit/events.ndjson"));
    cpSync(at("audit"), at("--claim"), { recursive: true });
    write("own 'a'.yaml", "claim: runtime\ncomplete: true\n");
    const report = await checked("--config", "own 'a'.yaml", "--", name, "--claim");
    const { reproduce } = await stated();
    const before = readdirSync(at());
    const again = inShell(reproduce);
    expect(known(again)).toEqual(known(report));
    expect([again.configuration, again.complete]).toEqual([report.configuration, true]);
    expect(readdirSync(at()).filter((each) => each !== "bin")).toEqual(before);
  });
});
