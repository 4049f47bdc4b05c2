import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CheckOptions, check, FORMATS, type Occurrence } from "../src/index.js";
import type { Block } from "../src/input/frame/blocks.js";
import { BlockQueue, inlineBytesFor } from "../src/run/blocks/block-queue.js";
import { blockReaderFor } from "../src/run/blocks/block-reader.js";
import { Pool } from "../src/run/blocks/pool.js";
import { completed } from "../src/run/blocks/unhurried.js";
import { loadProtocol } from "../src/run/protocol/load-protocol.js";
import { mplpCheck } from "./support/cli.js";
import { fixtureLines } from "./support/fixture-lines.js";
import { some } from "./support/long.js";
import { READER } from "./support/reader.js";
import { toldBy } from "./support/told.js";
import { CLEAN } from "./support/workspace.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-check-jobs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINES = fixtureLines();

const FEW = { ...READER, maxFindings: 5 };

describe("a pool of threads", () => {
  let pool: Pool;
  beforeAll(() => {
    pool = new Pool(2, { protocol: {}, reader: FEW });
  });
  afterAll(() => pool.close());

  it("makes of each block what this thread makes of it", async () => {
    const map = blockReaderFor((await loadProtocol({})).protocol, FEW);
    const blocks = Array.from({ length: 20 }, (_, part) => {
      const text = `${LINES.filter((_line, index) => index % 20 === part).join("\n")}\n`;
      return { bytes: Buffer.from(text), lines: text.split("\n").length - 1 };
    });
    const results = await Promise.all(
      blocks.map((block, input) => pool.read({ block, kind: undefined, input })),
    );
    expect(results.map(toldBy)).toEqual(blocks.map((block) => toldBy(completed(map(block, undefined)))));
  });

  it("leaves the block that it is given as it was", async () => {
    const text = Buffer.from(LINES.slice(0, 3).join("\n"));
    const given = text.subarray(0, text.indexOf("\n"));
    await pool.read({ block: { bytes: given, lines: 0 }, kind: undefined, input: 0 });
    expect(text.toString()).toBe(LINES.slice(0, 3).join("\n"));
  });

  it("says so where a thread breaks down", async () => {
    const broken = new Pool(1, { protocol: { schemas: join(folder, "nowhere") }, reader: FEW });
    const result = broken.read({ block: { bytes: new Uint8Array(2), lines: 0 }, kind: undefined, input: 0 });
    await expect(result).rejects.toThrow(/nowhere/);
    await expect(
      broken.read({ block: { bytes: new Uint8Array(2), lines: 0 }, kind: undefined, input: 0 }),
    ).rejects.toThrow();
    await broken.close();
  });
});

describe("blocks that are mapped in threads", () => {
  const good: Block = { bytes: Buffer.from(`${LINES[0]}\n`), lines: 1 };
  /** No reader of ours makes such a block: a thread breaks down over it. */
  const broken: Block = { ...good, records: [undefined as never] };

  /** The blocks that are given back of those that come once threads have taken over, and the error after them. */
  async function givenBackOf(given: () => Generator<Block>) {
    const map = blockReaderFor((await loadProtocol({})).protocol, FEW);
    let mappedHere = 0;
    const counting: typeof map = (...given) => {
      mappedHere++;
      return map(...given);
    };
    const starting: Block = { ...good };
    async function* blocks(): AsyncGenerator<Block> {
      for (let isHere = true; isHere; ) {
        await turn();
        const before = mappedHere;
        yield starting;
        isHere = mappedHere > before;
      }
      yield* given();
    }
    const mapping = new BlockQueue(
      counting,
      { protocol: {}, reader: FEW },
      { jobs: 2, inlineBytes: 0, isOpenEnded: false },
    );
    const back: Block[] = [];
    try {
      for await (const { block } of mapping.read(blocks(), undefined))
        if (block !== starting) back.push(block);
    } catch (error) {
      return { back, error };
    } finally {
      await mapping.close();
    }
    return { back };
  }

  it("are given back before the error with which they end", async () => {
    const end = new Error("the end");
    const { back, error } = await givenBackOf(function* () {
      for (let count = 0; count < 3; count++) yield good;
      throw end;
    });
    expect(back).toEqual([good, good, good]);
    expect(error).toBe(end);
  });

  it("are given back no further than to one that a thread breaks down over", async () => {
    const { back, error } = await givenBackOf(function* () {
      for (const block of [broken, good, good, good, good]) yield block;
    });
    expect(back).toEqual([]);
    expect(error).toBeInstanceOf(TypeError);
  });
});

describe("threads that nobody has asked for", () => {
  it("start for a log that is large enough for so many", () => {
    expect([1, 2, 3, 9, 64].map((jobs) => inlineBytesFor(jobs) / 2 ** 20)).toEqual([128, 128, 64, 16, 4]);
  });
});

describe("--jobs", () => {
  async function run(paths: readonly string[], options: CheckOptions) {
    const occurrences: Occurrence[] = [];
    const onOccurrences: CheckOptions["onOccurrences"] = async (list) => {
      for await (const occurrence of list) occurrences.push(occurrence);
    };
    const report = await check(paths, { ...options, onOccurrences, blockBytes: 20_000 });
    return { json: [...FORMATS.json(report)].join(""), occurrences };
  }

  it.each(some("numbers of threads", [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]))(
    "of a library may be %d",
    async (jobs) => {
      const small = join(folder, "small.ndjson");
      writeFileSync(small, `${LINES.slice(0, 100).join("\n")}\n`);
      const expected = await run([small], { jobs: 1 });
      expect((await run([small], { jobs, inlineBytes: 0 })).json).toBe(expected.json);
    },
  );

  it.each(["0", "-1", "1.5", "many"])("refuses %s", async (jobs) => {
    const { status, stderr } = await mplpCheck([CLEAN, "--jobs", jobs]);
    expect(status).toBe(2);
    expect(stderr).toContain("whole number");
  });
});
