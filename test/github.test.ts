import { error } from "@actions/core";
import { describe, expect, it, vi } from "vitest";
import { check, type Report } from "../src/index.js";
import { thousands } from "../src/model/counted.js";
import { loggable, printable } from "../src/model/printable.js";
import { readGithub } from "./support/formats/github.js";
import type { RunnerCommand } from "./support/github-runner.js";
import { HOSTILE, hostileReport } from "./support/hostile.js";
import {
  BROKEN,
  busyReport,
  ending,
  endings,
  GOOD,
  hugeReport,
  rendered as write,
} from "./support/reports.js";

const rendered = (report: Report): string => write(report, "github");
const texts = Object.entries(HOSTILE);

/** The annotations of a report, as the runner reads them; it must take every line for one. */
function annotationsOf(report: Report): readonly RunnerCommand[] {
  const output = rendered(report);
  const commands = readGithub(output);
  expect(commands).toHaveLength(output.split("\n").length - 1);
  for (const { properties, data } of commands) {
    expect(Object.keys(properties).filter((name) => !PROPERTIES.includes(name))).toEqual([]);
    expect(properties.title?.length).toBeLessThanOrEqual(255);
    expect(data.length).toBeLessThanOrEqual(4096);
    expect(data.split("\n").filter((line) => line !== printable(line))).toEqual([]);
    expect(Object.values(properties).filter((value) => value !== printable(value))).toEqual([]);
  }
  for (const command of ["error", "warning", "notice"])
    expect(only(commands, command).length).toBeLessThanOrEqual(10);
  return commands;
}

const PROPERTIES = ["title", "file", "line", "col"];

const only = (commands: readonly RunnerCommand[], name: string): readonly RunnerCommand[] =>
  commands.filter(({ command }) => command === name);

/** What GitHub's own toolkit writes for an annotation. */
function writtenByToolkit({ properties, data }: RunnerCommand): string {
  const written: string[] = [];
  const write = vi
    .spyOn(process.stdout, "write")
    .mockImplementation((text) => written.push(String(text)) > 0);
  try {
    const { title, file, line, col } = properties;
    error(data, {
      ...(title !== undefined && { title }),
      ...(file !== undefined && { file }),
      ...(line !== undefined && { startLine: Number(line) }),
      ...(col !== undefined && { startColumn: Number(col) }),
    });
  } finally {
    write.mockRestore();
  }
  return written.join("").replace(/\r?\n$/, "");
}

