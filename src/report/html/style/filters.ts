/** The forms above long lists. */
export const FILTERS = /* css */ `
.filters {
  display: flex;
  flex-wrap: wrap;
  align-items: end;
  gap: 0.75rem 1rem;
  margin-bottom: 1.25rem;
  padding: 1rem;
  border: 1px solid var(--line);
  border-radius: 6px;
  background: var(--card);
  font-size: 0.875rem;
}
.filters label {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  max-width: 100%;
  gap: 0.125rem;
  color: var(--soft);
  font-size: 0.8125rem;
}
.choice select {
  max-width: 16rem;
}
.filters label:has(input) {
  flex: 1 1 10rem;
}
input,
select,
button {
  min-height: 2.25rem;
  max-width: 100%;
  padding: 0.25rem 0.625rem;
  border: 1px solid var(--edge);
  border-radius: 4px;
  background: var(--paper);
  color: var(--ink);
  font: inherit;
  font-size: 0.875rem;
}
button {
  cursor: pointer;
}
button:hover {
  border-color: var(--ink);
}
@media (scripting: none) {
  .group::details-content {
    display: block;
    content-visibility: visible;
  }
}
output {
  flex-basis: 100%;
  color: var(--soft);
  font-variant-numeric: tabular-nums;
}
`;
