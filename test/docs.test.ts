import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FORMAT_NAMES } from "../src/index.js";
import { mplpCheck } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const pagesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(".md") && name !== "README.md");
/** The targets of a page's links to other files of the repository, without those of its examples. */
const linksOf = (page: string): string[] =>
  [
    ...read(page)
      .replaceAll(/^```[\s\S]*?^```$/gm, "")
      .matchAll(/\]\((?!https?:|#)([^)#\s]+)/g),
  ].map(([, target = ""]) => target);

describe("docs/library.md", () => {
  it("names what src/index.ts exports, each once, and nothing else", () => {
    const exported = [...read("src/index.ts").matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(
      ([, names = ""]) =>
        names
          .split(",")
          .map((name) =>
            name
              .replace("type ", "")
              .replace(/.* as /, "")
              .trim(),
          )
          .filter(Boolean),
    );
    const rows = [...read("docs/library.md").matchAll(/^\| (`.*?) \| (.+) \|$/gm)];
    const named = rows.flatMap(([, names = ""]) => [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    expect(named.sort()).toEqual(exported.sort());
  });
});

describe("the tables of formats", () => {
  it.each(["README.md", "docs/formats.md"])("of %s name every format", (page) => {
    const rows = read(page)
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .flatMap((line) => [...(line.split("|")[1] ?? "").matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
    for (const name of FORMAT_NAMES) expect(rows, name).toContain(name);
  });
});

describe("the indexes", () => {
  it.each([
    ["docs", "docs/README.md"],
    ["docs/rules", "docs/rules/README.md"],
  ])("%s: %s names every page", (folder, index) => {
    const links = linksOf(index);
    for (const page of pagesIn(folder)) expect(links).toContain(page);
  });

  it.each([
    "README.md",
    "CONTRIBUTING.md",
    ...pagesIn("docs").map((name) => `docs/${name}`),
    "docs/README.md",
  ])("%s links to what is there", (page) => {
    for (const target of linksOf(page)) expect(existsSync(join(ROOT, page, "..", target)), target).toBe(true);
  });
});

/** Tests in test/real run these commands. */
describe("the commands of the guides", async () => {
  const { stdout } = await mplpCheck(["completion", "bash"]);
  const known = new Set(stdout.match(/--[a-z][a-z-]*/g));
  const options = (page: string): readonly string[] =>
    [...read(page).matchAll(/^ *```\w*\n(.*?)^ *```/gms)]
      .flatMap(([, block = ""]) => block.replaceAll("\\\n", " ").split("\n"))
      .flatMap(
        (line) => /mplp-check(?:\.js)? ([^|;&]*)/.exec(line)?.[1]?.match(/(?<=\s)--[a-z][a-z-]*/g) ?? [],
      );
  const pages = ["README.md", ...pagesIn("docs").map((name) => `docs/${name}`)];

  it.each(pages.filter((page) => options(page).length > 0))("of %s have options that there are", (page) => {
    expect(options(page).filter((option) => !known.has(option))).toEqual([]);
  });

  it("have options on many pages", () => {
    expect(pages.flatMap(options).length).toBeGreaterThan(30);
  });
});

it("docs/reliability.md names tests that there are", () => {
  const named = [...read("docs/reliability.md").matchAll(/`(test\/[\w/-]+\.test\.ts)`/g)];
  expect(named.length).toBeGreaterThan(15);
  for (const [, path = ""] of named) expect(existsSync(join(ROOT, path)), path).toBe(true);
});
