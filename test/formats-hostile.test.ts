import { describe, expect, it } from "vitest";
import { FORMAT_NAMES, FORMATS, type FormatName, type Report } from "../src/index.js";
import { safeJson } from "../src/model/printable.js";
import { mplpCheck } from "./support/cli.js";
import { commandsOf } from "./support/github-runner.js";
import {
  attackedReport,
  COLOUR,
  commandsIn,
  HOSTILE,
  harmfulLines,
  hostileReport,
} from "./support/hostile.js";
import { some } from "./support/long.js";
import { busyReport } from "./support/reports.js";

const busy = await busyReport();
/** Some of them one by one; all of them at once as well. */
const texts = some("hostile texts", Object.entries(HOSTILE));

const rendered = (report: Report, format: FormatName, color = false): string =>
  [...FORMATS[format](report, { color, width: 60 })].join("");

it("knows commands where there are some", () => {
  const known = [
    "a workflow command",
    "commands on lines of their own",
    "commands of the older syntax",
  ] as const;
  for (const name of known) expect(commandsIn(HOSTILE[name])).not.toEqual([]);
});

describe.each(FORMAT_NAMES.filter((format) => format !== "github"))("the format %s", (format) => {
  it.each(texts)("holds no command and nothing that acts, with %s in every text", (_name, text) => {
    const output = rendered(hostileReport(busy, text), format);
    expect(commandsIn(output)).toEqual([]);
    expect(harmfulLines(output)).toEqual([]);
  });

  it("holds none with all of them at once", () => {
    const output = rendered(attackedReport(busy), format);
    expect(commandsIn(output)).toEqual([]);
    expect(harmfulLines(output)).toEqual([]);
  });
});

describe("the format github", () => {
  const commandNames = (report: Report): string[] =>
    commandsOf(rendered(report, "github")).commands.map(({ command }) => command);

  it.each(texts)("holds its own commands only, with %s in every text", (_name, text) => {
    const report = hostileReport(busy, text);
    expect(commandNames(report)).toEqual(commandNames(busy));
    for (const line of rendered(report, "github").split("\n"))
      expect(commandsIn(`step | ${line}`)).toEqual([]);
    expect(harmfulLines(rendered(report, "github"))).toEqual([]);
  });
});

describe("text in colour", () => {
  it.each(texts)("holds no command, with %s in every text", (_name, text) => {
    const output = rendered(hostileReport(busy, text), "text", true);
    expect(commandsIn(output)).toEqual([]);
    // Nothing but the colours is there for the terminal.
    expect(harmfulLines(output.replace(COLOUR, ""))).toEqual([]);
  });
});

describe("JSON without commands", () => {
  it.each(texts)("reads back as it was: %s", (_name, text) => {
    const value = { [text]: [text, `##[${text}`, `##vso[${text}`] };
    for (const indent of [undefined, 2]) {
      const written = safeJson(value, indent);
      expect(JSON.parse(written)).toEqual(value);
      expect(commandsIn(written)).toEqual([]);
    }
  });
});

describe("a run that is told hostile names", () => {
  it.each(["text", "json", "html"])("prints none of them as commands: %s", async (format) => {
    const names = ["##[error]zz", "::error::x", " ::error::y", "--", "::error file=a::b.ndjson"];
    const { status, stdout, stderr } = await mplpCheck(["-f", format, ...names]);
    expect(status).toBe(2);
    expect(stdout).toContain("error");
    expect(commandsIn(stdout)).toEqual([]);
    expect(commandsIn(stderr)).toEqual([]);
  });
});
