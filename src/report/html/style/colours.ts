/** Both schemes in one place; every text colour has a contrast of 4.5 or more on each of its backgrounds. */
export const COLOURS = /* css */ `
:root {
  color-scheme: light dark;
  --paper: light-dark(#faf9f6, #14171a);
  --card: light-dark(#ffffff, #1b1f24);
  --well: light-dark(#f3f1ec, #111417);
  --ink: light-dark(#1d2024, #e8e6e0);
  --soft: light-dark(#5a616a, #a2aab4);
  --line: light-dark(#e2dfd8, #2e343b);
  --blank: light-dark(#d8d4cb, #3a4149);
  --edge: light-dark(#8b8f95, #727983);
  --link: light-dark(#1c4f9c, #8fb8f6);
  --good: light-dark(#1a7046, #7fd0a2);
  --bad: light-dark(#b0281f, #ff9d93);
  --open: light-dark(#87560a, #efb862);
  --note: light-dark(#5b4b94, #b9abf2);
  --may: light-dark(#1d5f88, #7fc0ea);
  --good-tint: light-dark(#f1f7f2, #161f1a);
  --bad-tint: light-dark(#fdf3f1, #251a1a);
  --open-tint: light-dark(#fbf5e8, #241f16);
  --mark: light-dark(#ffe3df, #54251f);
}

[data-status] {
  --tone: var(--soft);
  --part: var(--blank);
}
[data-status="satisfied"] {
  --tone: var(--good);
  --part: var(--good);
}
[data-status="attested"] {
  --tone: var(--may);
  --part: var(--may);
}
[data-status="violated"] {
  --tone: var(--bad);
  --part: var(--bad);
}
[data-status="inconclusive"] {
  --tone: var(--open);
  --part: var(--open);
}
[data-status="waived"] {
  --tone: var(--note);
  --part: var(--note);
}

[data-tone="good"] {
  --tone: var(--good);
  --tint: var(--good-tint);
}
[data-tone="bad"] {
  --tone: var(--bad);
  --tint: var(--bad-tint);
}
[data-tone="open"] {
  --tone: var(--open);
  --tint: var(--open-tint);
}

[data-level="MUST"] {
  --rank: var(--bad);
}
[data-level="SHOULD"] {
  --rank: var(--open);
}
[data-level="MAY"] {
  --rank: var(--may);
}
[data-level="NOTE"] {
  --rank: var(--note);
}
`;
