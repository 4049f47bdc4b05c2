/** The page's own script: filters, and links that open folded or filtered targets. Without it everything shows. */
export const SCRIPT = /* js */ `
for (const form of document.querySelectorAll("form.filters")) {
  const rows = [...document.querySelectorAll(form.dataset.rows)];
  const texts = new Map();
  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, [row.textContent, row.dataset.about].join(" ").toLowerCase());
    return texts.get(row);
  };
  const apply = () => {
    const { text, ...choices } = Object.fromEntries(new FormData(form));
    const words = text.toLowerCase().split(/\\s+/);
    const wanted = Object.entries(choices).filter(([, value]) => value !== "");
    for (const row of rows) {
      const fits = wanted.every(([name, value]) => row.dataset[name] === value);
      row.hidden = !fits || !words.every((word) => textOf(row).includes(word));
    }
    const shown = rows.filter((row) => !row.hidden).length;
    form.querySelector("output").value = [shown, "of", rows.length, form.dataset.noun].join(" ");
  };
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector(".fold")?.addEventListener("click", () => {
    const shown = rows.filter((row) => !row.hidden);
    const isOpening = shown.some((row) => !row.open);
    for (const row of shown) row.open = isOpening;
  });
  form.hidden = false;
  apply();
}

document.addEventListener("click", ({ target }) => {
  const link = target.closest("a[data-filter]");
  const form = link && document.querySelector(link.hash).querySelector("form.filters");
  if (!form) return;
  form.reset();
  for (const [name, value] of new URLSearchParams(link.dataset.filter)) form.elements[name].value = value;
  form.dispatchEvent(new Event("input"));
});

const reveal = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  if (target.hidden) {
    const form = target.closest("section").querySelector("form.filters");
    form.reset();
    form.dispatchEvent(new Event("input"));
  }
  if (target.localName === "details") target.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();
`;
