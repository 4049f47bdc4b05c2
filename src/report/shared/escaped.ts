import { printable, withoutCommands } from "../../model/printable.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** One line of text from anywhere as XML or HTML, for element content and for attribute values in quotes. */
export function escaped(line: string): string {
  const text = printable(line)
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"']/g, (found) => ENTITIES[found] ?? found);
  return withoutCommands(text, (sign) => `&#${sign.charCodeAt(0)};`);
}
