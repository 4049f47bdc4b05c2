import { counted } from "../../model/counted.js";
import { withoutCommands } from "../../model/printable.js";

/** A part of a document that may be cut after any entry. */
export interface MarkdownSection {
  /** The noun for one entry. */
  readonly noun: string;
  readonly open: string;
  readonly entries: readonly string[];
  readonly close: string;
}

/**
 * A section with a heading. Signs of commands are masked before the length is measured, because that makes the text
 * longer.
 *
 * @param noun for one entry
 */
export function sectionOf(noun: string, title: string, entries: readonly string[]): MarkdownSection {
  return {
    noun,
    open: `### ${title}\n\n`,
    entries: entries.map((lines) => withoutCommands(lines)),
    close: "\n",
  };
}

/**
 * The smallest limit of all places for Markdown reports: a comment on GitHub takes 65,536 characters. A step summary
 * takes 1 MiB, a note on GitLab a million characters.
 */
const LIMIT = 65_000;
/** Room for the sentence about the entries that were left out. */
const RESERVE = 500;

/** A document cut at whole entries to fit the limit. Before its foot it counts the entries that were left out. */
export function* fitting(head: string, sections: readonly MarkdownSection[], foot: string): Iterable<string> {
  let room = LIMIT - RESERVE - bytesOf(head) - bytesOf(foot);
  const left = new Map<string, number>();
  yield head;
  for (const { noun, open, entries, close } of sections) {
    const fitted = prefixWithin(entries, room - bytesOf(open) - bytesOf(close));
    const missing = entries.length - fitted.length;
    if (missing > 0) left.set(noun, (left.get(noun) ?? 0) + missing);
    if (fitted.length === 0) continue;
    const text = [open, ...fitted, close].join("");
    room -= bytesOf(text);
    yield text;
  }
  if (left.size > 0) {
    const counts = [...left].map(([noun, count]) => counted(count, noun));
    yield `**Left out, since this page has no room for it**: ${counts.join(", ")}. The other formats have it all.\n\n`;
  }
  yield foot;
}

function prefixWithin(entries: readonly string[], room: number): readonly string[] {
  let used = 0;
  const end = entries.findIndex((entry) => {
    used += bytesOf(entry);
    return used > room;
  });
  return end === -1 ? entries : entries.slice(0, end);
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
