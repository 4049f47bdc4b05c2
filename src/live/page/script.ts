/** The page's own script: shows findings as they come, and the verdict so far. */
export const SCRIPT = /* js */ `
const MOST_SHOWN = 200;
const MOST_KINDS = 200;
const SOONEST_MS = 2000;
const byId = (id) => document.getElementById(id);
const element = (name, className, text) => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
};

const kinds = new Map();
let waiting = [];
let isPaused = false;
let isDue = false;

const placeOf = ({ line, record, column }) =>
  ["line " + line, record && "record " + record, column && "column " + column].filter(Boolean).join(", ");

const itemFor = (finding) => {
  const item = document.createElement("li");
  item.dataset.level = finding.level;
  item.hidden = !fits(item);
  item.append(element("span", "level", finding.level), element("span", "message", finding.message));
  if (finding.hint) item.append(element("span", "hint", finding.hint));
  const ids = [finding.clauses.join(", "), placeOf(finding), finding.pointer, finding.rule];
  item.append(element("span", "where", ids.filter(Boolean).join(" · ")));
  return item;
};

const fits = (item) => {
  const wanted = byId("level").value;
  return wanted === "" || item.dataset.level === wanted;
};

const rowFor = (finding) => {
  const row = document.createElement("tr");
  row.dataset.level = finding.level;
  const cells = [
    ["Level", finding.level, "level"],
    ["Finding", finding.message, ""],
    ["Clauses", finding.clauses.join(", "), "id"],
    ["First", "line " + finding.line, ""],
    ["Count", "0", "number"],
  ];
  for (const [label, text, className] of cells) {
    const cell = element(label === "Finding" ? "th" : "td", className, text);
    cell.dataset.label = label;
    if (label === "Finding") cell.scope = "row";
    row.append(cell);
  }
  byId("kinds").append(row);
  return row;
};

const count = (finding) => {
  const key = [finding.rule, finding.level, finding.message].join(" ");
  let kind = kinds.get(key);
  if (!kind) {
    if (kinds.size >= MOST_KINDS) return;
    kind = { row: rowFor(finding), count: 0 };
    kinds.set(key, kind);
  }
  kind.count += 1;
  kind.row.lastElementChild.textContent = kind.count;
};

const show = () => {
  isDue = false;
  const some = waiting;
  waiting = [];
  for (const finding of some) count(finding);
  byId("no-kinds").hidden = kinds.size > 0;
  byId("kinds-table").hidden = kinds.size === 0;
  const list = byId("stream");
  list.prepend(...some.slice(-MOST_SHOWN).reverse().map(itemFor));
  while (list.childElementCount > MOST_SHOWN) list.lastElementChild.remove();
};

const plan = () => {
  if (isDue || isPaused) return;
  isDue = true;
  setTimeout(show, 100);
};

const TONES = { 0: "good", 1: "bad" };
let [askedAt, took, isAsking, isChanged] = [0, 0, false, true];
const ask = async () => {
  const wait = Math.max(SOONEST_MS, 20 * took) - (Date.now() - askedAt);
  if (isAsking || !isChanged || (askedAt > 0 && wait > 0)) return;
  isAsking = true;
  isChanged = false;
  askedAt = Date.now();
  try {
    const answer = await fetch("/report?format=summary");
    if (!answer.ok) throw new Error(String(answer.status));
    const last = (await answer.text()).trimEnd().split("\\n").at(-1);
    const [verdict, ...sentence] = last.split(": ");
    document.querySelector("header").dataset.tone = TONES[answer.headers.get("mplp-exit-code")] ?? "open";
    byId("verdict").textContent = verdict.replaceAll("-", " ");
    byId("sentence").textContent = sentence.join(": ");
  } catch {
    isChanged = true;
  }
  took = Date.now() - askedAt;
  isAsking = false;
};
setInterval(ask, 500);
ask();

const stream = new EventSource("/findings");
stream.addEventListener("finding", ({ data }) => {
  waiting.push(JSON.parse(data));
  if (waiting.length > 10 * MOST_SHOWN && isPaused) waiting.shift();
  plan();
});
stream.addEventListener("missed", ({ data }) => {
  byId("missed").hidden = false;
  byId("missed").textContent = data + " earlier findings are not listed here; the report counts all of them.";
});
stream.addEventListener("counts", ({ data }) => {
  const { findings, ...counts } = JSON.parse(data);
  for (const [name, value] of Object.entries({ ...counts, ...findings })) {
    const place = document.querySelector('[data-count="' + name + '"]');
    if (place) place.textContent = value.toLocaleString("en");
  }
  isChanged = true;
});
stream.addEventListener("open", () => { byId("connection").textContent = "listening"; });
stream.addEventListener("error", () => {
  byId("connection").textContent = "no connection: the server may have ended";
});

byId("level").addEventListener("input", () => {
  for (const item of byId("stream").children) item.hidden = !fits(item);
});
byId("pause").addEventListener("click", () => {
  isPaused = !isPaused;
  byId("pause").setAttribute("aria-pressed", String(isPaused));
  byId("pause").textContent = isPaused ? "Go on" : "Pause";
  plan();
});
`;
