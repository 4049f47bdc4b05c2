import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { check, type Report } from "../../src/index.js";
import { fixtureLines, isObject } from "../support/fixture-lines.js";
import { ROOT } from "../support/fixtures.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-shared-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function file(text: string | Uint8Array): string {
  const path = join(folder, `log-${files++}`);
  writeFileSync(path, text);
  return path;
}

describe("standard input", () => {
  it.each(["ndjson", "json"])("lists findings in the order in which a file does: %s", async (form) => {
    const texts = fixtureLines().filter(isObject);
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
