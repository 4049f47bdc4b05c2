import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { check, FORMATS, type Report } from "../src/index.js";
import { ROOT } from "./support/fixtures.js";
import { placesIn } from "./support/formats/compact.js";
import { BROKEN, ending, largeReport, WAIVED } from "./support/reports.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-compact-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const compact = (report: Report): string => [...FORMATS.compact(report, { color: false })].join("");
const broken = await check([BROKEN]);

/** A code block of docs/formats.md, by its language and something in it. */
function block(language: string, holds: string): string {
  const guide = readFileSync(join(ROOT, "docs/formats.md"), "utf8");
  const blocks = [...guide.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map(
    ([, text = ""]) => text,
  );
  return blocks.find((text) => text.includes(holds)) ?? "";
}

describe("the compact format", () => {
  it("has one line a place, as compilers write them", () => {
    const lines = compact(broken).trimEnd().split("\n");
    expect(lines).toContain(
      `${BROKEN}:7:13: error PS-4.1-2: event_id is a UUID, but not of version 4 [event-id-v4]`,
    );
    const places = broken.findings.flatMap(({ locations }) => locations);
    expect(placesIn(compact(broken))).toHaveLength(places.length);
    expect(lines.at(-1)).toMatch(/^nonconformant: .* \(exit 1\)\.$/);
  });

  it("says error, warning or note by the level", () => {
    const [finding] = broken.findings;
    const levels = ["MUST", "SHOULD", "MAY", "NOTE"] as const;
    const findings = levels.map((level) => ({
      ...finding!,
      level,
      locations: finding!.locations.slice(0, 1),
    }));
    expect(placesIn(compact({ ...broken, findings })).map(({ severity }) => severity)).toEqual([
      "error",
      "warning",
      "note",
      "note",
    ]);
  });

  it("counts what it does not list", () => {
    const text = compact(largeReport(broken, 3, 20));
    expect(placesIn(text)).toHaveLength(60);
    expect(text).toContain(`mplp-check: ${(3 * 54_321 - 60).toLocaleString("en-US")} more places not listed`);
  });

  it("lists no waived place, and counts them", async () => {
    const text = compact(await check([BROKEN], { policy: WAIVED }));
    expect(placesIn(text)).toEqual([]);
    expect(text).toMatch(/^mplp-check: found: .*\d waived at \d+ places?/m);
  });

  it("names what was not checked as an error", async () => {
    const [place] = placesIn(compact(await ending("an unreadable input")));
    expect(place).toMatchObject({ path: "fixtures/no-such-file.ndjson", line: 1, severity: "error" });
  });
});

describe("the recipes of the guide", () => {
  it("have a problem matcher for VS Code that reads every place", () => {
    const { problemMatcher } = (
      JSON.parse(block("json", "problemMatcher")) as {
        tasks: [{ problemMatcher: { pattern: Record<string, string | number>; severity?: string } }];
      }
    ).tasks[0];
    const { regexp, file, line, column, severity, message } = problemMatcher.pattern;
    const pattern = new RegExp(String(regexp));
    const read = compact(broken)
      .split("\n")
      .flatMap((text) => {
        const found = pattern.exec(text);
        const group = (index: unknown): string => found?.[Number(index)] ?? "";
        return found === null
          ? []
          : [
              {
                path: group(file),
                line: Number(group(line)),
                column: Number(group(column)),
                // VS Code knows info, warning and error, and takes "note" for information.
                severity: group(severity),
                message: group(message),
              },
            ];
      });
    expect(read).toEqual(placesIn(compact(broken)));
  });

  const hasVim = spawnSync("vim", ["--version"]).status === 0;
  it.skipIf(!hasVim)("have an errorformat for vim that reads every place", () => {
    const format = /errorformat=(.+)/.exec(block("vim", "errorformat"))?.[1] ?? "";
    const [report, script, out] = [
      join(folder, "report.txt"),
      join(folder, "read.vim"),
      join(folder, "out.json"),
    ];
    writeFileSync(report, compact(broken));
    writeFileSync(
      script,
      [
        `set errorformat=${format}`,
        `cgetfile ${report}`,
        'let items = filter(getqflist(), "v:val.valid")',
        'let read = map(items, {_, v -> {"path": bufname(v.bufnr), "line": v.lnum, "column": v.col, "type": v.type, "text": v.text}})',
        `call writefile([json_encode(read)], ${JSON.stringify(out)})`,
        "qa!",
      ].join("\n"),
    );
    execFileSync("vim", ["-u", "NONE", "-es", "-S", script], { cwd: ROOT, stdio: "ignore" });
    const read = JSON.parse(readFileSync(out, "utf8")) as readonly Record<string, unknown>[];
    expect(read).toEqual(
      placesIn(compact(broken)).map(({ path, line, column, severity, message }) => ({
        path,
        line,
        column,
        type: severity[0],
        text: message,
      })),
    );
  });
});
