import { type Progress, withoutSecrets } from "../index.js";
import { counted, thousands } from "../model/counted.js";
import { printable } from "../model/printable.js";
import type { Screen } from "./streams.js";

const INTERVAL_MS = 200;
const MIB = 1 << 20;

interface ProgressLine {
  show(progress: Progress): void;
  clear(): void;
}

export const NO_PROGRESS: ProgressLine = { show: () => undefined, clear: () => undefined };

/** A line on a terminal that says how far the run is; silent anywhere else. */
export function progressLine(stream: Screen): ProgressLine {
  const line = statusLine(stream);
  return {
    show: (progress) => line.show((seconds) => progressText(progress, seconds), progress.phase),
    clear: line.clear,
  };
}

interface StatusLine {
  /**
   * Shows a text, unless another one has just been shown.
   *
   * @param textAfter makes the text; it is given the seconds since the beginning
   * @param topic a text with a new topic is shown at once
   */
  show(textAfter: (seconds: number) => string, topic?: string): void;
  clear(): void;
}

/** One line of a terminal that is written again and again; silent anywhere else. */
export function statusLine(stream: Screen): StatusLine {
  if (stream.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  const started = Date.now();
  let [shown, last] = [0, ""];
  return {
    show(textAfter, topic = "") {
      const now = Date.now();
      const isDue = now - shown >= INTERVAL_MS || topic !== last;
      if (now - started < 2 * INTERVAL_MS || !isDue) return;
      [shown, last] = [now, topic];
      stream.write(`\r\u001b[K${textAfter((now - started) / 1000).slice(0, (stream.columns || 80) - 1)}`);
    },
    clear() {
      if (shown > 0) stream.write("\r\u001b[K");
    },
  };
}

/**
 * How far a run is, in one line.
 *
 * @param seconds since it began
 */
export function progressText(progress: Progress, seconds: number): string {
  const { path, input, inputs } = progress;
  const which = inputs > 1 ? ` (${input + 1} of ${inputs})` : "";
  const { phase, events } = progress;
  if (phase === "judging") return `judging ${counted(events, "event")}`;
  const done = phase === "reading" ? readingText(progress, seconds) : placingText(progress);
  return `${done} · ${printable(withoutSecrets(path))}${which}`;
}

function readingText({ read, total, events, findings }: Progress, seconds: number): string {
  const share = total === undefined || total === 0 ? undefined : Math.min(1, read / total);
  const done = share === undefined ? "" : `${Math.floor(share * 100)}% of `;
  const size = `${Math.round((share === undefined ? read : (total ?? read)) / MIB)} MiB`;
  const rate = `${thousands(Math.round(events / Math.max(seconds, 0.001)))} events/s`;
  const left = share === undefined || share === 0 ? "" : ` · ${clock((seconds * (1 - share)) / share)} left`;
  return `${done}${size} · ${rate} · ${counted(findings, "finding")}${left}`;
}

/** The second reading, for lines and excerpts of findings that only the whole log shows. */
function placingText({ read, total, findings }: Progress): string {
  const of = total === undefined ? "" : ` of ${Math.ceil(total / MIB)}`;
  return `placing ${counted(findings, "finding")}: ${Math.ceil(read / MIB)}${of} MiB read again`;
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
