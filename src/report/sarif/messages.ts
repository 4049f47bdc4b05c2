import { printable } from "../../model/printable.js";

/** GitHub shows only the beginning of a longer description. */
const LONGEST = 1024;

/** A SARIF message from any plain text: it is never blank, and nothing in it becomes a link. */
export function message(text: string): { readonly text: string } {
  const safe = text.trim() === "" ? "(empty)" : printable(text).replaceAll("](", "] (");
  return { text: safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST - 1).replace(/\p{Cs}$/u, "")}…` };
}

/** Markdown that shows any text unchanged. */
export function markdown(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]()<>#+\-.!|~&:@]/g, "\\$&");
}
