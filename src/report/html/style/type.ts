/** Type, links, icons and other styles that do not depend on the part of the page. */
export const TYPE = /* css */ `
* {
  box-sizing: border-box;
}
html {
  scroll-padding-top: 1.5rem;
  text-size-adjust: 100%;
}
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font:
    1rem / 1.6 system-ui,
    "Segoe UI",
    Roboto,
    "Helvetica Neue",
    Arial,
    sans-serif;
  overflow-wrap: anywhere;
}
h1,
h2,
h3,
h4 {
  line-height: 1.25;
  text-wrap: balance;
}
h2 {
  margin: 0 0 1rem;
  font-size: 1.375rem;
  font-weight: 650;
  letter-spacing: -0.01em;
}
h3,
h4 {
  margin: 1.75rem 0 0.5rem;
  font-size: 1rem;
  font-weight: 650;
}
p,
dl,
ul,
ol {
  margin: 0 0 0.75rem;
}
a {
  color: var(--link);
  text-underline-offset: 0.18em;
  text-decoration-thickness: 1px;
}
a:hover {
  text-decoration-thickness: 2px;
}
:focus-visible {
  outline: 3px solid var(--link);
  outline-offset: 2px;
  border-radius: 3px;
}
code,
pre,
.id {
  font-family: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: 0.8125rem;
  unicode-bidi: isolate;
}
.words {
  white-space: pre-line;
  unicode-bidi: isolate;
}
.source,
.reason,
.evidence,
.digest,
.where,
.meta,
caption {
  color: var(--soft);
  font-size: 0.875rem;
  line-height: 1.5;
}
.plain {
  padding: 0;
  list-style: none;
}
.plain li + li {
  margin-top: 0.375rem;
}
.row {
  display: grid;
  grid-template-columns: 5.5rem minmax(0, 1fr) auto;
  gap: 0 0.75rem;
  align-items: baseline;
}
.sprite {
  position: absolute;
  width: 0;
  height: 0;
}
.icon {
  width: 1em;
  height: 1em;
  flex: none;
  fill: none;
  stroke: currentcolor;
  stroke-width: 2;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.status {
  color: var(--tone);
}
.status .icon {
  margin-right: 0.45em;
  vertical-align: -0.125em;
}
.skip {
  position: absolute;
  left: 1rem;
  top: -5rem;
  z-index: 1;
  padding: 0.5rem 1rem;
  background: var(--card);
}
.skip:focus {
  top: 1rem;
}
[hidden] {
  display: none !important;
}
`;
