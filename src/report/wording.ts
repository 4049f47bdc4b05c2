import type { Listed } from "./listed.js";

/** Sentences to one text; those that are missing are left out. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== "")
    .map((part) => (/[.!?]$/.test(part ?? "") ? part : `${part}.`))
    .join(" ");
}

/** What is to be said at one place of a finding. */
export function wordingOf({ finding, unlisted }: Listed): string {
  const { message, hint, waiver } = finding;
  const more = unlisted === 1 ? "One more occurrence is" : `${unlisted} more occurrences are`;
  return sentences(
    hint === undefined ? message : `${message}; ${hint}`,
    unlisted > 0 ? `${more} counted, but not listed` : undefined,
    waiver === undefined ? undefined : `Waived (${waiver.source}): ${waiver.reason}`,
  );
}
