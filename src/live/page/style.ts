import { CARDS } from "../../report/html/style/cards.js";
import { COLOURS } from "../../report/html/style/colours.js";
import { FILTERS } from "../../report/html/style/filters.js";
import { PAGE } from "../../report/html/style/page.js";
import { TABLES } from "../../report/html/style/tables.js";
import { TYPE } from "../../report/html/style/type.js";

/** What the page has besides the style of reports. */
const LIVE = /* css */ `
.single {
  padding-block: 2rem 4rem;
}
.verdict:not([data-tone]) {
  --tone: var(--soft);
  --tint: var(--card);
}
.figure {
  font-size: 1.5rem;
  font-weight: 650;
  line-height: 1.3;
}
.level {
  color: var(--rank);
  font-size: 0.8125rem;
  font-weight: 650;
}
.stream {
  margin: 0;
  padding: 0;
  list-style: none;
}
.stream li {
  display: grid;
  grid-template-columns: 4.25rem minmax(0, 1fr);
  gap: 0 0.875rem;
  align-items: baseline;
  margin-bottom: 0.5rem;
  padding: 0.625rem 1rem;
  border: 1px solid var(--line);
  border-left: 4px solid var(--rank);
  border-radius: 6px;
  background: var(--card);
}
.stream .message {
  font-weight: 550;
}
.stream .where,
.stream .hint {
  grid-column: 2;
}
.stream .hint {
  font-size: 0.9375rem;
}
.notice {
  color: var(--open);
  font-weight: 650;
}
#kinds .level {
  white-space: nowrap;
}
`;

export const STYLE = [COLOURS, TYPE, PAGE, TABLES, FILTERS, CARDS, LIVE].join("");
