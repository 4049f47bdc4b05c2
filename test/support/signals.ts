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
 * Waits until a process has nothing more to do but to wait, where the system shows that: it sleeps, and has taken no
 * time of a processor for a while.
 */
export async function resting(pid: number | undefined): Promise<void> {
  let before = "";
  for (let still = 0; still < 10; await sleep(100)) {
    const [state, spent] = stateOf(pid);
    still = state === "S" && spent === before ? still + 1 : 0;
    before = spent;
  }
}

/** What a process does, as a letter, and the time of a processor that it has taken. */
function stateOf(pid: number | undefined): readonly [state: string, spent: string] {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return ["S", ""];
  const text = readFileSync(file, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return [fields[0] ?? "", `${fields[11]} ${fields[12]}`];
}
