import { STDOUT } from "../outputs.js";
import { UsageError } from "../usage-error.js";
import type { Output } from "./placing.js";
import { OPTIONS, type OptionValues } from "./table.js";

/** Invalid values and combinations of options, each with its message. */
const REFUSED: readonly (readonly [isSaid: (values: OptionValues) => boolean, message: string])[] = [
  [
    ({ stateOut, observationsOut }) =>
      stateOut !== undefined && observationsOut !== undefined && stateOut !== observationsOut,
    "--state-out and --observations-out are the same option; give one of them",
  ],
  [
    ({ findings, stateIn }) => findings !== undefined && stateIn !== undefined,
    "--findings cannot be combined with --state-in: a state only counts occurrences",
  ],
  [
    ({ rejected, stateIn }) => rejected !== undefined && stateIn !== undefined,
    "--rejected cannot be combined with --state-in: a state holds no events",
  ],
  [({ rejected }) => rejected === STDOUT, "--rejected needs a file"],
  [({ writeBaseline }) => writeBaseline === STDOUT, "--write-baseline needs a file"],
  [
    ({ writeBaseline, pruneBaseline }) => writeBaseline !== undefined && pruneBaseline === true,
    "--write-baseline begins a baseline anew, and --prune-baseline changes one: give one of them",
  ],
  [({ capture }) => capture === STDOUT, "--capture needs a file"],
  [({ readyFile }) => readyFile === STDOUT, "--ready-file needs a file"],
  [
    ({ part, stateOut, observationsOut, stateIn }) =>
      part !== undefined && (stateOut ?? observationsOut ?? stateIn) === undefined,
    "--part needs a --state-out: merge then puts the parts together",
  ],
  // Commands without --follow do not say false.
  [
    ({ follow, idleTimeout }) => follow === false && idleTimeout !== undefined,
    "--idle-timeout needs --follow",
  ],
  [({ follow, stateIn }) => follow && stateIn !== undefined, "--follow cannot be combined with --state-in"],
  [({ stdinName }) => stdinName === "", "--stdin-name is empty"],
  [
    ({ partitions, ...values }) => partitions !== undefined && stateOutOf(values) === undefined,
    "--partitions needs a --state-out: the folder that the partitions are written to",
  ],
  [
    ({ partitions, ...values }) => partitions !== undefined && stateOutOf(values) === STDOUT,
    "--partitions needs a folder: several files do not fit on standard output",
  ],
  [
    ({ partition, partitions }) => partition !== undefined && partitions !== undefined,
    "--partition judges a partition, and --partitions deals a state: give one of them",
  ],
  [
    ({ partition, ...values }) => partition !== undefined && stateOutOf(values) === undefined,
    "--partition needs a --state-out: merge then puts the judged partitions together",
  ],
  [
    ({ partition, placing }) => partition !== undefined && placing !== undefined,
    "--partition writes no report: merge all judged partitions for one",
  ],
  [
    ({ partition, writeBaseline, pruneBaseline }) =>
      partition !== undefined && (writeBaseline !== undefined || pruneBaseline),
    "--partition writes no baseline: merge all judged partitions for one",
  ],
  [
    ({ findings, ...values }) => findings === STDOUT && stateOutOf(values) === STDOUT,
    "--findings - and --state-out - cannot both go to standard output",
  ],
];

function stateOutOf({ stateOut, observationsOut }: Pick<OptionValues, "stateOut" | "observationsOut">) {
  return stateOut ?? observationsOut;
}

/** Refuses invalid combinations, from the command line, the environment or the configuration. @throws UsageError */
export function refuseCombinations(values: OptionValues): void {
  const refused = REFUSED.find(([isSaid]) => isSaid(values));
  if (refused !== undefined) throw new UsageError(refused[1]);
  for (const { kind, gives } of OPTIONS)
    if (kind.isWritten === true && values[gives] === "") throw new UsageError("an output file has no name");
}

/** Refuses two outputs on standard output: a reader could not separate them. @throws UsageError */
export function refuseMixed(values: OptionValues, outputs: readonly Output[]): void {
  const other = otherOnStdout(values);
  if (other === undefined || outputs.every(({ file }) => file !== STDOUT)) return;
  throw new UsageError(
    `${other} - and a report cannot both go to standard output; give the report an --output`,
  );
}

/** The option that takes standard output for something besides reports. */
export function otherOnStdout({ findings, ...values }: OptionValues): string | undefined {
  if (findings === STDOUT) return "--findings";
  return stateOutOf(values) === STDOUT ? "--state-out" : undefined;
}
