// The least that any checker in JavaScript does with a log: read it, cut it into lines, parse each line.
//
//   node bench/floor.mjs events.ndjson [--sha256]
//
// --sha256 adds the digest of the file, which a checker needs that is to say what it has read.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

const NEWLINE = 0x0a;
const [path, option] = process.argv.slice(2);
const digest = option === "--sha256" ? createHash("sha256") : undefined;
let lines = 0;
let rest = Buffer.alloc(0);

for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
  digest?.update(chunk);
  const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    parse(bytes.toString("utf8", start, end));
    start = end + 1;
  }
  rest = bytes.subarray(start);
}
parse(rest.toString());
console.log(`${lines} lines`);
if (digest !== undefined) console.log(digest.digest("hex"));

function parse(line) {
  if (line === "") return;
  JSON.parse(line);
  lines++;
}
