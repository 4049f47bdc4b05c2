import type { Head } from "../open/head.js";
import {
  BINARIES,
  BINARY,
  DECOMPRESSED,
  EVENT_WORDS,
  type Foreign,
  type Kind,
  NO_JSON,
  RECORD,
  STORED,
  TAR,
  TEXTS,
  WITHOUT_JSON,
} from "./foreign-kinds.js";

/** The error text for an input that cannot be a log. */
export function complaintAbout({ what, advice }: Foreign): string {
  const subject = /^(?:compressed|encrypted)/.test(what) ? "the file is" : "this is";
  return `${subject} ${what} and cannot be checked${advice === undefined ? "" : `: ${advice}`}`;
}

const MAGIC_BYTES = 24;
/** The position and the text of a tar archive's mark. */
const TAR_MARK = { start: 257, end: 262, text: "ustar" };

/** Classifies a file by its first bytes; undefined if it may be a log or a document. */
export function foreignBytes({ stored, bytes }: Head, path: string): Foreign | undefined {
  const inner = bytes === stored ? undefined : hexOf(bytes);
  return (
    told(STORED, hexOf(stored)) ??
    (inner === undefined ? undefined : (told(DECOMPRESSED, inner) ?? told(STORED, inner))) ??
    (latin1(bytes, TAR_MARK.start, TAR_MARK.end) === TAR_MARK.text ? TAR : undefined) ??
    (isBinary(bytes)
      ? (told(BINARIES, hexOf(bytes)) ?? BINARIES.find(({ name }) => name?.test(path)))
      : undefined)
  );
}

/** Classifies a text that is not a log. Call it only for a text without a JSON object. */
export function foreignText(bytes: Uint8Array): Foreign | undefined {
  const text = beginningOf(bytes);
  return TEXTS.find((kind) => kind.text?.test(text));
}

/**
 * Classifies a text without a JSON object or a mapping. Undefined if it may still be a log: it is blank, or names
 * members of events beside a brace.
 */
export function textWithoutJson(bytes: Uint8Array): Foreign | undefined {
  const text = beginningOf(bytes);
  if (isBinary(bytes) && !EVENT_WORDS.test(latin1(bytes, 0, bytes.length))) return BINARY;
  const whole = latin1(bytes, 0, bytes.length);
  const namesEvents = EVENT_WORDS.test(whole);
  const kind = WITHOUT_JSON.find((each) => each.text?.test(text));
  if (kind !== undefined) return { ...kind, reason: namesEvents ? "unclear content" : "not MPLP" };
  const mayBeLog = text === "" || RECORD.test(whole) || (namesEvents && /[{}]/.test(whole));
  return mayBeLog ? undefined : { ...NO_JSON, reason: "not MPLP" };
}

function beginningOf(bytes: Uint8Array): string {
  return latin1(bytes, 0, 1000)
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart();
}

function told(kinds: readonly Kind[], hex: string): Kind | undefined {
  return kinds.find(({ magic }) => magic?.test(hex));
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(MAGIC_BYTES, bytes.length)).toString("hex");
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.subarray(start, end)).toString("latin1");
}

/** Text contains no control characters except white space; compressed or encrypted bytes soon do. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 512).some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b));
}