describe("the annotations for GitHub", async () => {
  const busy = await busyReport();
  const broken = await check([BROKEN]);

  it.each(texts)("are what GitHub's own toolkit writes for %s", (_name, text) => {
    const report = hostileReport(busy, text);
    const errors = only(annotationsOf(report), "error");
    expect(rendered(report).split("\n").slice(0, errors.length)).toEqual(errors.map(writtenByToolkit));
  });

  it("say a text of one line in full", () => {
    const lines = texts.map(([, text]) => text).filter((text) => text === printable(text));
    const short = lines.filter(({ length }) => length < 500);
    expect(short.length).toBeGreaterThan(10);
    for (const text of short) {
      const all = annotationsOf(hostileReport(busy, text)).map(({ data }) => data);
      expect(all.filter((data) => data.startsWith(`${loggable(text)}\nat `)).length).toBeGreaterThan(1);
      expect(all.filter((data) => data.includes(`\n${loggable(`hint: ${text}`)}\n`)).length).toBeGreaterThan(
        1,
      );
    }
  });

  it("stand where the findings and errors are", async () => {
    for (const { report } of [...(await endings()), { report: busy }]) {
      const musts = report.findings.filter(({ level, waiver }) => level === "MUST" && waiver === undefined);
      const places = [...musts.flatMap(({ locations }) => locations), ...report.errors];
      const known = new Set(places.map(({ path, line = 1 }) => `${path}:${line}`));
      const placed = only(annotationsOf(report), "error").filter(({ properties }) => "file" in properties);
      for (const { properties } of placed)
        expect(known).toContain(`${properties.file}:${properties.line ?? 1}`);
      expect(placed.length).toBeGreaterThanOrEqual(
        Math.min(9, known.size, new Set(musts.map(({ rule }) => rule)).size),
      );
    }
  });

  it("are none for a log without findings", async () => {
    expect(rendered(await check([GOOD]))).toBe("");
  });

  it("sum up in the last of a level what has none of its own", () => {
    const commands = annotationsOf(hugeReport(broken, 30));
    for (const [command, places] of [
      ["error", 30_000_000],
      ["warning", 30_000_000],
      // One more says which SHOULD clauses stay open.
      ["notice", 60_000_001],
    ] as const) {
      const [last, ...others] = only(commands, command).toReversed();
      expect(others).toHaveLength(9);
      expect(last?.properties.title).toBe(`mplp-check: ${thousands(places - 9)} more places`);
      expect(last?.properties.file).toBeUndefined();
    }
  });

  it("are spent on all rules before any rule has two, and on errors of the run first", () => {
    const report = hugeReport(broken, 30);
    const [finding] = report.findings;
    const errors = Array.from({ length: 50 }, (_, line) => ({
      path: "a",
      line: line + 1,
      message: "broken",
    }));
    const other = { ...finding!, rule: "another-rule", message: "what another rule says" };
    const titles = only(annotationsOf({ ...report, errors, findings: [...report.findings, other] }), "error");
    expect(titles.map(({ data }) => data.split("\n")[0])).toEqual([
      ...Array(6).fill("broken"),
      "what is wrong with MUST number 0 in all (at 1,000,000 places)",
      "what another rule says (at 1,000,000 places)",
      "broken",
      "GitHub shows 10 annotations of a kind; without one of their own:",
    ]);
    expect(titles.at(-1)?.data).toContain("\n43 × not checked\n");
  });

  it("are ten where there are ten", () => {
    const titles = only(annotationsOf(hugeReport(broken, 10, 1)), "error").map(
      ({ properties }) => properties.title,
    );
    expect(titles).toHaveLength(10);
    expect(titles.at(-1)).toBe("MUST PS-4.1-2 event_id is a UUID v4");
  });

  it("leave out what is waived", async () => {
    const data = annotationsOf(await ending("broken, partly waived")).map((command) => command.data);
    expect(data.join()).not.toContain("not of version 4");
    expect(data.join()).toContain("its own level is MUST: the configuration changed it");
    expect(data).toHaveLength(5);
  });

  it("say why a run came to no verdict", async () => {
    const claimed = annotationsOf(await check([GOOD], { claims: ["runtime"] }));
    expect(claimed.map(({ command, properties }) => [command, properties.title])).toContainEqual([
      "error",
      "mplp-check: inconclusive",
    ]);
    expect(claimed[0]?.data).toContain("RG-7.1-1 the ModulePSG mapping is documented: name the runtime's");
    const interrupted = annotationsOf({
      ...(await check([GOOD])),
      interrupted: true,
      verdict: "inconclusive",
    });
    expect(interrupted).toMatchObject([
      { command: "warning", properties: { title: "mplp-check: interrupted" } },
    ]);
  });

  it("are about the file where that lacks something", () => {
    const report = hugeReport(broken, 1, 1);
    const whole = { path: "a.ndjson", line: 1, absent: true } as const;
    const [annotation] = annotationsOf({
      ...report,
      findings: [{ ...report.findings[0]!, locations: [whole] }],
    });
    expect(annotation?.properties).toMatchObject({ file: "a.ndjson" });
    expect(annotation?.properties).not.toHaveProperty("line");
    expect(annotation?.data).toContain("\nat a.ndjson (the whole file)\n");
  });

  it("name files as GitHub does, and none for standard input or where no file is", () => {
    const report = hugeReport(broken, 1, 1);
    const fileOf = (path: string) => {
      const [finding] = report.findings;
      const located = { ...finding!, locations: [{ path, line: 3, column: 5 }] };
      return annotationsOf({ ...report, findings: [located] })[0]?.properties;
    };
    expect(fileOf("././logs/a b.ndjson")).toMatchObject({ file: "logs/a b.ndjson", line: "3", col: "5" });
    for (const path of ["-", "", "x".repeat(5000)]) expect(fileOf(path)).not.toHaveProperty("file");
  });
});
