import { printable, withoutCommands } from "../../model/printable.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes one line of any text for XML or HTML: for element content and quoted attribute values. */
export function escaped(line: string): string {
  const text = printable(line)
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"']/g, (found) => ENTITIES[found] ?? found);
  return withoutCommands(text, (sign) => `&#${sign.charCodeAt(0)};`);
}
