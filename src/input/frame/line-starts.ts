import { isBlank, NEWLINE, OPEN_BRACE } from "./element-scan.js";

/** The byte order mark of UTF-8. */
export const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];

/** Just past the byte order marks at an offset: of files that were joined, each may begin with one. */
export function pastMarks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (
    bytes[at] === BYTE_ORDER_MARK[0] &&
    BYTE_ORDER_MARK.every((byte, index) => bytes[at + index] === byte)
  )
    at += BYTE_ORDER_MARK.length;
  return at;
}

const RECORD_SEPARATOR = 0x1e;

/** Just past what may stand before a record at the beginning of a line: byte order marks, or the separator of RFC 7464. */
export function pastLineMarks(bytes: Uint8Array, from: number): number {
  const at = pastMarks(bytes, from);
  return bytes[at] === RECORD_SEPARATOR ? at + 1 : at;
}

/** Whether the line is only "{", marks aside: an object begins there that goes over several lines. */
export function isLoneBrace(bytes: Uint8Array, lineStart: number): boolean {
  const brace = pastLineMarks(bytes, lineStart);
  if (bytes[brace] !== OPEN_BRACE) return false;
  let at = brace + 1;
  while (at < bytes.length && bytes[at] !== NEWLINE && isBlank(bytes[at])) at++;
  return at >= bytes.length || bytes[at] === NEWLINE;
}
