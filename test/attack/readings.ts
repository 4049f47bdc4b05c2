import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { check, type Report } from "../../src/index.js";
import { logs } from "../support/logs.js";
import type { Attack, Random } from "./attack.js";
import { told } from "./told.js";

/** How records are written, with the line on which each begins, from 1. */
interface Layout {
  readonly text: string;
  readonly lines: readonly number[];
}

const MARK = "\ufeff";

/** Records one after another, with something before, between and behind them. */
function layout(
  records: readonly string[],
  around: { readonly before?: string; readonly behind?: string; between(): string },
): Layout {
  let text = around.before ?? "";
  const lines: number[] = [];
  for (const [index, record] of records.entries()) {
    if (index > 0) text += around.between();
    lines.push(text.split("\n").length);
    text += record;
  }
  return { text: text + (around.behind ?? ""), lines };
}

const pretty = (record: string, indent: number): string => JSON.stringify(JSON.parse(record), null, indent);

/** All ways to write the same records that are ways of one log. */
function layoutsOf(records: readonly string[], random: Random): readonly (readonly [string, Layout])[] {
  const ends = ["\n", "\r\n", "\n\n", "\n \t\n", "\r\n\r\n"];
  const commas = [",", ", ", ",\n", "\n,", ",\r\n  ", " ,\n\n"];
  const indented = records.map((record) => pretty(record, 1 + random.below(4)));
  return [
    ["other line ends", layout(records, { between: () => random.pick(ends) })],
    ["a byte order mark", layout(records, { before: MARK, behind: "\n", between: () => "\n" })],
    ["blanks around", layout(records, { before: "\n \n", behind: "\n\n", between: () => " \n\t" })],
    ["an array", layout(records, { before: "[", behind: "]", between: () => random.pick(commas) })],
    [
      "an array with a mark",
      layout(records, {
        before: `${MARK}[\n`,
        behind: "\n]\n",
        between: () => random.pick(commas),
      }),
    ],
    ["an indented array", layout(indented, { before: "[", behind: "]\n", between: () => ", " })],
  ];
}

/** Valid JSON whose text survives being written anew: repeated keys and numbers in other spellings do not. */
function isPlain(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && !text.includes("ÿ") && JSON.stringify(value) === text;
  } catch {
    return false;
  }
}

/** What a report says, with the numbers of records in place of lines. What a whole file lacks is of no record. */
function byRecord(report: Report, lines: readonly number[]): unknown {
  return told(report, ({ line, record = 1, absent }) =>
    absent === true ? "the file" : lines.indexOf(line) + record - 1,
  );
}

/** The same records, written in every way that is a log: the same findings. */
export const readings: Attack = {
  of: "ways to write a log",
  async run(random, folder) {
    const [sample = []] = fc.sample(logs, { numRuns: 1, seed: random.below(2 ** 31) });
    const records = sample.map(({ text }) => text).filter(isPlain);
    if (records.length === 0) return 0;
    const path = join(folder, "log");
    const run = async ({ text, lines }: Layout): Promise<unknown> => {
      writeFileSync(path, text);
      return byRecord(await check([path], { jobs: 1, blockBytes: 1 + random.below(1500) }), lines);
    };
    const expected = await run(layout(records, { behind: "\n", between: () => "\n" }));
    const layouts = layoutsOf(records, random);
    for (const [name, written] of layouts)
      assert.deepEqual(
        await run(written),
        expected,
        `${name}: ${JSON.stringify(written.text).slice(0, 3000)}`,
      );
    return layouts.length;
  },
};
