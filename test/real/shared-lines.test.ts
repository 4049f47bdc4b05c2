import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { check, type Report } from "../../src/index.js";
import { ROOT, ruleFixtures } from "../support/fixtures.js";
import { some } from "../support/long.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-shared-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function file(text: string | Uint8Array): string {
  const path = join(folder, `log-${files++}`);
  writeFileSync(path, text);
  return path;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) && !text.includes("ÿ");
  } catch {
    return false;
  }
}

/** Records of rule fixtures, broken and clean ones. */
function linesOfFixtures(): readonly string[] {
  const fixtures = ruleFixtures().filter(({ path }) => path.endsWith(".ndjson"));
  return some("rule fixtures together", fixtures)
    .flatMap(({ path }) => readFileSync(path, "utf8").split("\n"))
    .filter((text) => isObject(text) && text.length < 5000);
}

describe("standard input", () => {
  it.each(["ndjson", "json"])("lists findings in the order in which a file does: %s", async (form) => {
    const texts = linesOfFixtures();
    const content = form === "json" ? `[${texts.join()}]` : `${texts.join("\n")}\n`;
    const path = file(content);
    const args = [join(ROOT, "bin/mplp-check.js"), "--no-config", "-f", "json"];
    const piped = spawnSync(process.execPath, [...args, "-"], { input: content, maxBuffer: 1 << 28 });
    const report = JSON.parse(piped.stdout.toString()) as Report;
    const list = ({ findings }: Report) =>
      findings.map(({ fingerprint, count, locations }) => [
        fingerprint,
        count,
        locations.map(({ line, record, pointer }) => [line, record, pointer]),
      ]);
    expect(list(report)).toEqual(list(await check([path])));
  });
});
