import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "vitest";
import {
  type CheckOptions,
  check,
  dealtFile,
  FORMATS,
  judgePartition,
  type Report,
} from "../../src/index.js";
import { ROOT } from "./fixtures.js";
import { some } from "./long.js";

/** One, few and many. */
export const PARTITIONS = [1, 2, 7];

const json = (report: Report): string => [...FORMATS.json(report)].join("");

let written = 0;

/** A log with defects of all kinds; the same numbers give the same log. */
export function defectLog(numbers: {
  readonly events: number;
  readonly defects: number;
  readonly seed: number;
}) {
  const args = Object.entries(numbers).flatMap(([name, number]) => [`--${name}`, String(number)]);
  return execFileSync(process.execPath, [join(ROOT, "bench/generate.mjs"), ...args], { maxBuffer: 1e9 });
}

/** Writes the state of a run, dealt into partitions, to a folder of its own below another. */
async function dealtState(
  paths: readonly string[],
  partitions: number,
  options: CheckOptions,
  below: string,
): Promise<string> {
  const folder = join(below, `dealt-${written++}`);
  mkdirSync(folder);
  const files = new Map<number, string[]>();
  const onState = async (lines: Iterable<readonly [file: number, line: string]>): Promise<void> => {
    for (const [file, line] of lines) files.set(file, [...(files.get(file) ?? []), line]);
  };
  await check(paths, { ...options, dealing: { partitions, onState } });
  for (const [file, lines] of files) writeFileSync(dealtFile(folder, file), gzipSync(lines.join("")));
  return folder;
}

/** Judges one partition of dealt states. */
async function judged(
  folders: readonly string[],
  partition: number,
  options: CheckOptions,
  below: string,
): Promise<string> {
  const file = join(below, `judged-${written++}.state`);
  await judgePartition(folders, {
    ...options,
    partition,
    onState: async (lines) => writeFileSync(file, [...lines].join("")),
  });
  return file;
}

/** The report of a log whose parts are read apart, dealt into partitions, judged apart and merged. */
export async function partitionedReport(
  parts: readonly (readonly string[])[],
  partitions: number,
  { reading, judging }: { readonly reading: CheckOptions; readonly judging: CheckOptions },
  below: string,
): Promise<Report> {
  const folders: string[] = [];
  for (const part of parts) folders.push(await dealtState(part, partitions, reading, below));
  const expected = folders.length > 1 ? { expect: folders.length } : {};
  const stateIn: string[] = [];
  for (let number = 1; number <= partitions; number++)
    stateIn.push(await judged(folders, number, { ...reading, ...judging, ...expected }, below));
  // In any order.
  return check([], { ...reading, ...judging, stateIn: stateIn.reverse() });
}

/** Expects the report of one run from each number of partitions, and gives it. */
export async function expectTheSame(
  parts: readonly (readonly string[])[],
  { reading = {}, judging = {} }: { readonly reading?: CheckOptions; readonly judging?: CheckOptions },
  folder: string,
  partitions = some("numbers of partitions", PARTITIONS),
): Promise<Report> {
  const whole = await check(parts.flat(), { ...reading, ...judging });
  for (const number of partitions) {
    const report = await partitionedReport(parts, number, { reading, judging }, folder);
    expect(json(report)).toBe(json(whole));
  }
  return whole;
}
