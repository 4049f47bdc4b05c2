/** The cards that tables become on narrow screens. */
export const CARDS = /* css */ `
@media (max-width: 44rem) {
  .coverage thead th:not(:first-child) {
    width: 17%;
  }
  .coverage :is(th, td):not(:last-child) {
    padding-right: 0.5rem;
  }
  .stacks thead {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .stacks,
  .stacks tbody,
  .stacks caption,
  .stacks th,
  .stacks td {
    display: block;
  }
  .stacks tr {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.25rem;
    padding-block: 0.75rem;
    border-bottom: 1px solid var(--line);
  }
  .stacks th,
  .stacks td {
    padding: 0.125rem 0;
    border: 0;
    text-align: left;
  }
  .stacks th,
  .crosscuts td,
  .matrix td:nth-child(2) {
    flex-basis: 100%;
  }
  .stacks td::before {
    content: attr(data-label) " ";
    color: var(--soft);
    font-size: 0.8125rem;
  }
  .stacks .kinds {
    display: inline-flex;
    margin-left: 0.375rem;
  }
  .matrix td:nth-child(2)::before,
  .matrix td:nth-child(4)::before {
    content: none;
  }
  .matrix .group {
    padding-block: 1.5rem 0.375rem;
  }
  .matrix tr[id] th {
    flex-basis: auto;
  }
  .matrix td:nth-child(2) {
    order: 1;
  }
  .matrix td:nth-child(4) {
    margin-left: auto;
  }
  .matrix td:nth-child(3),
  .matrix td:nth-child(5),
  .matrix td:nth-child(6) {
    order: 2;
  }
}
`;
