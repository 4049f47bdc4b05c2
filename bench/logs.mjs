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

/** Writes logs of a size into a folder, but for those that it has already. Gives their paths, and what is in them. */
export async function writeLogs(folder, { bytes, seed }) {
  const pathOf = (name) => join(folder, `${name.replace(/\./, `-${bytes}-${seed}.`)}`);
  const generate = async (name, ...options) => {
    const path = pathOf(name);
    return written(path, async (part) => {
      const { status, stderr } = await measure(
        script("bench/generate.mjs", "--seed", seed, ...options),
        part,
      );
      if (status !== 0) throw new Error(stderr);
    });
  };
  const size = ["--bytes", String(bytes)];
  const ndjson = await generate("clean.jsonl", ...size);
  const wrong = await generate("wrong.jsonl", "--events", String(FEW), "--invalid", "1");
  return {
    ndjson,
    few: await generate("few.jsonl", "--events", String(FEW)),
    wrong,
    wrongArray: await written(pathOf("wrong.json"), (path) => writeArray(wrong, path)),
    onePercent: await generate("one-percent.jsonl", ...size, "--invalid", "0.01"),
    allInvalid: await generate("all-invalid.jsonl", ...size, "--invalid", "1"),
    array: await written(pathOf("clean.json"), (path) => writeArray(ndjson, path)),
    gzip: await written(pathOf("clean.jsonl.gz"), (path) =>
      pipeline(createReadStream(ndjson), createGzip({ level: 6 }), createWriteStream(path)),
    ),
    zstd: hasProgram("zstd")
      ? await written(pathOf("clean.jsonl.zst"), (path) => measure(["zstd", "-q", "-c", ndjson], path))
      : undefined,
    schema: await written(pathOf("schema.json"), (path) => writeJson(path, combinedSchema())),
    arraySchema: await written(pathOf("array-schema.json"), (path) => writeJson(path, combinedArraySchema())),
    bytes: statSync(ndjson).size,
    events: await countLines(ndjson),
  };
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
