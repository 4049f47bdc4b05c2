import { baselineText, type CountedKind, type Policy, prunedBaseline, type Report } from "../index.js";
import { say } from "./diagnostics.js";
import type { Invocation } from "./options/invocation.js";
import { writeFileWhole } from "./outputs.js";
import type { Streams } from "./streams.js";

/** Writes or prunes the baseline where that was asked for; whether the findings of this run have become one. */
export async function keepBaseline(
  report: Report,
  { kinds, policy }: { readonly kinds: readonly CountedKind[]; readonly policy: Policy },
  invocation: Invocation,
  streams: Streams,
): Promise<boolean> {
  const { baseline, writeBaseline, pruneBaseline } = invocation;
  const file = writeBaseline ?? (pruneBaseline ? baseline : undefined);
  if (file === undefined) return false;
  if (!wasAllChecked(report, invocation)) {
    say(streams, `not everything could be checked: ${file} was not written`);
    return false;
  }
  if (writeBaseline === undefined) {
    await writeFileWhole(file, [await prunedBaseline(file, kinds)]);
    return false;
  }
  const counting = kinds.filter(({ waiver }) => waiver === undefined);
  await writeFileWhole(file, [baselineText(counting, policy.valueKey)]);
  const ending =
    report.errors.length === 0 ? ": the listed findings no longer count, so this run ends with 0" : "";
  say(streams, `wrote ${file}${ending}`);
  return true;
}

/**
 * True if the run checked everything, so that a missing finding is fixed: its only errors are about decisions of the
 * project.
 */
function wasAllChecked({ interrupted, errors }: Report, { configuration, baseline }: Invocation): boolean {
  const own = [configuration?.file, baseline];
  return interrupted !== true && errors.every(({ path }) => own.includes(path));
}
