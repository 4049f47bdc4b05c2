import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordBlocks } from "../src/input/frame/record-blocks.js";
import { bufferWithRoom, joined } from "../src/input/open/joined.js";
import { type InputDigest, openInput } from "../src/input/open/open.js";
import { reasonOf } from "../src/input/open/reasons.js";
import { recordsOf } from "../src/input/record/records.js";
import { readAll } from "./support/read-input.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mplp-open-"));
});

afterAll(() => rm(folder, { recursive: true }));

let files = 0;

async function file(bytes: Uint8Array): Promise<string> {
  const path = join(folder, `${files++}.ndjson`);
  await writeFile(path, bytes);
  return path;
}

function digestOf(bytes: Uint8Array): InputDigest {
  return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
}

/** Lines that do not compress well, so that compressed files too are longer than one chunk. */
function linesOf(count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `{"n":${index},"r":"${randomBytes(48).toString("base64")}é"}\n`,
  ).join("");
}

const long = linesOf(20_000);

describe("openInput", () => {
  it.each([
    ["text", "hello\n"],
    ["nothing", ""],
    ["one byte", "{"],
    ["the first byte of gzip only", "\u001f"],
    ["more than one chunk", long],
  ])("gives the bytes of a plain file as they are: %s", async (_name, text) => {
    const bytes = Buffer.from(text);
    expect(await readAll(await file(bytes))).toEqual({ text, digest: digestOf(bytes), error: undefined });
  });

  it.each([
    ["a line", "hello\n"],
    ["nothing", ""],
    ["more than one chunk", long],
  ])("decompresses gzip by its content, whatever the name: %s", async (_name, text) => {
    const bytes = gzipSync(text);
    expect(await readAll(await file(bytes))).toEqual({ text, digest: digestOf(bytes), error: undefined });
  });

  it("reads all members of a gzip file", async () => {
    const members = ["first\n", "", long, "last\n"];
    const bytes = Buffer.concat(members.map((member) => gzipSync(member)));
    const { text, digest, error } = await readAll(await file(bytes));
    expect(error).toBeUndefined();
    expect(text === members.join("")).toBe(true);
    expect(digest).toEqual(digestOf(bytes));
  });

  it("digests the bytes on disk, not those in them", async () => {
    const plain = await readAll(await file(Buffer.from("same\n")));
    const packed = await readAll(await file(gzipSync("same\n")));
    expect(packed.text).toBe(plain.text);
    expect(packed.digest).not.toEqual(plain.digest);
  });

  it("reads very many small members of a gzip file, wherever its parts end", async () => {
    const members = Array.from({ length: 5000 }, (_, index) =>
      randomBytes((index % 5) * 150).toString("hex"),
    );
    const bytes = Buffer.concat(members.map((member) => gzipSync(member)));
    expect(bytes.length).toBeGreaterThan(1 << 20);
    const { text } = await readAll(await file(bytes));
    expect(text === members.join("")).toBe(true);
  });

  it("digests a gzip file to its end even where padding follows the last member", async () => {
    const bytes = Buffer.concat([gzipSync("text\n"), Buffer.alloc(3 << 20)]);
    const { text, digest } = await readAll(await file(bytes));
    expect(text).toBe("text\n");
    expect(digest).toEqual(digestOf(bytes));
  });

  it.each([
    [
      "a cut file",
      (bytes: Buffer) => bytes.subarray(0, bytes.length - 20),
      "the compressed data ends too early",
    ],
    ["a cut header", (bytes: Buffer) => bytes.subarray(0, 5), "the compressed data ends too early"],
    [
      "a wrong checksum",
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -8), Buffer.alloc(8, 1)]),
      "the compressed data is broken",
    ],
    [
      "garbage",
      () => Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]),
      "the compressed data is broken",
    ],
  ])("throws on %s while it is read", async (_name, damage, reason) => {
    const { error } = await readAll(await file(damage(gzipSync("hello, hello, hello\n"))));
    expect(error).toBeInstanceOf(Error);
    expect(reasonOf(error)).toBe(reason);
  });

  it.each([
    ["a line", Buffer.from('{"not":"compressed"}\n'), "21 bytes"],
    ["a line behind a zero", Buffer.from('\0{"not":"compressed"}\n'), "21 bytes"],
    ["one byte", Buffer.from("x"), "1 byte"],
    ["much", Buffer.alloc(3 << 20, 1), "3145728 bytes"],
  ])(
    "gives all members and says what it did not read where %s follows the last one",
    async (_n, rest, size) => {
      for (const text of ["x\n", long]) {
        const bytes = Buffer.concat([gzipSync("first\n"), gzipSync(text), rest]);
        const read = await readAll(await file(bytes));
        expect(read.text).toBe(`first\n${text}`);
        expect(reasonOf(read.error)).toBe(
          `${size} after the compressed data were not read: they are not gzip data`,
        );
        expect(read.digest).toEqual(digestOf(bytes));
      }
    },
  );

  it("reads members that stand apart, with names, comments and checksums in their headers", async () => {
    const named = Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3, 2, 0, 1, 2]),
      Buffer.from("a.ndjson\0a comment\0\x01\x02", "latin1"),
      gzipSync("named\n").subarray(10),
    ]);
    const { text, error } = await readAll(
      await file(Buffer.concat([gzipSync("a\n"), Buffer.alloc(7), named])),
    );
    expect([text, error]).toEqual(["a\nnamed\n", undefined]);
  });

  it("gives what comes before the end of a truncated gzip file", async () => {
    const bytes = gzipSync(long);
    const path = await file(bytes.subarray(0, bytes.length - 100));
    const found: unknown[] = [];
    const reading = async (): Promise<void> => {
      for await (const block of recordBlocks(openInput(path).chunks, 1 << 20))
        for (const record of recordsOf(block)) if ("value" in record) found.push(record.value.n);
    };
    await expect(reading()).rejects.toThrow(/unexpected end of file/);
    expect(found.length).toBeGreaterThan(1000);
    expect(found).toEqual([...found.keys()]);
  });

  it("throws on a file that is not there, and on a folder", async () => {
    expect(reasonOf((await readAll(join(folder, "none"))).error)).toBe("no such file or folder");
    expect(reasonOf((await readAll(folder)).error)).toBe("is a folder");
  });

  it("can be left before the end", async () => {
    for (const bytes of [Buffer.from(long), gzipSync(long)]) {
      const { chunks } = openInput(await file(bytes));
      for await (const chunk of chunks) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
    }
  });
});

