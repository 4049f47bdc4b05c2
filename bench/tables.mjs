// What has been measured, as Markdown.
import { cpus, loadavg, totalmem } from "node:os";
import { median } from "./measure.mjs";

const TITLES = {
  programs: "program",
  logs: "mplp-check on a log with",
  start: "start-up",
};
const MISSING = "–";

/** All tables, with the machine and the log that they are about. */
export function markdown(cases, logs, rounds) {
  const { bytes, events } = logs;
  const tables = Object.entries(TITLES).map(([table, title]) => {
    const rows = cases.filter((one) => one.table === table);
    return rows.every(({ isReference }) => isReference) ? "" : tableOf(title, rows, logs);
  });
  const size = `${fixed(bytes / 1e6, 0)} MB, ${events} events of ${Math.round(bytes / events)} bytes on average`;
  return `\n${[machine(), `The log: ${size}. Rounds: ${rounds}.`, ...tables].filter(Boolean).join("\n\n")}\n\n`;
}

function machine() {
  const [cpu] = cpus();
  const facts = [
    `${cpus().length} × ${cpu?.model.trim()}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `${process.platform} ${process.arch}`,
    `Node ${process.versions.node}`,
    `load ${loadavg()[0].toFixed(1)} at the end`,
  ];
  return `The machine: ${facts.join(", ")}.`;
}

function tableOf(title, rows, { bytes, events }) {
  const isStart = rows[0].table === "start";
  const columns = isStart
    ? ["ms", "peak MB", "time, ratio"]
    : ["s", "CPU s", "MB/s", "events/s", "peak MB", "time, ratio"];
  const reference = rows.find(({ isReference }) => isReference);
  const lines = rows.map((row) => {
    if (row.lacking !== undefined)
      return [row.name, `not measured: ${row.lacking}`, ...columns.slice(1).map(() => "")];
    const of = (key) => median(row.runs.map((run) => run[key]));
    const seconds = of("seconds");
    const ratio = reference?.runs === undefined ? MISSING : ratioOf(row.runs, reference.runs);
    const peak = fixed(of("megabytes"), 0);
    if (isStart) return [row.name, fixed(seconds * 1000, 0), peak, ratio];
    const { logs = 1 } = row;
    const rates = [fixed((logs * bytes) / 1e6 / seconds, 1), fixed((logs * events) / seconds, 0)];
    return [row.name, fixed(seconds, 2), fixed(of("cpu"), 2), ...rates, peak, ratio];
  });
  return [[title, ...columns], ["---", ...columns.map(() => "---:")], ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** The median of the ratios within each round, and between which two they all lie. */
function ratioOf(runs, reference) {
  const ratios = runs.map(({ seconds }, round) => seconds / (reference[round]?.seconds ?? Number.NaN));
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  return `${fixed(median(ratios), 2)} (${fixed(low, 2)}–${fixed(high, 2)})`;
}

function fixed(number, digits) {
  return Number.isFinite(number) ? number.toFixed(digits) : MISSING;
}
