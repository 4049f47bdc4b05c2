import { type Carrier, type Part, without } from "./carrier.js";

/** `{"log":"...\n","stream":"stdout","time":"..."}`, as Docker's json-file driver writes it. */
export const docker: Carrier = {
  name: "docker",
  inObject: (value) => {
    const { log, stream, time, kubernetes } = value;
    if (typeof log !== "string" || typeof time !== "string" || kubernetes !== undefined) return undefined;
    if (stream !== "stdout" && stream !== "stderr") return undefined;
    return { contents: [{ text: log }], rest: without(value, "log"), mayBeOther: true };
  },
  // Docker splits lines above 16 KiB; only the last part ends with a line end.
  parts: { mayBegin, partOf },
};

const HEAD = Buffer.from('{"log":"');
const STREAM = '","stream":"std';
const TEXT = /"(?:[^"\\]|\\.)*"/.source;
const MEMBER = `${TEXT}:${TEXT}`;
/** Nothing else may follow the text, because joining parts would drop it. The attributes of a container are texts. */
const TAIL = new RegExp(
  `^","stream":"(stdout|stderr)"(?:,"attrs":\\{(?:${MEMBER}(?:,${MEMBER})*)?\\})?,"time":"[^"\\\\]*"\\}\\s*$`,
);

function mayBegin(bytes: Uint8Array, lineStart: number): boolean {
  // The third byte rules out most other lines.
  if (bytes[lineStart + 2] !== HEAD[2]) return false;
  return HEAD.every((byte, index) => bytes[lineStart + index] === byte);
}

function partOf(line: Buffer): Part | undefined {
  const end = line.lastIndexOf(STREAM);
  if (end < HEAD.length || !mayBegin(line, 0)) return undefined;
  const [, stream] = TAIL.exec(line.toString("utf8", end)) ?? [];
  if (stream === undefined || !isOneString(line, HEAD.length, end)) return undefined;
  return { stream, start: HEAD.length, end, isLast: endsLine(line, end) };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_N = 0x6e;

function isOneString(line: Buffer, start: number, end: number): boolean {
  for (let at = line.indexOf(QUOTE, start); at >= 0 && at < end; at = line.indexOf(QUOTE, at + 1))
    if (!isEscaped(line, at)) return false;
  return true;
}

function endsLine(line: Buffer, end: number): boolean {
  return line[end - 1] === LETTER_N && isEscaped(line, end - 1);
}

function isEscaped(line: Buffer, at: number): boolean {
  let first = at;
  while (line[first - 1] === BACKSLASH) first--;
  return (at - first) % 2 === 1;
}
