import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { ROOT } from "./fixtures.js";
import { commandsOf } from "./github-runner.js";

export const CLEAN = join(ROOT, "fixtures/quickstart/events.ndjson");
export const BROKEN = join(ROOT, "fixtures/quickstart/broken.ndjson");

/** A folder for each test, as a job of a CI service has one, in a folder of its own. */
export function workspacePerTest() {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "mplp-check-ci-"));
    mkdirSync(join(root, "workspace"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const path = (name = ""): string => join(root, "workspace", name);
  return {
    path,
    /** Puts a log into it, under any name. */
    put(log: string, name: string): string {
      mkdirSync(join(path(name), ".."), { recursive: true });
      cpSync(log, path(name));
      return name;
    },
  };
}

/** Names of files that a shell, a command line, a runner or a page would make something of. */
export const HOSTILE_NAMES = [
  "two words.ndjson",
  " blanks around ",
  'it\'s "quoted".ndjson',
  "$(touch pwned).ndjson",
  "`touch pwned`.ndjson",
  "a;touch pwned;.ndjson",
  "a&&touch pwned||b",
  "a>pwned",
  "$HOME",
  "$(IFS=/;echo pwned)",
  "-f",
  "--findings=pwned",
  "--list-clauses",
  "init",
  "::error::x",
  "##[stop-commands]x",
  "##[add-mask]e",
  "%0A::set-output name=verdict::x",
  "a,title=b:c",
  "@octocat #1 <b> `c`",
  "naïve 日本 😀",
];

/** Of all that a runner acts on, the output may hold annotations. */
export function expectAnnotationsOnly(stdout: string): void {
  const names = commandsOf(stdout).commands.map(({ command }) => command);
  expect(names.filter((name) => !["error", "warning", "notice"].includes(name))).toEqual([]);
}
