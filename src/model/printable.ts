/** Controls, invisible formats (bidirectional marks among them), line separators, halves of surrogate pairs. */
const UNPRINTABLE = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/gu;

/**
 * Text from outside, safe to show: characters that a terminal or a page would act on become U+FFFD,
 * one for each code unit, so that offsets into the text hold.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (found) => "\ufffd".repeat(found.length));
}

/**
 * The second sign of what a CI service takes for a command when it stands in the log of a step: `##[command]` and
 * its kin (`##vso[`, `##teamcity[`) anywhere in a line, `::command` behind nothing but blanks.
 */
const COMMAND_SIGN = /(?<=#)#(?=\w*\[)|(?<=^\s*:):/gm;

/**
 * Whole lines of an output in which nothing is a command to a CI service.
 *
 * @param escaped stands for the sign that would make a command; a blank before it, unless the format can do better
 */
export function withoutCommands(lines: string, escaped = (sign: string): string => ` ${sign}`): string {
  return lines.replace(COMMAND_SIGN, escaped);
}

/** A line of text from outside, safe for a terminal and for the log of a CI service. */
export function loggable(line: string): string {
  return withoutCommands(printable(line));
}

/** JSON of a value in which every character that a terminal or a CI service would act on is escaped. */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent);
  const visible = text.replace(UNPRINTABLE, (found) => (found === "\n" ? found : escapedUnits(found)));
  return withoutCommands(visible, escapedUnits);
}

function escapedUnits(found: string): string {
  return Array.from(
    { length: found.length },
    (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
}
