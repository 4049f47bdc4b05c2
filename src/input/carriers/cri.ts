import type { Carrier, Part } from "./carrier.js";

/** `2026-01-05T08:00:00.000000000Z stdout F ...`: lines of containerd and CRI-O. P marks a part of a line. */
export const cri: Carrier = {
  name: "cri",
  inText: (text) => {
    const [head, , tag] = LINE.exec(text) ?? [];
    if (head === undefined) return undefined;
    // Columns of a joined line differ from those of its first part.
    const content =
      tag === "P" ? { text: text.slice(head.length) } : { start: head.length, end: text.length };
    return { contents: [content], rest: "", mayBeOther: true };
  },
  parts: { mayBegin, partOf },
};

const LINE = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) (stdout|stderr) ([FP])(?::\S*)?(?: |$)/;
/** Longer than any time with stream and tags. */
const MAX_HEAD = 200;
const [ZERO, NINE] = [0x30, 0x39];

function mayBegin(bytes: Uint8Array, lineStart: number): boolean {
  const first = bytes[lineStart] ?? 0;
  return first >= ZERO && first <= NINE;
}

function partOf(line: Buffer): Part | undefined {
  const [head, stream, tag] = LINE.exec(line.toString("latin1", 0, MAX_HEAD)) ?? [];
  if (head === undefined || stream === undefined) return undefined;
  const end = endOf(line);
  return { stream, start: Math.min(head.length, end), end, isLast: tag === "F" };
}

/** Where a line ends, without a line feed and a return before it. */
function endOf(line: Buffer): number {
  const end = line.at(-1) === 0x0a ? line.length - 1 : line.length;
  return line[end - 1] === 0x0d ? end - 1 : end;
}
