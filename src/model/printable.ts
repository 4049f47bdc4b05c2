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
 * Text from outside, safe for the log of a CI service too: `##[command]`, the older syntax of GitHub's runner and
 * its kin, counts anywhere in a line.
 */
export function loggable(text: string): string {
  return printable(text).replace(/##(?=\w*\[)/g, "# #");
}

/** JSON of a value in which every character that a terminal would act on is escaped. */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent);
  return text.replace(UNPRINTABLE, (found) => (found === "\n" ? found : escapedUnits(found)));
}

function escapedUnits(found: string): string {
  return Array.from(
    { length: found.length },
    (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
}
