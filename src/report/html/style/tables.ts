/** Tables on wide screens. */
export const TABLES = /* css */ `
table {
  width: 100%;
  border-collapse: collapse;
  font-size: 0.9375rem;
  line-height: 1.5;
}
caption {
  padding-bottom: 0.75rem;
  text-align: left;
}
th,
td {
  padding: 0.5rem 1rem 0.5rem 0;
  border-bottom: 1px solid var(--line);
  text-align: left;
  vertical-align: top;
  font-weight: 400;
}
th:last-child,
td:last-child {
  padding-right: 0;
}
thead th,
.inputs td,
.matrix td:not(:nth-child(2)) {
  overflow-wrap: normal;
}
thead th {
  color: var(--soft);
  font-size: 0.8125rem;
  vertical-align: bottom;
}
.number {
  text-align: right;
  font-variant-numeric: tabular-nums;
}
.none {
  color: var(--soft);
}
.kinds {
  display: flex;
  flex-wrap: wrap;
  gap: 0 0.75rem;
  margin: 0;
  padding: 0;
  list-style: none;
  color: var(--soft);
  font-size: 0.875rem;
}
.digest code {
  font-size: 0.75rem;
}

.coverage {
  max-width: 40rem;
}
.coverage thead th:not(:first-child) {
  width: 24%;
}
.coverage tfoot th,
.coverage tfoot td {
  border-bottom: 0;
  color: var(--soft);
}
.bar {
  display: block;
  width: 100%;
  height: 0.5rem;
  margin-top: 0.375rem;
  border-radius: 3px;
}
.bar rect {
  fill: var(--part);
  stroke: var(--paper);
  stroke-width: 1.5px;
  vector-effect: non-scaling-stroke;
}

.group th {
  padding: 1.5rem 0 0.375rem;
  color: var(--soft);
  font-size: 0.875rem;
  font-weight: 650;
}
tbody:not(:has(tr[id]:not([hidden]))) .group {
  display: none;
}
.matrix th:first-child {
  min-width: 6.25rem;
}
.crosscuts th:first-child {
  min-width: 8.5rem;
}
.matrix .status,
.coverage .status {
  white-space: nowrap;
}
.matrix tr:target {
  background: var(--open-tint);
}
.evidence:empty {
  display: none;
}
.reason {
  color: var(--ink);
  font-style: italic;
}
`;
