import { extname } from "node:path";
import type { FormatName } from "../index.js";
import { UsageError } from "./usage-error.js";

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

/**
 * The format that the ending of a file asks for: text where the file has none.
 *
 * @throws UsageError where no format has the ending
 */
export function formatFor(file: string): FormatName {
  const ending = endingOf(file);
  const format = ending === "" ? "text" : FORMATS_OF[ending]?.[0];
  if (format !== undefined) return format;
  const known = Object.keys(FORMATS_OF).join(", ");
  throw new UsageError(
    `${file}: no report ends with ${ending}: name its format with -f, or end the file with ${known}`,
  );
}

/** True if the ending of a file belongs to other formats. */
export function contradicts(format: FormatName, file: string): boolean {
  return FORMATS_OF[endingOf(file)]?.includes(format) === false;
}

function endingOf(file: string): string {
  return extname(file).toLowerCase();
}
