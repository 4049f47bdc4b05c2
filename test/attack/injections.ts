import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  check,
  FORMAT_NAMES,
  FORMATS,
  type FormatName,
  type Occurrence,
  type Report,
} from "../../src/index.js";
import { safeJson } from "../../src/model/printable.js";
import type { Members } from "../fuzz/judge/json.js";
import { ROOT } from "../support/fixtures.js";
import { factsOf } from "../support/formats/facts.js";
import { readGitlab } from "../support/formats/gitlab.js";
import { readHtml } from "../support/formats/html.js";
import { readJunit } from "../support/formats/junit.js";
import { factsOfSarif, readSarif } from "../support/formats/sarif.js";
import { commandsOf } from "../support/github-runner.js";
import { COLOUR, commandsIn, HOSTILE, harmfulLines } from "../support/hostile.js";
import type { Attack, Random } from "./attack.js";

const SOUND: readonly Members[] = ["quickstart/broken.ndjson", "audit/conforming/events.ndjson"]
  .flatMap((name) =>
    readFileSync(join(ROOT, "fixtures", name), "utf8")
      .trim()
      .split("\n"),
  )
  .map((line) => JSON.parse(line) as Members);

const TEXTS: readonly string[] = [
  ...Object.values(HOSTILE),
  '=HYPERLINK("https://evil.example","x")',
  "@SUM(1+9)*cmd|' /C calc'!A0",
  "<?xml version='1.0'?><!DOCTYPE a SYSTEM 'file:///etc/passwd'>",
  "\u001b]52;c;ZXZpbA==\u0007\u001bP\u001b\\\u009b6n",
];

/** One text, or the ends of two that make another one where they meet. */
function textOf(random: Random): string {
  const [one, other] = [random.pick(TEXTS), random.pick(TEXTS)];
  return random.below(2) === 0 ? one : one.slice(-random.below(40)) + other.slice(0, 60);
}

/** An event with hostile texts for some values and names. */
function attackedEvent(random: Random): Members {
  const event: Record<string, unknown> = structuredClone(random.pick(SOUND));
  for (let change = 1 + random.below(3); change > 0; change--) {
    const isInPayload = typeof event.payload === "object" && event.payload !== null && random.below(2) === 0;
    const members = isInPayload ? (event.payload as Record<string, unknown>) : event;
    const name = random.below(4) === 0 ? textOf(random) : random.pick(Object.keys(members));
    if (name !== undefined) members[name] = random.below(5) === 0 ? { [textOf(random)]: 1 } : textOf(random);
  }
  return event;
}

/** A name that a file can have. */
function nameOf(random: Random): string {
  const name = Buffer.from(textOf(random).replaceAll(/[/\0]/g, "") || "x").subarray(0, 180);
  return `${name.toString().replaceAll("\ufffd", "")}.ndjson`;
}

const mappingOf = (random: Random): string =>
  JSON.stringify({
    mplp: random.below(2) === 0 ? "1.0.0" : textOf(random),
    runtime: { name: textOf(random), version: textOf(random), vendor: textOf(random) },
    modules: { context: { access: textOf(random), areas: [{ area: textOf(random) }] }, [textOf(random)]: {} },
    attestations: [{ clause: "RG-7.1-4", statement: textOf(random), evidence: textOf(random) }],
  });

function expectHarmless(output: string, format: string, own: number): void {
  const commands = format === "github" ? commandsOf(output).commands.length - own : commandsIn(output).length;
  assert.equal(commands, 0, `${format}: ${JSON.stringify(commandsIn(output)).slice(0, 500)}`);
  assert.deepEqual(harmfulLines(output.replace(COLOUR, "")), [], format);
}

/** What readers of formats find is what the report says. */
function expectAgreement(report: Report, outputs: Readonly<Record<FormatName, string>>): void {
  const facts = factsOf(report);
  assert.deepEqual(factsOf(JSON.parse(outputs.json) as Report), facts, "json");
  assert.deepEqual(readHtml(outputs.html), facts, "html");
  assert.equal(readJunit(outputs.junit).verdict, report.verdict);
  const { statuses, tally } = factsOfSarif(readSarif(outputs.sarif));
  assert.deepEqual([statuses, tally], [facts.statuses, facts.tally], "sarif");
  readGitlab(outputs.gitlab);
  const scripts = outputs.html.match(/<script\b/gi) ?? [];
  assert.equal(scripts.length, 1, "scripts of the page");
}

/** Texts that a terminal, a browser, a CI service or a spreadsheet would act on, in logs, names and mappings. */
export const injections: Attack = {
  of: "outputs",
  async run(random, folder) {
    const logs = join(folder, "logs");
    mkdirSync(logs);
    for (let file = 1 + random.below(2); file > 0; file--) {
      const events = Array.from({ length: 1 + random.below(5) }, () => attackedEvent(random));
      const text = events.map((event) => `${JSON.stringify(event)}\n`).join("");
      writeFileSync(join(logs, nameOf(random)), random.below(6) === 0 ? `${textOf(random)}\n${text}` : text);
    }
    if (random.below(2) === 0) writeFileSync(join(logs, "mapping.json"), mappingOf(random));
    const occurrences: Occurrence[] = [];
    const report = await check([logs], {
      jobs: 1,
      claims: random.below(2) === 0 ? ["runtime"] : [],
      onOccurrences: async (all) => {
        for await (const occurrence of all) occurrences.push(occurrence);
      },
    });
    const surface = { color: false, width: 60 };
    const outputs = Object.fromEntries(
      FORMAT_NAMES.map((format) => [format, [...FORMATS[format](report, surface)].join("")]),
    ) as Record<FormatName, string>;
    const annotations = commandsOf(outputs.github).commands;
    assert.ok(annotations.every(({ command }) => ["error", "warning", "notice"].includes(command)));
    for (const [format, output] of Object.entries(outputs))
      expectHarmless(output, format, annotations.length);
    const coloured = [...FORMATS.text(report, { ...surface, color: true })].join("");
    expectHarmless(coloured, "text in colour", 0);
    expectHarmless(occurrences.map((each) => safeJson(each)).join("\n"), "findings", 0);
    expectAgreement(report, outputs);
    return FORMAT_NAMES.length + 2;
  },
};
