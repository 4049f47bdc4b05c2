// Writes a realistic event log of any size to standard output: conforming, unless defects are asked for. The
// same options give the same bytes.
//
//   node bench/generate.mjs --bytes 1e9 [--seed 1] [--invalid 0.01] [--style python] > events.ndjson
//   node bench/generate.mjs --events 2e6 --defects 200 --expect expected.ndjson > events.ndjson
//
// --invalid gives that share of the events, up to 1, one thing that is wrong with each of them. --defects puts in so
// many defects of all kinds, spread over the log; --expect says, a line each, what a checker must report. With
// --complete the log ends with nothing left open, and defects that only a complete log shows are among them.
// --style writes the events as other runtimes do: python (blanks), integers (other ones in each event) or escapes (in
// each text).
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createInjector } from "./synthetic/injector.mjs";
import { invalidated } from "./synthetic/invalid.mjs";
import { kindsFor } from "./synthetic/kinds.mjs";
import { createRandom } from "./synthetic/random.mjs";
import { STYLES } from "./synthetic/styles.mjs";
import { workload } from "./synthetic/workload.mjs";

/** As many lines before the end of a complete log no work is begun any more. */
const CLOSING = 1000;
/** Lines are gathered, so that a log of a gigabyte takes a thousand writes. */
const CHUNK = 1 << 20;

const { values } = parseArgs({
  options: {
    bytes: { type: "string" },
    events: { type: "string" },
    seed: { type: "string", default: "1" },
    invalid: { type: "string", default: "0" },
    defects: { type: "string", default: "0" },
    expect: { type: "string" },
    complete: { type: "boolean", default: false },
    style: { type: "string", default: "plain" },
  },
});

const goal = {
  events: Number(values.events ?? Number.POSITIVE_INFINITY),
  bytes: Number(values.bytes ?? (values.events === undefined ? 1e6 : Number.POSITIVE_INFINITY)),
};
const invalid = Number(values.invalid);
const defects = Number(values.defects);
const refusal = refusalOf();
if (refusal === undefined) await generate();
else {
  console.error(`generate: ${refusal}`);
  process.exitCode = 2;
}

function refusalOf() {
  const numbers = [goal.events, goal.bytes, invalid, defects];
  if (numbers.some((number) => !(number >= 0))) return "sizes and shares are numbers from 0";
  if (values.events !== undefined && values.bytes !== undefined) return "either --bytes or --events";
  if (values.events === undefined && (defects > 0 || values.complete))
    return "--defects and --complete need --events";
  if (!Object.hasOwn(STYLES, values.style)) return `styles are ${Object.keys(STYLES).join(", ")}`;
  if (invalid > 0 && defects > 0) return "--expect would not list what --invalid breaks";
  return undefined;
}

async function generate() {
  const random = createRandom(values.seed, "defects");
  const style = STYLES[values.style];
  const numbers = createRandom(values.seed, "style");
  const kinds = kindsFor(values.complete, Number(values.seed));
  const injector = createInjector({ kinds, defects, events: goal.events, random });
  const isClosing = () => values.complete && injector.lines() > goal.events - CLOSING;
  let [bytes, held, size] = [0, [], 0];
  for (const event of workload(createRandom(values.seed, "workload"), isClosing)) {
    if (injector.lines() >= goal.events || bytes + size >= goal.bytes) break;
    const styled = style.event(event, numbers);
    for (const plain of injector.linesFor(perhapsInvalid(styled, random))) {
      const line = style.line(plain);
      held.push(line, "\n");
      size += line.length + 1;
    }
    if (size < CHUNK) continue;
    await write(held);
    [bytes, held, size] = [bytes + size, [], 0];
  }
  await write(held);
  report(injector);
}

function perhapsInvalid(event, random) {
  return random.fraction() < invalid ? invalidated(event, random) : event;
}

async function write(pieces) {
  const chunk = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
  if (!process.stdout.write(chunk)) await once(process.stdout, "drain");
}

function report(injector) {
  const expected = injector.expected();
  if (values.expect !== undefined)
    writeFileSync(values.expect, expected.map((finding) => `${JSON.stringify(finding)}\n`).join(""));
  if (expected.length === defects) return;
  const unplaced = injector.unplaced().join(", ");
  console.error(`generate: ${expected.length} of ${defects} defects found a place; not: ${unplaced}`);
  process.exitCode = 1;
}
