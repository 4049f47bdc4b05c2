import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { dealtFile, type FoundInputs, fileIdentity, inputsOf, STDIN } from "../index.js";
import type { Invocation } from "./options/invocation.js";
import { refuseUnwritable, STDOUT } from "./outputs.js";
import { refuseEvidence } from "./refuse-evidence.js";
import { UsageError } from "./usage-error.js";

/** What a command line says about the files that a run reads and writes. */
type Files = Pick<Invocation, "paths" | "kinds" | "outputs"> &
  Partial<Invocation> & {
    /** A log that the run writes; "-" is standard output. It may replace another log. */
    readonly log?: string;
  };

/** A file that a run writes. */
interface Written {
  readonly file: string;
  /** Files that the run reads and whose place this one may take: they are what it was before. */
  readonly replaces: readonly string[];
}

/**
 * No output may go where another one goes, where something is that the run reads, where evidence is, or where there is no
 * place for it.
 *
 * @returns the inputs of the run, if they had to be found
 * @throws UsageError, and the signal's reason once it is aborted
 */
export async function refuseOutputs(
  invocation: Files,
  signal: AbortSignal,
): Promise<FoundInputs | undefined> {
  const logs = written(withoutStdout(invocation.log));
  const others = filesWritten(invocation);
  if (logs.length + others.length === 0) return undefined;
  const { paths, kinds } = invocation;
  const found = await inputsOf(paths, { kinds, signal });
  const read = await identitiesOf((await filesRead(invocation, found)).filter((file) => file !== STDIN));
  const taken = new Set<string>();
  for (const { file, replaces } of [...logs, ...others]) {
    const identity = await fileIdentity(file);
    if (read.has(identity) && !(await identitiesOf(replaces)).has(identity))
      throw new UsageError(`${file} is an input of this run`);
    if (taken.has(identity)) throw new UsageError(`two outputs cannot go to ${file}`);
    taken.add(identity);
    await refuseUnwritable(file);
  }
  await refuseEvidence(others);
  return found;
}

function filesWritten(invocation: Files): Written[] {
  const { outputs, findings, rejected, readyFile, stateIn = [] } = invocation;
  const { baseline, writeBaseline, pruneBaseline } = invocation;
  const newBaseline = writeBaseline ?? (pruneBaseline ? baseline : undefined);
  return [
    ...outputs.map(({ file }) => written(withoutStdout(file))),
    written(withoutStdout(findings)),
    written(rejected),
    written(readyFile),
    written(newBaseline, named(baseline)),
    ...stateFiles(invocation).map((file) => written(file, stateIn)),
  ].flat();
}

/** The files that a state is written to. */
function stateFiles({ stateOut, partitions }: Files): readonly string[] {
  if (stateOut === undefined || stateOut === STDOUT) return [];
  if (partitions === undefined) return [stateOut];
  return Array.from({ length: partitions + 1 }, (_, file) => dealtFile(stateOut, file));
}

function withoutStdout(file: string | undefined): string | undefined {
  return file === STDOUT ? undefined : file;
}

function written(file: string | undefined, replaces: readonly string[] = []): Written[] {
  return named(file).map((name) => ({ file: name, replaces }));
}

async function filesRead(invocation: Files, found: FoundInputs): Promise<readonly string[]> {
  const { stateIn = [], baseline, configuration, schemas } = invocation;
  const { invariants = [], extraInvariants = [] } = invocation;
  // The capture need not be there yet.
  const { capture, tokenFile, tlsCert, tlsKey } = invocation;
  return [
    ...found.files,
    ...found.notRead.flatMap(({ path, mayHoldEvidence }) => (mayHoldEvidence === true ? [path] : [])),
    ...(await filesIn(found.packs, "")),
    ...(await filesIn(stateIn, "")),
    ...named(baseline),
    ...named(configuration?.file),
    ...[capture, tokenFile, tlsCert, tlsKey].flatMap(named),
    ...(await filesIn(named(schemas), ".schema.json")),
    ...(await filesIn([...invariants, ...extraInvariants], ".yaml")),
  ];
}

/** The files of some folders, however deep, whose names end so; a path that is no folder stands for itself. */
async function filesIn(paths: readonly string[], ending: string): Promise<readonly string[]> {
  const files = paths.map(async (path) => {
    const names = await readdir(path, { recursive: true }).catch(() => undefined);
    return names?.filter((name) => name.endsWith(ending)).map((name) => join(path, name)) ?? [path];
  });
  return (await Promise.all(files)).flat();
}

async function identitiesOf(files: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set(await Promise.all(files.map(fileIdentity)));
}

function named(file: string | undefined): readonly string[] {
  return file === undefined ? [] : [file];
}
