import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const SIGHUP_BIT = 1n << BigInt(constants.signals.SIGHUP - 1);

/**
 * Waits until a process listens for signals, where the system shows that: a busy machine takes long to start one.
 * Node.js catches SIGINT and SIGTERM from its first moment, and SIGHUP only for those who listen.
 */
export async function listening(pid: number | undefined): Promise<void> {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return;
  const caught = () => BigInt(`0x${/^SigCgt:\s*(\w+)/m.exec(readFileSync(status, "utf8"))?.[1] ?? "0"}`);
  while ((caught() & SIGHUP_BIT) === 0n) await sleep(20);
}

/**
 * Resolves once a process has used no processor for a second: it waits for something. Where there is no /proc, after
 * two seconds.
 */
export async function idle(pid: number | undefined): Promise<void> {
  const stat = `/proc/${pid}/stat`;
  if (!existsSync(stat)) return sleep(2000);
  // The name of the program may hold blanks. Behind it stand the state and, ten fields on, ticks in user and system mode.
  const used = (): string =>
    readFileSync(stat, "utf8")
      .replace(/^.*\) /, "")
      .split(" ")
      .slice(11, 13)
      .join();
  for (let [before, now] = ["", used()]; before !== now; [before, now] = [now, used()]) await sleep(1000);
}
