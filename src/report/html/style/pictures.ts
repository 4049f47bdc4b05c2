/** The pictures of the run: their width is the page's, their texts keep their size. */
export const PICTURES = /* css */ `
.picture {
  margin: 0 0 2.5rem;
}
.picture > svg {
  display: block;
  overflow: visible;
  font-size: 0.75rem;
}
.picture text {
  fill: var(--soft);
}
.picture .name {
  fill: var(--ink);
  font-weight: 650;
}
.picture .meta {
  margin-block: 0.5rem;
}
.picture .kinds {
  gap: 0 1.25rem;
}
.tick {
  stroke: var(--line);
}
.base {
  stroke: var(--edge);
}
.gap {
  fill: var(--line);
}
.bars {
  fill: var(--may);
}
.marks line {
  stroke: var(--rank);
  stroke-width: 2px;
}
.pin {
  fill: var(--rank);
}
.stage rect {
  fill: var(--stage);
}
.swatch {
  display: inline-block;
  width: 0.75rem;
  height: 0.75rem;
  margin-right: 0.375rem;
  background: var(--stage);
}
[data-stage] {
  --stage: var(--soft);
}
[data-stage="completed"] {
  --stage: var(--good);
}
[data-stage="failed"] {
  --stage: var(--bad);
}
[data-stage="running"],
[data-stage="pending"] {
  --stage: var(--open);
}
[data-stage="skipped"] {
  --stage: var(--edge);
}
.curve {
  fill: none;
  stroke: var(--may);
  stroke-width: 1.25px;
  vector-effect: non-scaling-stroke;
}
.curve.nodes {
  stroke: var(--ink);
  stroke-width: 2.25px;
}
.snapshot {
  fill: var(--paper);
  stroke: var(--may);
  stroke-width: 1.5px;
}
.snapshot.nodes {
  fill: var(--ink);
  stroke: var(--paper);
}
.share rect {
  fill: var(--part);
  stroke: var(--paper);
}
.share[data-status="not-applicable"] rect {
  fill: var(--well);
  stroke: var(--blank);
}
.share {
  color: var(--ink);
}
.picture .share text {
  fill: currentcolor;
}
.share:is(
  [data-status="satisfied"],
  [data-status="attested"],
  [data-status="violated"],
  [data-status="inconclusive"],
  [data-status="waived"]
) {
  color: var(--paper);
}
@media print {
  .picture {
    break-inside: avoid;
  }
  .picture rect,
  .swatch {
    print-color-adjust: exact;
  }
}
`;
