// Files of states, in a folder for the tests of one file.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type CheckOptions, check } from "../../src/index.js";
import { ROOT } from "./fixtures.js";

/** The folder of the tests at hand. */
export let folder = "";
/** A state, and its lines before the end. */
export let good = "";
export let lines: readonly string[] = [];

/** Gives the tests of a file a folder, and a state to change. Call it once a file. */
export function inAFolder(): void {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mplp-check-state-"));
    good = await stateOf([BROKEN, MAPPING]);
    lines = good.trimEnd().split("\n").slice(0, -1);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
}

export const at = (name: string): string => join(folder, name);
export const fixture = (name: string): string => join(ROOT, "fixtures", name);
export const CLEAN = fixture("quickstart/events.ndjson");
export const BROKEN = fixture("quickstart/broken.ndjson");
export const MAPPING = fixture("audit/conforming/mapping.yaml");

export async function stateOf(paths: readonly string[], options: CheckOptions = {}): Promise<string> {
  let text = "";
  await check(paths, {
    ...options,
    onState: async (lines) => {
      text = [...lines].join("");
    },
  });
  return text;
}

let count = 0;
export function fileWith(text: string | Uint8Array): string {
  const path = at(`${count++}.state`);
  writeFileSync(path, text);
  return path;
}

export const judged = (file: string, options: CheckOptions = {}) =>
  check([], { ...options, stateIn: [file] });

/** The lines of a state with its end made anew, so that nothing but the lines themselves is wrong. */
export function sealed(lines: readonly unknown[]): string {
  const text = lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
  const sha256 = createHash("sha256").update(text).digest("hex");
  return `${text}${JSON.stringify({ end: { lines: lines.length, sha256 } })}\n`;
}
