import { accessModeOf } from "../../model/mapping.js";
import type { PageText } from "./blocks.js";
import { topicOf } from "./terms.js";
import { cut, linesIn, plain, remarksOf } from "./text.js";

/** A line that begins with a label starts a new statement; other lines continue the previous one. */
export function statementsIn(text: PageText): readonly PageText[] {
  const lines = linesIn(text);
  const starts = lines
    .filter((line, index) => index === 0 || isLabelled(line))
    .map(({ start }) => start - text.start);
  return starts.map((start, index) => cut(text, start, starts[index + 1] ?? text.text.length));
}

function isLabelled(line: PageText): boolean {
  const label = labelOf(line)?.label;
  return label !== undefined && topicOf(plain(label)) !== undefined;
}

/** True if the whole text is set in bold. */
export function isBold({ text }: PageText): boolean {
  return /^(?:\*\*|__)\S/.test(text);
}

const MAX_LABEL = 80;

/** "**Access**: READ" has a label and a rest; "PSG Areas:" and "**PSG Areas**" are labels for what follows. */
export function labelOf(statement: PageText): { label: PageText; rest: PageText | undefined } | undefined {
  const outside = remarksOf(statement);
  const at = outside.search(/:(?=\s|$|[*_])|\s[-–—]\s/);
  const head = at < 0 ? statement.text : statement.text.slice(0, at);
  if (at > MAX_LABEL || /`|\bpsg\./i.test(head)) return undefined;
  if (at < 0) {
    const isAllBold = /^(\*\*|__)(?!\s).{1,80}\1$/.test(statement.text);
    const words = statement.text.length <= MAX_LABEL ? plain(statement) : "";
    const isTerm = accessModeOf(words) === undefined && topicOf(words) !== undefined;
    return isAllBold || isTerm ? { label: statement, rest: undefined } : undefined;
  }
  const label = cut(statement, 0, at);
  const from = at + (outside[at] === ":" ? 1 : 3);
  // "**Access:** READ" closes its emphasis after the colon.
  const marks = /^[*_]*/.exec(outside.slice(from))?.[0].length ?? 0;
  const rest = cut(statement, from + marks, statement.text.length);
  return { label, rest: rest.text === "" ? undefined : rest };
}
