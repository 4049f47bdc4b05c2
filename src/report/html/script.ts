/**
 * The page's own script: filters, and links that open folded or filtered targets. Without it everything shows.
 *
 * The address is the state of the page: `#target?section.choice=value`. Whatever changes a filter changes the address;
 * the page follows it, also when the reader goes back.
 */
export const SCRIPT = /* js */ `
const visibleOf = (rows) => rows.filter((row) => !row.hidden);

class List {
  constructor(form) {
    const section = document.getElementById(form.dataset.section);
    this.form = form;
    this.name = form.dataset.section;
    this.rows = [...section.querySelectorAll(form.dataset.rows)];
    this.groups = [...section.querySelectorAll(".group[id]")].map((group) => ({
      group,
      tally: group.querySelector(".tally"),
      words: group.querySelector(".tally").textContent,
      rows: [...group.querySelectorAll(form.dataset.rows)],
    }));
    this.texts = new Map();
  }

  get choices() {
    return [...new FormData(this.form)].filter(([, value]) => value.trim() !== "");
  }

  set choices(choices) {
    const wanted = new Map(choices);
    for (const element of this.form.querySelectorAll("select, input")) {
      element.value = wanted.get(element.name) ?? "";
      if (element.selectedIndex === -1) element.value = "";
    }
  }

  apply() {
    const { text = "", ...choices } = Object.fromEntries(this.choices);
    const words = text.toLowerCase().split(/\\s+/).filter(Boolean);
    const wanted = Object.entries(choices);
    let unsure = 0;
    for (const row of this.rows) {
      const missing = wanted.filter(([name, value]) => !row.dataset[name].split("\\n").includes(value));
      const isSure = missing.length === 0;
      const fits = isSure || ("partial" in row.dataset && missing.every(([name]) => PLACES.has(name)));
      const isShown = fits && words.every((word) => this.textOf(row).includes(word));
      if (isShown && !isSure) unsure++;
      if (row.hidden === isShown) row.hidden = !isShown;
    }
    const shown = visibleOf(this.rows).length;
    const counts = [shown, "of", this.rows.length, this.form.dataset.noun].join(" ");
    const doubt = [unsure, "list only some of their places, others may fit"].join(" ");
    this.form.querySelector("output").value = unsure === 0 ? counts : [counts, doubt].join("; ");
    this.applyToGroups();
  }

  // What is left of a filtered list is shown if it is little, or of one group.
  applyToGroups() {
    const left = visibleOf(this.rows);
    const isFew = left.length <= FEW || new Set(left.map((row) => row.closest(".group"))).size === 1;
    const isOpen = isFew && left.length < this.rows.length;
    for (const { group, tally, words, rows } of this.groups) {
      const shown = visibleOf(rows).length;
      const isWhole = shown === rows.length;
      group.hidden = shown === 0;
      tally.textContent = isWhole ? words : [shown, "of", words].join(" ");
      if (isOpen && shown > 0) group.open = true;
    }
  }

  textOf(row) {
    if (!this.texts.has(row))
      this.texts.set(row, [row.textContent, row.dataset.about].join(" ").toLowerCase());
    return this.texts.get(row);
  }

  fold() {
    const all = this.groups.length > 0 ? this.groups.map(({ group }) => group) : this.rows;
    const shown = visibleOf(all);
    const isOpening = shown.some((each) => !each.open);
    for (const each of shown) each.open = isOpening;
  }
}

const PLACES = new Set(["file", "family"]);
const FEW = 30;

const lists = [...document.querySelectorAll("form.filters")].map((form) => new List(form));

const addressOf = (target, choices) => {
  const query = new URLSearchParams(choices).toString();
  return query === "" ? ["#", target].join("") : ["#", target, "?", query].join("");
};

const choicesOfAll = () =>
  lists.flatMap(({ name, choices }) => choices.map(([choice, value]) => [[name, choice].join("."), value]));

const reveal = (id) => {
  const target = document.getElementById(id);
  if (!target) return;
  const isIn = ({ rows, groups }) =>
    rows.some((row) => row.contains(target)) || groups.some(({ group }) => group === target);
  for (const list of target.closest("[hidden]") ? lists.filter(isIn) : []) {
    list.choices = [];
    list.apply();
    history.replaceState(null, "", addressOf(id, choicesOfAll()));
  }
  for (let at = target; at; at = at.parentElement) if (at.localName === "details") at.open = true;
  target.scrollIntoView();
};

const follow = () => {
  const [, target, query] = /^#?([^?]*)\\??(.*)$/s.exec(location.hash);
  const wanted = [...new URLSearchParams(query)];
  for (const list of lists) {
    const start = [list.name, ""].join(".");
    const own = wanted.filter(([name]) => name.startsWith(start));
    list.choices = own.map(([name, value]) => [name.slice(start.length), value]);
    list.apply();
  }
  reveal(target);
};

for (const list of lists) {
  const note = (change) => {
    list.apply();
    change(null, "", addressOf(list.name, choicesOfAll()));
  };
  const { form } = list;
  form.addEventListener("input", ({ target }) =>
    note((...state) =>
      target.name === "text" ? history.replaceState(...state) : history.pushState(...state),
    ),
  );
  form.addEventListener("reset", () => setTimeout(() => note((...state) => history.pushState(...state))));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector(".fold")?.addEventListener("click", () => list.fold());
  form.hidden = false;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const id = link.hash.slice(1);
  const list = lists.find(({ name }) => name === id);
  if (list && link.dataset.filter) list.choices = new URLSearchParams(link.dataset.filter);
  const choices = choicesOfAll();
  if (choices.length === 0) return;
  event.preventDefault();
  // The browser goes there by itself, so the next Tab goes on from there; then the address tells the filters again.
  location.hash = id;
  history.replaceState(null, "", addressOf(id, choices));
});

addEventListener("hashchange", follow);
follow();
`;
