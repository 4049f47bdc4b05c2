// What has been measured, as Markdown.
import { existsSync, readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { median } from "./measure.mjs";

/** What the last column says: how much of the reference's speed a program has, or how much of its time it takes. */
const SPEED = { title: "speed, × floor", of: (own, reference) => reference / own };
const TIME = { title: "time, ratio", of: (own, reference) => own / reference };
const TABLES = {
  programs: { title: "program", ratio: SPEED },
  logs: { title: "mplp-check on a log with", ratio: TIME },
  start: { title: "start-up", ratio: TIME },
};
/** Instructions that decide how fast digests and vectors are. */
const INSTRUCTIONS = ["sha_ni", "sha2", "avx2", "avx512f", "asimd"];
const MISSING = "–";

/** All tables, with the machine and the log that they are about. */
export function markdown(cases, { clean: { bytes, events } }, rounds) {
  const tables = Object.keys(TABLES).map((table) => {
    const rows = cases.filter((one) => one.table === table);
    return rows.every(({ isReference }) => isReference) ? "" : tableOf(table, rows);
  });
  const size = `${fixed(bytes / 1e6, 0)} MB, ${events} events of ${Math.round(bytes / events)} bytes on average`;
  return `\n${[machine(), `The log: ${size}. Rounds: ${rounds}.`, ...tables].filter(Boolean).join("\n\n")}\n\n`;
}

function machine() {
  const [cpu] = cpus();
  const facts = [
    `${cpus().length} × ${cpu?.model.trim()}${instructions()}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `${process.platform} ${process.arch}`,
    `Node ${process.versions.node}`,
    `load ${loadavg()[0].toFixed(1)} at the end`,
  ];
  return `The machine: ${facts.join(", ")}.`;
}

/** The processor's instruction sets that matter here; Linux alone lists them. */
function instructions() {
  if (!existsSync("/proc/cpuinfo")) return "";
  const list = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1]?.split(/\s+/);
  const found = INSTRUCTIONS.filter((name) => list?.includes(name));
  const missing = found.some((name) => name.startsWith("sha")) ? [] : ["none for SHA-256"];
  return ` (${[...found, ...missing].join(", ")})`;
}

function tableOf(table, rows) {
  const { title, ratio } = TABLES[table];
  const isStart = table === "start";
  const columns = isStart
    ? ["ms", "peak MB", ratio.title]
    : ["s", "CPU s", "MB/s", "events/s", "peak MB", ratio.title];
  const reference = rows.find(({ isReference }) => isReference);
  const lines = rows.map((row) => {
    if (row.lacking !== undefined)
      return [row.name, `not measured: ${row.lacking}`, ...columns.slice(1).map(() => "")];
    const compared = reference?.runs === undefined ? MISSING : ratioOf(row.runs, reference.runs, ratio);
    return [row.name, ...(isStart ? startOf(row) : figuresOf(row)), compared];
  });
  return [[title, ...columns], ["---", ...columns.map(() => "---:")], ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

const medianOf = (runs, key) => median(runs.map((run) => run[key]));

function startOf({ runs }) {
  return [fixed(medianOf(runs, "seconds") * 1000, 0), fixed(medianOf(runs, "megabytes"), 0)];
}

function figuresOf({ runs, log: { bytes, events }, times = 1 }) {
  const seconds = medianOf(runs, "seconds");
  const rates = [fixed((times * bytes) / 1e6 / seconds, 1), fixed((times * events) / seconds, 0)];
  return [
    fixed(seconds, 2),
    fixed(medianOf(runs, "cpu"), 2),
    ...rates,
    fixed(medianOf(runs, "megabytes"), 0),
  ];
}

/** The median of the ratios within each round, and between which two they all lie. */
function ratioOf(runs, reference, { of }) {
  const ratios = runs.map(({ seconds }, round) => of(seconds, reference[round]?.seconds ?? Number.NaN));
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  return `${fixed(median(ratios), 2)} (${fixed(low, 2)}–${fixed(high, 2)})`;
}

function fixed(number, digits) {
  return Number.isFinite(number) ? number.toFixed(digits) : MISSING;
}
