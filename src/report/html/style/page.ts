/** The frame of the page, its head and foot. */
export const PAGE = /* css */ `
.frame {
  max-width: 72rem;
  margin-inline: auto;
  padding-inline: clamp(1rem, 4vw, 2.5rem);
}
.columns {
  padding-block: 1.5rem 4rem;
}
main > section {
  margin-bottom: 3.5rem;
}
nav {
  margin-bottom: 2.5rem;
  font-size: 0.875rem;
}
nav ul {
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem 1.25rem;
  padding: 0;
  list-style: none;
}
nav a {
  display: inline-block;
  padding-block: 0.125rem;
  color: var(--soft);
  text-decoration: none;
}
nav a:hover {
  color: var(--ink);
  text-decoration: underline;
}
.count {
  flex: none;
  font-variant-numeric: tabular-nums;
}
@media (min-width: 64rem) {
  .columns {
    display: grid;
    grid-template-columns: 9.5rem minmax(0, 1fr);
    gap: 3.5rem;
    padding-block: 3rem 4rem;
  }
  nav {
    position: sticky;
    top: 2rem;
    align-self: start;
  }
  nav ul {
    flex-direction: column;
  }
  nav a {
    display: flex;
    justify-content: space-between;
    gap: 0.75rem;
  }
}

.verdict {
  padding-block: 2rem 1.75rem;
  border-top: 4px solid var(--tone);
  background: var(--tint);
  border-bottom: 1px solid var(--line);
}
.kind {
  margin: 0 0 1.5rem;
  font-size: 0.875rem;
  font-weight: 650;
}
.kind span {
  color: var(--soft);
  font-weight: 400;
}
.subject {
  margin: 0 0 0.375rem;
  font-size: 1.125rem;
  font-weight: 600;
}
h1 {
  display: flex;
  align-items: center;
  gap: 0.45em;
  margin: 0 0 0.5rem;
  color: var(--tone);
  font-size: clamp(1.75rem, 1.2rem + 2.6vw, 2.75rem);
  font-weight: 680;
  letter-spacing: -0.02em;
}
h1 .icon {
  width: 1.1em;
  height: 1.1em;
  padding: 0.22em;
  border-radius: 50%;
  background: var(--tone);
  color: var(--tint);
  stroke-width: 2.5;
}
.sentence {
  max-width: 46rem;
  margin: 0 0 1.75rem;
  font-size: 1.125rem;
  text-wrap: pretty;
}
.but {
  margin: -0.75rem 0 1.5rem;
}
.but a {
  color: var(--bad);
  font-weight: 650;
}
.facts {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(8.5rem, 100%), 1fr));
  gap: 0.75rem 2rem;
  margin: 0;
  font-size: 0.9375rem;
}
.facts dt {
  color: var(--soft);
  font-size: 0.8125rem;
}
.facts dd {
  margin: 0;
  font-variant-numeric: tabular-nums;
}

.alarm {
  padding: 1rem 1.25rem;
  border: 1px solid var(--bad);
  border-left-width: 5px;
  border-radius: 6px;
  background: var(--bad-tint);
}
.alarm > :last-child {
  margin-bottom: 0;
}

footer {
  padding-block: 2rem 3rem;
  border-top: 1px solid var(--line);
  color: var(--soft);
  font-size: 0.875rem;
}
`;