describe("joined", () => {
  const rest = Buffer.from("rest of a line, ");

  function chunkOf(text: string): Buffer {
    const buffer = bufferWithRoom(100);
    return buffer.subarray(0, buffer.write(text));
  }

  it("puts what comes before a chunk into its room, and copies the chunk no more", () => {
    const chunk = chunkOf("and a chunk");
    const all = joined([rest, chunk]);
    expect(Buffer.from(all).toString()).toBe("rest of a line, and a chunk");
    expect(all.buffer).toBe(chunk.buffer);
  });

  it("uses the room of a chunk once", () => {
    const chunk = chunkOf("and a chunk");
    const [first, second] = [joined([rest, chunk]), joined([Buffer.from("other, "), chunk])];
    expect([first, second].map((all) => Buffer.from(all).toString())).toEqual([
      "rest of a line, and a chunk",
      "other, and a chunk",
    ]);
  });

  it("copies a part of a chunk, and what its room does not hold", () => {
    const [chunk, other] = [chunkOf("and a chunk"), chunkOf("and a chunk")];
    const long = Buffer.alloc(1 << 17, "x");
    expect(Buffer.from(joined([rest, chunk.subarray(4)])).toString()).toBe("rest of a line, a chunk");
    expect(Buffer.from(joined([long, other])).toString()).toBe(`${long.toString()}and a chunk`);
    expect([chunk, other].map(String)).toEqual(["and a chunk", "and a chunk"]);
  });
});
