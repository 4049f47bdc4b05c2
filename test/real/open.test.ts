import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAll } from "../support/read-input.js";

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

describe("openInput", () => {
  it("reads long gzip files without warnings", async () => {
    const warnings: Error[] = [];
    const listener = (warning: Error): unknown => warnings.push(warning);
    process.on("warning", listener);
    const bytes = Buffer.alloc(30 << 20, "0123456789");
    const { digest } = await readAll(await file(gzipSync(bytes, { level: 0 })));
    await new Promise(setImmediate);
    process.off("warning", listener);
    expect(digest.bytes).toBeGreaterThan(bytes.length);
    expect(warnings).toEqual([]);
  });
});
