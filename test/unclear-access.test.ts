import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check } from "../src/index.js";
import { ROOT } from "./support/fixtures.js";

const AUDIT = join(ROOT, "fixtures/audit/conforming");
const MAPPING = readFileSync(join(AUDIT, "mapping.yaml"), "utf8");
const PLAN = "  plan:\n    access: READ-WRITE\n";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mplp-check-access-"));
  cpSync(AUDIT, folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function clauseWith(plan: string) {
  expect(MAPPING).toContain(PLAN);
  writeFileSync(join(folder, "mapping.yaml"), MAPPING.replace(PLAN, plan));
  const { clauses } = await check([folder], { claims: ["runtime"], complete: true });
  return clauses.find(({ id }) => id === "RG-7.1-1a");
}

describe("the access of a module that changes the graph", () => {
  it.each([
    ["is that of the mapping", PLAN, "satisfied"],
    ["may be stated in parts", "  plan:\n    access: [READ, WRITE]\n", "satisfied"],
    ["is broken where it is READ", "  plan:\n    access: READ\n", "violated"],
    ["is open where its words are unknown", "  plan:\n    access: reads only\n", "inconclusive"],
    ["is open where nothing stands behind its name", "  plan:\n    access: ~\n", "inconclusive"],
    ["is open where it contradicts itself", "  plan:\n    access: [READ-WRITE, READ]\n", "inconclusive"],
    ["is open where a part is unknown", "  plan:\n    access: [READ-WRITE, on Mondays]\n", "inconclusive"],
    ["is open where its name is misspelled", "  plan:\n    acces: READ\n", "inconclusive"],
    ["is open where it stands elsewhere", "  plan:\n    <<: {access: READ}\n", "inconclusive"],
    ["is open where it is said twice", `${PLAN}    areas: []\n  Plan:\n    access: READ\n`, "inconclusive"],
  ])("%s", async (_how, plan, status) => {
    expect(await clauseWith(plan)).toMatchObject({ status });
  });

  it("is named where it is unclear", async () => {
    expect(await clauseWith("  plan:\n    access: reads only\n")).toMatchObject({
      reason: "the mapping does not say clearly which access plan has",
    });
  });
});
