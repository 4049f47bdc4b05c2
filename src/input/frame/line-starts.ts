import { isBlank, NEWLINE, OPEN_BRACE } from "./element-scan.js";

/** The byte order mark of UTF-8. */
export const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];

/** The offset after any byte order marks. Each file of a concatenation may begin with one. */
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

/** The offset after anything that may precede a record on its line: byte order marks, or the RFC 7464 separator. */
export function pastLineMarks(bytes: Uint8Array, from: number): number {
  const at = pastMarks(bytes, from);
  return bytes[at] === RECORD_SEPARATOR ? at + 1 : at;
}

/** True if the line is only "{", apart from marks: it begins an object over several lines. */
export function isLoneBrace(bytes: Uint8Array, lineStart: number): boolean {
  const brace = pastLineMarks(bytes, lineStart);
  if (bytes[brace] !== OPEN_BRACE) return false;
  let at = brace + 1;
  while (at < bytes.length && bytes[at] !== NEWLINE && isBlank(bytes[at])) at++;
  return at >= bytes.length || bytes[at] === NEWLINE;
}
