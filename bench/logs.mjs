// The logs that are measured: written once for all rounds.
import {
  createReadStream,
  createWriteStream,
  existsSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { measure } from "./measure.mjs";
import { hasProgram, script } from "./peers.mjs";
import { combinedArraySchema, combinedSchema } from "./protocol.mjs";

const FEW = 10;

/**
 * Writes logs into a folder, except those that it has already; all but `few` and `wrong` have the same events or, if
 * they are to be wrong, as many.
 *
 * @param bytes size of the plain log
 * @returns for each log its `path` and what is in it, in `bytes` and `events` before compression; for other files
 *   their paths
 */
export async function writeLogs(folder, { bytes, seed }) {
  const pathOf = (name) => join(folder, `${name.replace(/\./, `-${bytes}-${seed}.`)}`);
  const generate = async (name, ...options) => {
    const path = await written(pathOf(name), (part) => generated(part, seed, options));
    return { path, bytes: statSync(path).size, events: await countLines(path) };
  };
  const clean = await generate("clean.jsonl", "--bytes", String(bytes));
  const size = ["--events", String(clean.events)];
  const few = ["--events", String(FEW)];
  const wrong = await generate("wrong.jsonl", ...few, "--invalid", "1");
  const gzip = await written(pathOf("clean.jsonl.gz"), (path) =>
    pipeline(createReadStream(clean.path), createGzip({ level: 6 }), createWriteStream(path)),
  );
  const zstd = hasProgram("zstd")
    ? await written(pathOf("clean.jsonl.zst"), (path) => measure(["zstd", "-q", "-c", clean.path], path))
    : undefined;
  return {
    clean,
    few: await generate("few.jsonl", ...few),
    wrong,
    python: await generate("python.jsonl", ...size, "--style", "python"),
    integers: await generate("integers.jsonl", ...size, "--style", "integers"),
    escapes: await generate("escapes.jsonl", ...size, "--style", "escapes"),
    onePercent: await generate("one-percent.jsonl", ...size, "--invalid", "0.01"),
    allInvalid: await generate("all-invalid.jsonl", ...size, "--invalid", "1"),
    gzip: { ...clean, path: gzip },
    zstd: zstd === undefined ? undefined : { ...clean, path: zstd },
    array: await written(pathOf("clean.json"), (path) => writeArray(clean.path, path)),
    wrongArray: await written(pathOf("wrong.json"), (path) => writeArray(wrong.path, path)),
    schema: await written(pathOf("schema.json"), (path) => writeJson(path, combinedSchema())),
    arraySchema: await written(pathOf("array-schema.json"), (path) => writeJson(path, combinedArraySchema())),
  };
}

async function generated(path, seed, options) {
  const { status, stderr } = await measure(script("bench/generate.mjs", "--seed", seed, ...options), path);
  if (status !== 0) throw new Error(stderr);
}

/** Writes a file that is not there yet, and gives it its name when it is complete. */
async function written(path, write) {
  if (existsSync(path)) return path;
  console.error(`writing ${path}`);
  await write(`${path}.part`);
  renameSync(`${path}.part`, path);
  return path;
}

function writeJson(path, value) {
  writeFileSync(path, JSON.stringify(value));
}

/** One JSON array of the same events: a comma for each line end but the last. */
function writeArray(ndjson, path) {
  let last = "";
  const commas = new Transform({
    transform(chunk, _encoding, done) {
      const text = last + chunk.toString("latin1").replaceAll("\n", ",");
      last = text.slice(-1);
      done(null, Buffer.from(text.slice(0, -1), "latin1"));
    },
    flush: (done) => done(null, "]"),
  });
  commas.push("[");
  return pipeline(createReadStream(ndjson), commas, createWriteStream(path));
}

async function countLines(path) {
  let lines = 0;
  for await (const chunk of createReadStream(path)) for (const byte of chunk) if (byte === 0x0a) lines++;
  return lines;
}
