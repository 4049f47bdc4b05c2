import {
  CLAUSE_ENTRIES,
  type ExitCode,
  refusalsOf,
  renderStatement,
  statementOf,
  withoutSecrets,
} from "../index.js";
import { say } from "./diagnostics.js";
import { isReplaceable } from "./earlier-report.js";
import { STDOUT, writeFileWhole, writeStdout } from "./outputs.js";
import { parse } from "./parse.js";
import { readReportFile } from "./read-report.js";
import { type StatementOptions, statementCommand } from "./statement-command.js";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage-error.js";

/** Runs `mplp-check statement RUN.json`. @throws UsageError where the file is no report, or the output is in the way */
export async function statement(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const program = parse(statementCommand(), args);
  const [file = ""] = program.args;
  const { output, ...about } = program.opts<StatementOptions>();
  refuseBackwards(about);
  if (output !== STDOUT && !(await isReplaceable(output, "statement")))
    throw new UsageError(`${output} exists and is no statement: remove it, or name another file with -o`);
  const { report, sha256 } = await readReportFile(file, streams);
  const refusals = refusalsOf(report, about.validUntil, CLAUSE_ENTRIES);
  if (refusals.length > 0) {
    for (const { why, advice } of refusals) say(streams, `no statement: ${why}; ${advice}`);
    return 1;
  }
  const text = await renderStatement(statementOf(report, withoutTheirSecrets(about), sha256));
  await (output === STDOUT ? writeStdout([text], streams) : writeFileWhole(output, [text]));
  return 0;
}

type About = Omit<StatementOptions, "output">;

function refuseBackwards({ date, validUntil }: About): void {
  if (date !== undefined && date > validUntil)
    throw new UsageError(`--valid-until ${validUntil} is before --date ${date}`);
}

function withoutTheirSecrets({ product, version, contact, ...days }: About): About {
  return {
    product: withoutSecrets(product),
    version: withoutSecrets(version),
    contact: withoutSecrets(contact),
    ...days,
  };
}
