import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { type CheckOptions, check, FORMATS, type Report } from "../../src/index.js";
import { mplpProcess } from "../support/cli.js";
import { logs } from "../support/logs.js";
import { stored } from "../support/zstd-frames.js";
import type { Attack, Random } from "./attack.js";
import { told } from "./told.js";

/** Lifecycles in which anything may be wrong: shuffled, cut short, and with lines that come twice. */
function historyOf(random: Random): string[] {
  const [first = [], second = []] = fc.sample(logs, { numRuns: 2, seed: random.below(2 ** 31) });
  // What is no UTF-8 cannot be text here.
  let lines = [...first, ...second].map(({ text }) => text).filter((text) => !text.includes("ÿ"));
  if (random.below(2) === 0) lines = random.shuffled(lines);
  if (random.below(3) === 0) lines = lines.slice(0, random.below(lines.length + 1));
  if (random.below(2) === 0) lines = lines.flatMap((line) => (random.below(4) === 0 ? [line, line] : [line]));
  return lines;
}

const bytesOf = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(""));

const plainly = (report: Report): unknown => told(report, ({ line, record }) => [line, record]);

/** The same without what only a second reading shows: in which member two events of one id differ. */
function uncompared(report: Report): unknown {
  const findings = report.findings.map((finding) => ({
    ...finding,
    related: finding.related.map(({ pointer: _pointer, ...place }) => place),
  }));
  return plainly({ ...report, findings });
}

const json = (report: Report): string => [...FORMATS.json(report)].join("");

async function stateOf(path: string, options: CheckOptions): Promise<string> {
  const state = `${path}.state`;
  await check([path], {
    ...options,
    onState: async (lines) => writeFileSync(state, [...lines].join("")),
  });
  return state;
}

/** A log in two or three parts, as one run and as states that are merged. */
async function compareParts(
  lines: readonly string[],
  options: CheckOptions,
  random: Random,
  folder: string,
): Promise<void> {
  const cuts = [random.below(lines.length + 1), random.below(lines.length + 1)].sort((a, b) => a - b);
  const ends = [...cuts, lines.length];
  const paths = ends.map((end, part) => {
    const path = join(folder, `part-${part}.ndjson`);
    writeFileSync(path, bytesOf(lines.slice(ends[part - 1] ?? 0, end)));
    return path;
  });
  const whole = await check(paths, options);
  const { complete: _complete, claims: _claims, ...reading } = options;
  const stateIn: string[] = [];
  for (const path of paths) stateIn.push(await stateOf(path, reading));
  assert.equal(
    json(await check([], { ...options, stateIn, expect: stateIn.length })),
    json(whole),
    "merged states",
  );
  const [first = "", ...others] = stateIn;
  const last = await check(paths.slice(1), { ...options, stateIn: [first] });
  assert.equal(json(last), json(whole), `${others.length} parts after a state`);
}

/** What the command line says of standard input. */
async function piped(bytes: Buffer, { complete, claims = [] }: CheckOptions): Promise<Report> {
  const options = [
    ...(complete === true ? ["--complete"] : []),
    ...claims.flatMap((claim) => ["--claim", claim]),
  ];
  const { stdout, stderr } = await mplpProcess(["--no-config", "-f", "json", ...options, "-"], {
    input: bytes,
  });
  assert.match(stdout, /^\{/, stderr);
  return JSON.parse(stdout) as Report;
}

/** One history, read in every way: the report must not depend on how it came. */
export const histories: Attack = {
  of: "ways to read a history",
  async run(random, folder) {
    const lines = historyOf(random);
    const bytes = bytesOf(lines);
    const path = (name: string): string => join(folder, name);
    const options: CheckOptions = {
      jobs: 1,
      complete: random.below(2) === 0,
      claims: random.pick([[], ["runtime"], ["runtime", "integration"]]) as CheckOptions["claims"] & object,
    };
    writeFileSync(path("a.ndjson"), bytes);
    writeFileSync(path("a.gz"), gzipSync(bytes));
    writeFileSync(path("a.zst"), stored(bytes));
    const expected = await check([path("a.ndjson")], options);
    const block = { blockBytes: 1 + random.below(2000) };
    const same = async (what: string, report: Promise<Report>, told = plainly): Promise<void> =>
      assert.deepEqual(told(await report), told(expected), what);
    await same("gzip", check([path("a.gz")], { ...options, ...block }));
    await same("zstd", check([path("a.zst")], options));
    const threads = { ...block, jobs: 2 + random.below(2), inlineBytes: 0 };
    // Threads and processes take a while to start.
    const isSlow = random.below(5) === 0;
    if (isSlow)
      assert.equal(json(await check([path("a.ndjson")], { ...options, ...threads })), json(expected), "jobs");
    if (isSlow) await same("a pipe", piped(bytes, options), uncompared);
    await compareParts(lines, options, random, folder);
    return isSlow ? 7 : 5;
  },
};
