import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect } from "vitest";
import { type CheckOptions, check, FORMATS, type Report } from "../../src/index.js";

const json = (report: Report): string => [...FORMATS.json(report)].join("");

/** What only those who judge need to be told. */
export type Judging = Pick<CheckOptions, "claims" | "complete">;

/** States with the number of runs that have written them; more of them were merged before, or read by the run itself. */
function accounted(stateIn: readonly string[], more = 0): CheckOptions {
  return stateIn.length < 2 ? { stateIn } : { stateIn, expect: stateIn.length + more };
}

/** A folder for the states of a file's tests. */
export function statesOfTests() {
  const folder = mkdtempSync(join(tmpdir(), "mplp-check-states-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Files of states, each with a name of its own; compressed or not. */
  let written = 0;
  async function stateOf(
    paths: readonly string[],
    options: CheckOptions,
    isCompressed = false,
  ): Promise<string> {
    const file = join(folder, `${written++}.state`);
    await check(paths, {
      ...options,
      onState: async (lines) => {
        const bytes = Buffer.from([...lines].join(""));
        writeFileSync(file, isCompressed ? gzipSync(bytes) : bytes);
      },
    });
    return file;
  }

  /** Expects the report of one run from runs that read one part of a log each, however their states come together. */
  async function expectTheSame(
    parts: readonly (readonly string[])[],
    mapping: CheckOptions,
    judging: Judging,
    isCompressed = false,
  ): Promise<void> {
    const whole = json(await check(parts.flat(), { ...mapping, ...judging }));
    const stateIn: string[] = [];
    for (const part of parts) stateIn.push(await stateOf(part, mapping, isCompressed));
    expect(json(await check([], { ...mapping, ...judging, ...accounted(stateIn) }))).toBe(whole);

    // Day by day: each has the state of all days before it.
    let chain: string[] = [];
    for (const part of parts) chain = [await stateOf(part, { ...mapping, stateIn: chain }, isCompressed)];
    expect(json(await check([], { ...mapping, ...judging, stateIn: chain }))).toBe(whole);

    const last = parts.at(-1) ?? [];
    const own = last.length > 0 ? 1 : 0;
    const before = accounted(stateIn.slice(0, -1), own);
    expect(json(await check(last, { ...mapping, ...judging, ...before }))).toBe(whole);

    // A tree: the state of two states.
    const [first = "", ...others] = stateIn;
    const tree = await stateOf([], { ...mapping, ...accounted(others) });
    const runs = Math.max(1, others.length) - 1;
    expect(json(await check([], { ...mapping, ...judging, ...accounted([first, tree], runs) }))).toBe(whole);
  }

  return { folder, stateOf, expectTheSame };
}

/** Reads the states of a log's parts, which are merged while the logs are elsewhere; and the report of one run. */
export async function mergedElsewhere(
  parts: readonly (readonly string[])[],
  options: CheckOptions,
  folder: string,
) {
  const at = (name: string): string => join(folder, name);
  const whole = await check(parts.flat(), options);
  const stateIn: string[] = [];
  for (const [index, paths] of parts.entries()) {
    const state = at(`${index}.state`);
    stateIn.push(state);
    const onState = async (lines: Iterable<string>): Promise<void> =>
      writeFileSync(state, [...lines].join(""));
    await check(paths, { ...options, part: { number: index + 1, of: parts.length }, onState });
  }
  const away = parts.flat().map((path, index) => {
    renameSync(path, at(`away-${index}`));
    return at(`away-${index}`);
  });
  return { whole, merged: await check([], { ...options, stateIn }), away };
}
