import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { discover } from "../src/input/find/discover.js";
import type { Judge } from "../src/input/find/look.js";

let root: string;

/** Takes what has an event_id for evidence, and no document for a mapping. */
const JUDGE: Judge = {
  resemblanceOf: ({ event_id }) => (event_id === undefined ? undefined : "evidence"),
  holdsMapping: async () => false,
};

const FILES = [
  "a.ndjson",
  "logs/b.ndjson",
  "logs/B.jsonl",
  "logs/c.json",
  "logs/d.ndjson.gz",
  "logs/e.jsonl.gz",
  "logs/f.json.gz",
  "logs/g.ndjson.zst",
  "logs/notes.txt",
  "logs/x.ndjson.bak",
  "logs/x.ndjson.zip",
  "logs/gz",
  "logs/.hidden.ndjson",
  "logs/deep/er/z.ndjson",
  "logs/deep/a.ndjson",
  "globs/run[1].ndjson",
  "globs/run1.ndjson",
  "globs/what?.ndjson",
  "globs/star*.ndjson",
  "globs/{x,y}.ndjson",
  "globs/!not.ndjson",
  "day[2]/in.ndjson",
  "events.log",
  "-",
  "audit/a.ndjson",
  "audit/z.ndjson",
  "audit/manifest.json",
  "audit/pack/manifest.json",
  "audit/pack/timeline/1.ndjson",
  "audit/pack/timeline/2.ndjson",
  "audit/pack/readme.md",
  "audit/pack/artifacts/inner/manifest.json",
  "audit/pack/artifacts/inner/timeline/3.ndjson",
  "audit/pack/more.ndjson",
  "audit/pack-of-none/manifest.json",
  "audit/sums/manifest.json",
  "audit/sums/integrity/sha256sums.txt",
  "sums-only/deep/manifest.json",
  "sums-only/deep/integrity/sha256sums.txt",
];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "mplp-discover-"));
  for (const name of FILES) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), "{}\n");
  }
  await mkdir(join(root, "empty"));
  await mkdir(join(root, "other"));
  await writeFile(join(root, "other/readme.md"), "# Modules\n");
  await symlink("a.ndjson", join(root, "link.ndjson"));
  await mkdir(join(root, "loop"));
  await symlink("..", join(root, "loop/up"));
  await writeFile(join(root, "loop/in.ndjson"), "");
});

afterAll(() => rm(root, { recursive: true }));

/** What is found for paths below the root; the root is taken off again. */
async function found(...paths: string[]): Promise<{ files: string[]; problems: string[] }> {
  const { files, problems } = await discover(
    paths.map((path) => (path === "-" ? path : `${root}/${path}`)),
    JUDGE,
  );
  const shortened = (path: string): string => path.replace(`${root}/`, "");
  return {
    files: files.map(shortened),
    problems: problems.map(({ path, message }) => `${shortened(path)}: ${message}`),
  };
}

const LOGS = [
  "logs/B.jsonl",
  "logs/b.ndjson",
  "logs/c.json",
  "logs/d.ndjson.gz",
  "logs/deep/a.ndjson",
  "logs/deep/er/z.ndjson",
  "logs/e.jsonl.gz",
  "logs/f.json.gz",
  "logs/g.ndjson.zst",
];

