// The least that any checker in JavaScript does with a log: read it, cut it into lines, parse each line.
//
//   node bench/floor.mjs events.ndjson
import { createReadStream } from "node:fs";

const NEWLINE = 0x0a;
let lines = 0;
let rest = Buffer.alloc(0);

for await (const chunk of createReadStream(process.argv[2], { highWaterMark: 1 << 20 })) {
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

function parse(line) {
  if (line === "") return;
  JSON.parse(line);
  lines++;
}
