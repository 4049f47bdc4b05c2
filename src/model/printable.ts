/** Controls, invisible formats (bidirectional marks among them), line separators, halves of surrogate pairs. */
const UNPRINTABLE = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/gu;

/**
 * Text from outside, safe to show: characters that a terminal or a page would act on become U+FFFD,
 * one for each code unit, so that offsets into the text hold.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (found) => "\ufffd".repeat(found.length));
}
