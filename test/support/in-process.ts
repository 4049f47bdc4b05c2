import { PassThrough, Readable } from "node:stream";
import { main } from "../../src/cli/main.js";
import type { Outcome } from "./cli.js";

/** What a command line meets, besides its arguments. */
interface Surroundings {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The columns of the terminal that standard output and standard error are; without it, they are pipes. */
  readonly columns?: number;
  /** Whether somebody sits at the keyboard that standard input is. */
  readonly isTyped?: boolean;
  readonly cwd?: string;
}

/** Runs the command line in this very process; for what needs no process of its own. One at a time. */
export async function runInProcess(
  args: readonly string[],
  { input = "", env = {}, columns, isTyped = false, cwd = process.cwd() }: Surroundings = {},
): Promise<Outcome> {
  const [stdout, stderr] = [collected(columns), collected(columns)];
  const stdin = Object.assign(Readable.from([input]), { isTTY: isTyped });
  const before = process.cwd();
  process.chdir(cwd);
  try {
    const status = await main(args, { stdin, stdout: stdout.stream, stderr: stderr.stream, env });
    return { status, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    process.chdir(before);
  }
}

function collected(columns: number | undefined) {
  const chunks: Buffer[] = [];
  const stream = Object.assign(new PassThrough(), columns === undefined ? {} : { isTTY: true, columns });
  stream.on("data", (chunk: Buffer) => void chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString("utf8") };
}
