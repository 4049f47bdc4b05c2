/** The picture of a trend, beside the style of every page. Each level has a dash of its own besides its colour. */
export const TREND_STYLE = /* css */ `
figure {
  margin: 0 0 2rem;
}
.trend {
  display: block;
  width: 100%;
  max-width: 48rem;
  height: auto;
}
.trend text {
  fill: var(--soft);
  font-size: 12px;
  dominant-baseline: middle;
}
.trend .tick {
  text-anchor: end;
}
.trend .number {
  text-anchor: middle;
}
.trend .end {
  fill: var(--rank);
  font-weight: 650;
}
.grid {
  stroke: var(--line);
}
.line path {
  fill: none;
  stroke: var(--rank);
  stroke-width: 2;
  stroke-linejoin: round;
}
.line circle {
  fill: var(--rank);
}
.line[data-level="SHOULD"] path {
  stroke-dasharray: 8 4;
}
.line[data-level="MAY"] path {
  stroke-dasharray: 2 4;
}
.line[data-level="NOTE"] path {
  stroke-dasharray: 8 3 2 3;
}
.reports .status {
  white-space: nowrap;
}
@media (max-width: 44rem) {
  .trend text {
    font-size: 18px;
  }
}
`;
