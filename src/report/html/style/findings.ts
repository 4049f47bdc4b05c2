/** Findings with their evidence, and other folded parts. */
export const FINDINGS = /* css */ `
summary {
  cursor: pointer;
}
.more {
  margin-bottom: 0.75rem;
}
.more > summary {
  padding-block: 0.25rem;
  color: var(--link);
  font-size: 0.875rem;
}
.finding:target,
.group:target {
  outline: 2px solid var(--link);
  outline-offset: 2px;
}
.finding {
  margin-bottom: 0.75rem;
  border: 1px solid var(--line);
  border-left: 4px solid var(--rank);
  border-radius: 6px;
  background: var(--card);
  content-visibility: auto;
  contain-intrinsic-size: auto 5rem;
}
#waived [data-level] {
  --rank: var(--soft);
}
:is(.finding, .group) > summary {
  display: grid;
  grid-template-columns: 4.25rem minmax(0, 1fr) auto;
  column-gap: 0.875rem;
  padding: 0.875rem 1.125rem;
  list-style: none;
}
:is(.finding, .group) > summary::-webkit-details-marker {
  display: none;
}
:is(.finding, .group) > summary::after {
  content: "";
  grid-area: 1 / 3;
  width: 0.5rem;
  height: 0.5rem;
  margin: 0.45rem 0.125rem 0;
  border: solid var(--soft);
  border-width: 0 2px 2px 0;
  rotate: 45deg;
}
:is(.finding, .group)[open] > summary::after {
  margin-top: 0.7rem;
  rotate: 225deg;
}
:is(.finding, .group) > summary:hover :is(h3, h4) {
  text-decoration: underline;
  text-decoration-thickness: 1px;
  text-underline-offset: 0.18em;
}
.level {
  padding-top: 0.1rem;
  color: var(--rank);
  font-size: 0.8125rem;
  font-weight: 700;
  letter-spacing: 0.02em;
}
:is(.finding, .group) > summary :is(h3, h4) {
  margin: 0;
  text-wrap: wrap;
}
.where {
  grid-column: 2;
}
.finding[open] > summary .where {
  display: none;
}
.group {
  margin-bottom: 0.75rem;
}
.group > summary {
  border-bottom: 1px solid var(--line);
  padding-inline: 1.125rem;
}
.group[open] {
  margin-bottom: 2rem;
}
.members {
  padding-top: 1rem;
}
.members > :is(.advice, .meta) {
  margin: 0 1.125rem 1rem;
}
.tally {
  font-variant-numeric: tabular-nums;
}
.where .waived {
  color: var(--note);
  font-weight: 650;
}
.body {
  padding: 0.25rem 1.125rem 0.875rem;
}
.meta {
  margin: 1rem 0 0;
  font-size: 0.8125rem;
}
.meta code {
  font-size: 0.75rem;
}

.advice {
  display: grid;
  grid-template-columns: auto minmax(0, 1fr);
  gap: 0.25rem 1rem;
  margin-bottom: 1rem;
  font-size: 0.9375rem;
}
.advice dt {
  color: var(--soft);
}
.advice dd {
  margin: 0;
}
.waiver,
.attestation blockquote {
  margin: 0 0 1rem;
  padding: 0.125rem 0 0.125rem 1rem;
  border-left: 3px solid var(--note);
}
.waiver p {
  margin: 0;
}
.attestation blockquote {
  border-color: var(--may);
  font-size: 1.0625rem;
}
.attestation + .attestation,
.pack + .pack {
  margin-top: 2rem;
}

.places {
  padding: 0;
  list-style: none;
}
.places > li + li {
  margin-top: 0.875rem;
}
.places code + code {
  color: var(--soft);
}
.with {
  margin: 0.375rem 0 0 1.25rem;
  font-size: 0.875rem;
}
pre {
  display: grid;
  grid-template-columns: auto minmax(0, 1fr);
  gap: 0.875rem;
  margin: 0.25rem 0 0;
  padding: 0.625rem 0.875rem;
  border-radius: 4px;
  background: var(--well);
  line-height: 1.65;
  white-space: pre-wrap;
}
pre::before {
  content: attr(data-line);
  color: var(--soft);
}
.event {
  margin-top: 0.375rem;
}
.event > summary {
  width: fit-content;
  padding-block: 0.25rem;
  color: var(--link);
  font-size: 0.8125rem;
}
.event pre.own {
  background: var(--card);
  outline: 1px solid var(--line);
}
.event pre:not(.own) code {
  color: var(--soft);
}
mark {
  padding-block: 0.1em;
  border-bottom: 2px solid var(--bad);
  background: var(--mark);
  color: inherit;
}
mark:empty {
  padding-inline: 0.25em;
}

@media (max-width: 44rem) {
  :is(.finding, .group) > summary {
    grid-template-columns: minmax(0, 1fr) auto;
    row-gap: 0.125rem;
    padding-inline: 0.875rem;
  }
  :is(.finding, .group) > summary::after {
    grid-area: 1 / 2;
  }
  :is(.finding, .group) > summary :is(h3, h4),
  .where {
    grid-column: 1 / -1;
  }
  .body {
    padding-inline: 0.875rem;
  }
}
`;
