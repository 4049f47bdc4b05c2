import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { check, exitCodeOf } from "../src/index.js";
import { decompressed } from "../src/input/open/decompress.js";
import { openInput } from "../src/input/open/open.js";
import { reasonOf } from "../src/input/open/reasons.js";
import { mplpProcess } from "./support/cli.js";
import { ROOT } from "./support/fixtures.js";
import { some } from "./support/long.js";
import { BLOCK, blockHeader, stored, windowOf } from "./support/zstd-frames.js";

const folder = mkdtempSync(join(tmpdir(), "mplp-zstd-"));

afterAll(() => rmSync(folder, { recursive: true }));

function inFolder(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

/** What the zstd program made of a log with `zstd -19`: one frame with a checksum. */
const PACKED = readFileSync(join(ROOT, "fixtures/inputs/events.ndjson.zst"));
const EVENTS = readFileSync(join(ROOT, "fixtures/quickstart/events.ndjson"));

const BROKEN = "the compressed data is broken";
const CUT = "the compressed data ends too early";
const WINDOW = "the compressed data needs a window above 128 MiB, which is not read";

/** A frame of so many blocks that each repeat one byte 131,072 times. */
function repeated(byte: number, blocks: number): Buffer {
  const parts: Uint8Array[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, windowOf(17)])];
  for (let left = blocks; left > 0; left--)
    parts.push(blockHeader(BLOCK, 1, left === 1), Buffer.from([byte]));
  return Buffer.concat(parts);
}

function skippable(content: string, variant = 0): Buffer {
  const head = Buffer.from([0x50 + variant, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, Buffer.from(content)]);
}

/** What can be read of compressed bytes that arrive in pieces of a size, and why no more. */
async function read(bytes: Uint8Array, size = 1 << 20): Promise<{ text: string; reason?: string }> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  }
  const parts: Uint8Array[] = [];
  try {
    for await (const part of decompressed(pieces())) parts.push(part);
  } catch (error) {
    return { text: Buffer.concat(parts).toString(), reason: reasonOf(error) };
  }
  return { text: Buffer.concat(parts).toString() };
}

/** Places in the packed log: all in its header and its end, some in between. */
function placesFrom(first: number): number[] {
  const places = Array.from({ length: PACKED.length - first }, (_, index) => first + index);
  return places.filter((place) => place < 12 || place > PACKED.length - 8 || place % 61 === 0);
}

const text = EVENTS.toString();
const long = randomBytes(3 << 20).toString("base64");

describe("zstd", () => {
  it.each([1, 2, 1000, 1 << 20])("is read in pieces of %i bytes", async (size) => {
    expect(await read(PACKED, size)).toEqual({ text });
  });

  it("may be longer than what is read at a time", async () => {
    expect((await read(stored(Buffer.from(long)), 1 << 20)).text === long).toBe(true);
    expect((await read(stored(Buffer.from(long)), 70_001)).text === long).toBe(true);
  });

  it("may be several frames, some empty, some to be skipped", async () => {
    const frames = [
      skippable("first"),
      PACKED,
      stored(Buffer.from("plain\n")),
      stored(Buffer.alloc(0)),
      skippable("", 15),
      PACKED,
      skippable("last", 7),
    ];
    const whole = Buffer.concat(frames);
    for (const size of [1, whole.length])
      expect(await read(whole, size)).toEqual({ text: `${text}plain\n${text}` });
  });

  it("may hold nothing", async () => {
    expect(await read(stored(Buffer.alloc(0)))).toEqual({ text: "" });
    expect(await read(skippable("nothing but this"))).toEqual({ text: "" });
  });

  it("is not complete wherever it is cut off", async () => {
    for (const length of placesFrom(4)) {
      const { text: found, reason } = await read(PACKED.subarray(0, length));
      expect(reason, `${length} bytes`).toBe(CUT);
      expect(text.startsWith(found)).toBe(true);
    }
  });

  it("never passes for whole with a byte changed", async () => {
    for (const at of placesFrom(4)) {
      const changed = Buffer.from(PACKED);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      const { text: found, reason } = await read(changed);
      expect(reason !== undefined || found === text, `byte ${at}`).toBe(true);
    }
  });

  it("gives what comes before broken data", async () => {
    const wrongSum = Buffer.from(PACKED);
    wrongSum[PACKED.length - 1] = (PACKED.at(-1) ?? 0) ^ 1;
    expect(await read(wrongSum)).toEqual({ text, reason: BROKEN });
    expect(await read(Buffer.concat([PACKED, Buffer.from('{"not":"compressed"}\n')]))).toEqual({
      text,
      reason: BROKEN,
    });
    const cutSkip = skippable("some").subarray(0, -1);
    expect(await read(Buffer.concat([PACKED, cutSkip]))).toEqual({ text, reason: CUT });
  });

  it("does not take the size of a large frame to be skipped for an error", async () => {
    const head = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0xf0]);
    expect(await read(Buffer.concat([PACKED, head, PACKED]))).toEqual({ text, reason: CUT });
  });

  it("may ask for a window of 128 MiB and no more", async () => {
    expect(await read(stored(EVENTS, windowOf(27)))).toEqual({ text });
    const above = windowOf(27) + 1;
    for (const window of [above, windowOf(28), windowOf(31), windowOf(41)])
      expect(await read(Buffer.concat([PACKED, stored(EVENTS, window)]))).toEqual({ text, reason: WINDOW });
  });

  it("says where a dictionary is needed", async () => {
    const needs = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, windowOf(17), 42, 1, 0, 0]);
    expect((await read(needs)).reason).toBe("the compressed data needs a dictionary, which is not read");
  });

  it("costs only time where a few bytes stand for very many", async () => {
    const path = inFolder("bomb", repeated(0x20, 1024));
    let bytes = 0;
    for await (const chunk of openInput(path).chunks) bytes += chunk.length;
    expect(bytes).toBe(1024 * BLOCK);
  });

  it("can be interrupted where a few bytes stand for very many", async () => {
    const interruption = new AbortController();
    const { chunks } = openInput(inFolder("long-bomb", repeated(0x20, 100_000)), {
      signal: interruption.signal,
    });
    let bytes = 0;
    const reading = async (): Promise<void> => {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        interruption.abort();
      }
    };
    await expect(reading()).rejects.toThrow(/abort/);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(4 << 20);
  });

  it("is told from other files by its first bytes", async () => {
    for (const other of ["(", "P*M", "(\u00b5/", "{}\n"])
      expect(await read(Buffer.from(other))).toEqual({ text: other });
    const magic = PACKED.subarray(0, 4);
    for (let at = 0; at < 4; at++) {
      const changed = Buffer.from(magic);
      changed[at] = 0x5f;
      expect(await read(changed)).toEqual({ text: changed.toString() });
    }
  });
});

