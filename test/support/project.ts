// A project: a folder with a log that has findings.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach } from "vitest";
import type { Report } from "../../src/index.js";
import { mplpCheck, type Outcome } from "./cli.js";
import { ROOT } from "./fixtures.js";

export const BROKEN = join(ROOT, "fixtures/quickstart/broken.ndjson");
/** The folder of the test at hand. */
export let folder = "";

/** Gives each test of a file a project of its own. Call it once a file. */
export function eachInItsProject(): void {
  const top = mkdtempSync(join(tmpdir(), "mplp-check-config-"));
  let count = 0;
  beforeEach(() => {
    folder = join(top, String(count++));
    mkdirSync(join(folder, "logs/old"), { recursive: true });
    cpSync(BROKEN, join(folder, "logs/events.ndjson"));
  });
  afterAll(() => rmSync(top, { recursive: true, force: true }));
}

export const config = (text: string, name = "mplp-check.yaml"): void =>
  writeFileSync(join(folder, name), text);

export function run(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  cwd = folder,
): Promise<Outcome> {
  return mplpCheck([...args, "-f", "json"], { cwd, env });
}

export const reportOf = ({ stdout }: Outcome): Report => JSON.parse(stdout) as Report;

export const waiver = (entry: string): string =>
  `waivers:\n  - ${entry}\n    reason: the old runtime\n    owner: ann\n    expires: 2999-12-31\n`;

export function statusOf(report: Report, clause: string): string | undefined {
  return report.clauses.find(({ id }) => id === clause)?.status;
}
