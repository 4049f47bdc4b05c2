import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const SIGINT_BIT = 1n << BigInt(constants.signals.SIGINT - 1);

/** Waits until a process catches SIGINT, where the system shows that: a busy machine takes long to start one. */
export async function listening(pid: number | undefined): Promise<void> {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return;
  const caught = () => BigInt(`0x${/^SigCgt:\s*(\w+)/m.exec(readFileSync(status, "utf8"))?.[1] ?? "0"}`);
  while ((caught() & SIGINT_BIT) === 0n) await sleep(20);
}
