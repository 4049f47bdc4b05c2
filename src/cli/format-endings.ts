import { extname } from "node:path";
import type { FormatName } from "../index.js";

/** The formats that fit the ending of a file; the first is meant where none is named. */
const FORMATS_OF: Readonly<Record<string, readonly [FormatName, ...FormatName[]]>> = {
  ".json": ["json", "gitlab", "sarif", "sarif-coverage", "earl", "intoto", "badge"],
  ".jsonld": ["earl"],
  ".sarif": ["sarif", "sarif-coverage"],
  ".xml": ["junit"],
  ".html": ["html"],
  ".md": ["markdown"],
  ".txt": ["text", "compact", "summary", "github", "markdown"],
};

/** The format that the ending of a file asks for: text where the ending is none of those that have one. */
export function formatFor(file: string): FormatName {
  return FORMATS_OF[endingOf(file)]?.[0] ?? "text";
}

/** True if the ending of a file belongs to other formats. */
export function contradicts(format: FormatName, file: string): boolean {
  return FORMATS_OF[endingOf(file)]?.includes(format) === false;
}

function endingOf(file: string): string {
  return extname(file).toLowerCase();
}