describe("a run", () => {
  it("reads zstd whatever the file's name, as the same records", async () => {
    const packed = await check([inFolder("events.log", PACKED)]);
    const plain = await check([inFolder("plain.log", EVENTS)]);
    expect(packed.summary).toEqual(plain.summary);
    expect(packed.clauses.map(({ id, status }) => [id, status])).toEqual(
      plain.clauses.map(({ id, status }) => [id, status]),
    );
    expect(packed.summary.events).toBe(14);
  });

  it("checks what comes before broken data, and ends with 2", async () => {
    const more = Buffer.concat([PACKED, PACKED.subarray(0, -20)]);
    const report = await check([inFolder("cut.ndjson.zst", more)]);
    expect(report.errors.map(({ message }) => message)).toEqual([CUT]);
    expect(report.summary.events).toBe(14);
    expect(exitCodeOf(report, "must")).toBe(2);
  });

  it("reads a mapping that is compressed", async () => {
    const mapping = readFileSync(join(ROOT, "fixtures/audit/conforming/mapping.yaml"));
    const report = await check([inFolder("mapping.yaml.zst", stored(mapping))]);
    expect(report.inputs[0]?.kind).toBe("mapping");
  });

  it("reads zstd from standard input", async () => {
    const { status, stdout } = await mplpProcess(["-", "-f", "json"], { input: PACKED });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ inputs: [{ path: "-" }], summary: { events: 14 } });
  });
});

const hasProgram = spawnSync("zstd", ["--version"]).status === 0;

describe.runIf(hasProgram)("the zstd program", () => {
  const log = Array.from(
    { length: 60 },
    (_, index) => `${index}\n${text}${randomBytes(2000).toString("hex")}\n`,
  ).join("");

  const options: readonly (readonly [readonly string[]])[] = [
    [["-1"]],
    [["-3", "--no-check"]],
    [["-19"]],
    [["--long=27"]],
    [["--ultra", "-22"]],
    [["--fast=5", "-B65536", "-T2"]],
  ];
  it.each(some("options of the zstd program", options))("is understood with %j", async (options) => {
    const packed = execFileSync("zstd", ["-q", "-c", ...options], { input: log, maxBuffer: 1 << 26 });
    for (const size of [4099, 1 << 20]) {
      const { text: found, reason } = await read(packed, size);
      expect(reason).toBeUndefined();
      expect(found === log).toBe(true);
    }
  });

  it("makes windows that are refused", async () => {
    const packed = execFileSync("zstd", ["-q", "-c", "--long=28"], { input: log, maxBuffer: 1 << 26 });
    expect(await read(packed)).toEqual({ text: "", reason: WINDOW });
  });
});
