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

/** Whether the line is only "{", byte order marks aside: an object begins there that goes over several lines. */
export function isLoneBrace(bytes: Uint8Array, lineStart: number): boolean {
  const brace = pastMarks(bytes, lineStart);
  if (bytes[brace] !== OPEN_BRACE) return false;
  let at = brace + 1;
  while (at < bytes.length && bytes[at] !== NEWLINE && isBlank(bytes[at])) at++;
  return at >= bytes.length || bytes[at] === NEWLINE;
}
