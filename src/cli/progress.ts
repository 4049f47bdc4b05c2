import type { WriteStream } from "node:tty";
import type { Progress } from "../index.js";
import { printable } from "../model/printable.js";

const INTERVAL_MS = 200;
const MIB = 1 << 20;

/** A line on a terminal that says how far the run is; silent anywhere else. */
export function progressLine(stream: WriteStream): { show(progress: Progress): void; clear(): void } {
  if (stream.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  const started = Date.now();
  let shown = 0;
  return {
    show({ path, input, inputs, bytes }) {
      const now = Date.now();
      if (now - started < 2 * INTERVAL_MS || now - shown < INTERVAL_MS) return;
      shown = now;
      const which = inputs > 1 ? ` (${input + 1} of ${inputs})` : "";
      const name = printable(path).slice(-(stream.columns || 80) + 40);
      stream.write(`\r\u001b[Kreading ${name}${which}: ${Math.round(bytes / MIB)} MiB`);
    },
    clear() {
      if (shown > 0) stream.write("\r\u001b[K");
    },
  };
}
