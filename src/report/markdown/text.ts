import { printable } from "../../model/printable.js";
import { clipped } from "../shared/clipped.js";

const CODE_LIMIT = 200;
const PROSE_LIMIT = 600;

/** Text from outside as a code span. Neither Markdown nor a forge then sees markup, mentions or references in it. */
export function code(text: string): string {
  const shown = printable(clipped(text, CODE_LIMIT));
  if (shown === "") return "(empty)";
  const fence = "`".repeat(longestRun(shown) + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/**
 * A sentence with a code span around every word that is not plainly a word or a small number. Backslashes and
 * entities are not enough: forges look for mentions, references and addresses in the rendered text.
 */
export function prose(text: string): string {
  const words = printable(clipped(text, PROSE_LIMIT))
    .split(" ")
    .filter((word) => word !== "");
  return words.length === 0 ? "(empty)" : words.map(safeWord).join(" ");
}

/** The punctuation around a word of a sentence. */
const AROUND = /^([("]*)(.*?)([)",.;:!?]*)$/u;
const WORD = /^\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*$/u;
/** A word of seven or more letters from a to f may look like the name of a commit. */
const COMMIT = /^[a-f]{7,}$/i;
const SHORT = /^[A-Za-z\d]{1,6}$/;
const NUMBER = /^\d{1,3}(?:,\d{3})+$|^\d{1,4}(?:\.\d{1,3}){1,2}$/;

function safeWord(word: string): string {
  const [, before = "", core = "", after = ""] = AROUND.exec(word) ?? [undefined, "", word];
  if (core === "" || SHORT.test(core) || NUMBER.test(core)) return word;
  if (WORD.test(core) && !COMMIT.test(core)) return word;
  const isCall = core.endsWith("(") && after.startsWith(")");
  return isCall ? `${before}${code(`${core})`)}${after.slice(1)}` : `${before}${code(core)}${after}`;
}

/** Lines that are shown unchanged, each after `indent`. */
export function codeBlock(lines: readonly string[], indent: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return [`${fence}text`, ...lines.map(printable), fence].map((line) => `${indent}${line}\n`).join("");
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
