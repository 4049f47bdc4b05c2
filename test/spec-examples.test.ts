import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../src/run/check.js";
import { compare, type Expected, occurrencesOf, ROOT } from "./support/fixtures.js";

/** What one example of the specification amounts to, and the spec-conflict that settles it. */
interface Verdict {
  readonly about: string;
  readonly source: string;
  readonly resolution: string;
  readonly findings: readonly Expected[];
}

const FOLDER = join(ROOT, "fixtures/spec-examples");
const SUFFIX = ".expected.json";

/** Every section that prints JSON, or code that emits some, or that says of a field where it goes. */
const SECTIONS = "IS 13.1|IS 3.1|IS 3.2|IS 3.3|IS 3.4|IS 5.1|IS 8.1|IS 8.2|IS 8.3|PS 5.3|PS 6.3|PS 7.4".split(
  "|",
);

const examples = readdirSync(FOLDER)
  .filter((file) => !file.endsWith(SUFFIX))
  .map((file) => [file, verdictOn(file)] as const);

function verdictOn(file: string): Verdict {
  return JSON.parse(readFileSync(join(FOLDER, file.replace(/\.(nd)?json$/, SUFFIX)), "utf8")) as Verdict;
}

describe("the specification's own examples", () => {
  it.each(examples)("%s", async (file, { source, resolution, findings }) => {
    expect(source).toMatch(/^(PS|IS|RG) \d/);
    expect(resolution).toMatch(/^[PIGX]-\d/);
    const found = occurrencesOf(await check([join(FOLDER, file)]));
    const wanted = [...findings].sort(compare);
    expect(found).toMatchObject(
      wanted.map(({ message = "", hint = "", ...place }) => ({
        ...place,
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      })),
    );
  });

  it("come from every section that has one", () => {
    const sections = new Set(examples.map(([, { source }]) => source));
    expect([...sections].sort()).toEqual(SECTIONS);
  });
});
