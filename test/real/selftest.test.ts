import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  type CheckOptions,
  check,
  inputsOf,
  type Report,
  type Selftest,
  type SelftestOptions,
  selftest,
  selftestExitCode,
} from "../../src/index.js";
import { CLAUSES } from "../../src/protocol/clauses/clauses.js";
import { logText, replacing } from "../../src/selftest/mutants.js";
import type { Mutation, Place } from "../../src/selftest/mutation.js";
import { MUTATIONS } from "../../src/selftest/mutations/index.js";
import { type ReadExcerpt, readExcerpt } from "../../src/selftest/read-excerpt.js";
import { mplpCheck, mplpProcess } from "../support/cli.js";
import { ROOT } from "../support/fixtures.js";
import { some } from "../support/long.js";

const AUDIT = join(ROOT, "fixtures/audit/conforming");
const GOOD = join(ROOT, "fixtures/quickstart/events.ndjson");
const PROFILES = join(ROOT, "fixtures/rules/map-turns-answered/valid");
const CLAIMED = { claims: ["runtime", "integration"], complete: true } as const satisfies SelftestOptions;

const folder = mkdtempSync(join(tmpdir(), "mplp-selftest-"));
afterAll(() => rmSync(folder, { recursive: true }));

const unnoticedIn = ({ clauses }: Selftest): string[] =>
  clauses.flatMap(({ id, mutations }) =>
    mutations.flatMap(({ name, places }) =>
      places.flatMap(({ line, isNoticed }) => (isNoticed ? [] : [`${id}: ${name}, line ${line}`])),
    ),
  );

/** How often findings cite a clause at a level, by rule and message. */
function countsOf(report: Report, mutation: Mutation): Map<string, number> {
  const level = mutation.level ?? CLAUSES.find(({ id }) => id === mutation.clause)?.level;
  const counts = new Map<string, number>();
  for (const { clauses, level: own, rule, message, count } of report.findings)
    if (own === level && clauses.includes(mutation.clause))
      counts.set(rule + message, (counts.get(rule + message) ?? 0) + count);
  return counts;
}

function hasMore(report: Report, original: Report, mutation: Mutation): boolean {
  const before = countsOf(original, mutation);
  return [...countsOf(report, mutation)].some(([key, count]) => count > (before.get(key) ?? 0));
}

/** Writes the inputs of a mutated run into a copy of a folder, and checks the folder. */
async function checkWritten(root: string, { inputs }: ReadExcerpt, place: Place, options: CheckOptions) {
  const copy = mkdtempSync(join(folder, "mutant-"));
  cpSync(root, copy, { recursive: true });
  const replaced = replacing(place.edits());
  for (const [path, { isDocument, records }] of inputs) {
    const [document] = records;
    const lines = document === undefined ? undefined : replaced.get(document);
    if (!isDocument) writeFileSync(join(copy, relative(root, path)), logText(records, replaced));
    else if (lines !== undefined) writeFileSync(join(copy, relative(root, path)), JSON.stringify(lines[0]));
  }
  return check([copy], options);
}

/** Every mutation that a selftest of a folder has tried, with its places there. */
async function triedIn(root: string, options: SelftestOptions) {
  const result = await selftest([root], options);
  const read = await readExcerpt(await inputsOf([root]), 2000, options);
  const tried = result.clauses.flatMap(({ id, mutations }) =>
    mutations.flatMap(({ name, places }) =>
      places.map(({ path, line, isNoticed }) => {
        const mutation = MUTATIONS.find((known) => known.clause === id && known.name === name) as Mutation;
        const fitting = [...mutation.places(read.excerpt)];
        const place = fitting.find(({ at }) => at.path === path && at.line === line) as Place;
        return { mutation, place, isNoticed };
      }),
    ),
  );
  return { result, read, tried };
}

describe("a selftest", () => {
  it("of profile events tries what the audit does not hold", async () => {
    const { clauses } = await selftest([PROFILES], { ...CLAIMED, places: 1 });
    for (const id of ["MAP-1", "MAP-2"])
      expect(clauses.find((clause) => clause.id === id)).toMatchObject({ unnoticed: 0 });
    expect(clauses.find(({ id }) => id === "MAP-1")?.noticed).toBeGreaterThan(0);
  }, 60_000);

  it("of the conforming audit tries almost every mutation, and each is noticed in files too", async () => {
    const { result, read, tried } = await triedIn(AUDIT, { ...CLAIMED, places: 1 });
    expect(unnoticedIn(result)).toEqual([]);
    expect(selftestExitCode(result)).toBe(0);
    expect(result.totals.tried).toBeGreaterThan(75);
    expect(result.totals.notExercised).toBeLessThan(5);
    const original = await check([AUDIT], CLAIMED);
    for (const { mutation, place } of some("mutations that a selftest notices", tried)) {
      const report = await checkWritten(AUDIT, read, place, CLAIMED);
      expect(hasMore(report, original, mutation), `${mutation.clause}: ${mutation.name}`).toBe(true);
    }
  }, 180_000);
});

describe("mplp-check selftest", () => {
  it("reads standard input", async () => {
    const { status, stdout } = await mplpProcess(["selftest", "-", "--places=1", "--stdin-name", "piped"], {
      input: readFileSync(GOOD),
    });
    expect(status).toBe(0);
    expect(stdout).toContain("piped: 14 records");
  }, 60_000);
});

describe("docs/selftest.md", () => {
  const page = readFileSync(join(ROOT, "docs/selftest.md"), "utf8");
  const [commands = "", output = ""] = [...page.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(
    ([, text]) => text,
  );
  const examples = [...commands.matchAll(/^mplp-check (.*?) +# exit (\d)$/gm)].map(([, line = "", code]) => ({
    args: line.split(" "),
    code: Number(code),
  }));

  it("has examples that end as it says, and shows lines of the first one", async () => {
    expect(examples.length).toBe(2);
    const shown: string[] = [];
    for (const { args, code } of examples) {
      // The numbers on the page are those of the default.
      const places = shown.length === 0 ? [] : ["--places=1"];
      const { status, stdout } = await mplpCheck([...args, "--no-config", ...places]);
      expect(status).toBe(code);
      shown.push(stdout);
    }
    const lines = new Set(shown[0]?.replaceAll(/\n +/g, " ").split("\n"));
    for (const line of output.split("\n")) expect(lines).toContain(line);
  }, 180_000);
});
