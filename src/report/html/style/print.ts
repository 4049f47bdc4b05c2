/** On paper everything is unfolded, in the light scheme, without controls. */
export const PRINT = /* css */ `
@media print {
  :root {
    color-scheme: light;
    --paper: #ffffff;
  }
  nav,
  .filters,
  .skip,
  :is(.more, .event) > summary,
  :is(.finding, .group) > summary::after {
    display: none;
  }
  .columns {
    display: block;
  }
  .frame {
    max-width: none;
    padding-inline: 0;
  }
  .verdict .frame {
    padding-inline: 1rem;
  }
  html {
    font-size: 10pt;
  }
  details:not(.event)::details-content {
    display: block;
    content-visibility: visible;
  }
  .event:not([open]) {
    display: none;
  }
  .finding {
    content-visibility: visible;
  }
  :is(.finding, .group) > summary,
  pre,
  tr {
    break-inside: avoid;
  }
  h2,
  h3,
  .places code {
    break-after: avoid;
  }
  .verdict,
  mark {
    print-color-adjust: exact;
  }
  a {
    color: inherit;
    text-decoration: none;
  }
}
`;