describe("discover", () => {
  it("takes files as they are named, whatever their names end in", async () => {
    expect(await found("events.log", "a.ndjson", "logs/notes.txt")).toEqual({
      files: ["events.log", "a.ndjson", "logs/notes.txt"],
      problems: [],
    });
  });

  it("searches folders for logs at any depth, in the order of their names", async () => {
    expect(await found("logs")).toEqual({ files: LOGS, problems: [] });
    expect(await found("logs/")).toEqual({ files: LOGS, problems: [] });
    expect((await found("logs//")).files).toEqual(LOGS);
  });

  it("keeps the order of the arguments", async () => {
    expect((await found("logs/deep", "a.ndjson", "logs/c.json")).files).toEqual([
      "logs/deep/a.ndjson",
      "logs/deep/er/z.ndjson",
      "a.ndjson",
      "logs/c.json",
    ]);
  });

  it("expands globs, sorted", async () => {
    expect((await found("logs/*.ndjson")).files).toEqual(["logs/b.ndjson"]);
    expect((await found("logs/**/*.ndjson")).files).toEqual([
      "logs/b.ndjson",
      "logs/deep/a.ndjson",
      "logs/deep/er/z.ndjson",
    ]);
    expect((await found("{logs/c,a}.{json,ndjson}")).files).toEqual(["a.ndjson", "logs/c.json"]);
    expect((await found("globs/run[0-9].ndjson")).files).toEqual(["globs/run1.ndjson"]);
  });

  it("names no file twice, however it is spelled", async () => {
    expect((await found("logs/c.json", "logs", "logs/../logs/c.json", "./logs/*.json")).files).toEqual([
      "logs/c.json",
      ...LOGS.filter((name) => name !== "logs/c.json"),
    ]);
  });

  it.each(["run[1]", "what?", "star*", "{x,y}", "!not"])(
    "reads the file that is named %s outright",
    async (name) => {
      expect(await found(`globs/${name}.ndjson`)).toEqual({ files: [`globs/${name}.ndjson`], problems: [] });
    },
  );

  it("searches a folder with glob characters in its name", async () => {
    expect(await found("day[2]")).toEqual({ files: ["day[2]/in.ndjson"], problems: [] });
  });

  it("says of each argument that finds nothing why", async () => {
    expect(await found("none.ndjson", "a.ndjson", "logs/*.xml", "empty", "other", "a.ndjson/x")).toEqual({
      files: ["a.ndjson"],
      problems: [
        "none.ndjson: no such file or folder",
        "logs/*.xml: the pattern matches no file",
        "empty: the folder holds no event log, sample, snapshot or mapping",
        "other: the folder holds no event log, sample, snapshot or mapping",
        "a.ndjson/x: no such file or folder",
      ],
    });
  });

  it("takes the documents of a folder that hold what is looked for", async () => {
    const seen: string[] = [];
    const holdsMapping = async (path: string): Promise<boolean> => {
      seen.push(path);
      return true;
    };
    const { files, problems } = await discover([`${root}/other`], { ...JUDGE, holdsMapping });
    expect(files).toEqual([`${root}/other/readme.md`]);
    expect(seen).toEqual(files);
    expect(problems).toEqual([]);
  });

  it("takes evidence packs in a folder for packs, of which the timeline is read", async () => {
    const { files, packs, problems } = await discover([`${root}/audit`, `${root}/audit/pack/`], JUDGE);
    expect(files.map((path) => path.replace(`${root}/`, ""))).toEqual([
      "audit/a.ndjson",
      "audit/manifest.json",
      "audit/pack-of-none/manifest.json",
      "audit/pack/timeline/1.ndjson",
      "audit/pack/timeline/2.ndjson",
      "audit/z.ndjson",
    ]);
    expect(packs).toEqual([`${root}/audit/pack`, `${root}/audit/sums`]);
    expect(problems).toEqual([]);
  });

  it("finds enough in a folder that holds a pack without a timeline", async () => {
    const { files, packs, problems } = await discover([`${root}/sums-only`], JUDGE);
    expect([files, packs, problems]).toEqual([[], [`${root}/sums-only/deep`], []]);
  });

  it("takes - for standard input, once, and not for a file of that name", async () => {
    expect(await found("-", "a.ndjson", "-")).toEqual({ files: ["-", "a.ndjson"], problems: [] });
    const { files } = await discover(["-", `${root}/-`], JUDGE);
    expect(files).toEqual(["-", `${root}/-`]);
  });

  it("does not follow links to folders, lest it go round in circles", async () => {
    expect((await found("loop")).files).toEqual(["loop/in.ndjson"]);
  });

  it("gives paths relative to the working folder as they were given", async () => {
    const before = process.cwd();
    try {
      process.chdir(root);
      expect((await discover(["logs/deep"], JUDGE)).files).toEqual([
        "logs/deep/a.ndjson",
        "logs/deep/er/z.ndjson",
      ]);
      process.chdir(join(root, "logs/deep"));
      for (const path of [".", "./"]) {
        expect((await discover([path], JUDGE)).files).toEqual(["a.ndjson", "er/z.ndjson"]);
      }
      expect((await discover(["../deep"], JUDGE)).files).toEqual(["../deep/a.ndjson", "../deep/er/z.ndjson"]);
      expect((await discover(["*.ndjson", "./a.ndjson"], JUDGE)).files).toEqual(["a.ndjson"]);
    } finally {
      process.chdir(before);
    }
  });

  it("finds nothing without arguments", async () => {
    expect(await discover([], JUDGE)).toEqual({
      files: [],
      forms: new Map(),
      problems: [],
      packs: [],
      notRead: [],
    });
  });
});
