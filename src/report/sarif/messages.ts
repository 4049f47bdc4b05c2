import { printable } from "../../model/printable.js";

/** GitHub shows no more of a description. */
const LONGEST = 1024;

/** A SARIF message of plain text from anywhere: nothing in it is taken for a link, and none is blank. */
export function message(text: string): { readonly text: string } {
  const safe = text.trim() === "" ? "(empty)" : printable(text).replaceAll("](", "] (");
  return { text: safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST - 1).replace(/\p{Cs}$/u, "")}…` };
}

/** Text from anywhere as Markdown that shows just that text. */
export function markdown(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]()<>#+\-.!|~&:@]/g, "\\$&");
}
