/** Controls, invisible formats (bidirectional marks among them), line separators, unpaired surrogates. */
const UNPRINTABLE = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/gu;

/**
 * Makes foreign text safe to show. Each code unit that a terminal or a page would act on becomes U+FFFD, so offsets
 * still hold.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (found) => "\ufffd".repeat(found.length));
}

/**
 * The second sign of a command to a CI service in a step's log: `##[command]` and its kin (`##vso[`, `##teamcity[`)
 * anywhere in a line, `::command` after only blanks.
 */
const COMMAND_SIGN = /(?<=#)#(?=\w*\[)|(?<=^\s*:):/gm;

/**
 * Whole lines of an output in which a CI service finds no commands.
 *
 * @param escaped replaces the second sign of a command; default: puts a blank before it
 */
export function withoutCommands(lines: string, escaped = (sign: string): string => ` ${sign}`): string {
  return lines.replace(COMMAND_SIGN, escaped);
}

/** Foreign text on one line, safe for a terminal and for the log of a CI service. */
export function loggable(line: string): string {
  return withoutCommands(printable(line));
}

/** JSON of a value; every character that a terminal or a CI service would act on is escaped. */
export function safeJson(value: unknown, indent?: number): string {
  return safeSpelling(JSON.stringify(value, undefined, indent));
}

/** The same for a JSON value as somebody else has spelled it, without controls between its parts. */
export function safeSpelling(text: string): string {
  return spelledOut(text, escapedUnits);
}

/** Text in which every character that a terminal or a CI service would act on is escaped, except line feeds. */
export function spelledOut(text: string, escaped: (found: string) => string): string {
  const visible = text.replace(UNPRINTABLE, (found) => (found === "\n" ? found : escaped(found)));
  return withoutCommands(visible, escaped);
}

function escapedUnits(found: string): string {
  return Array.from(
    { length: found.length },
    (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
}
