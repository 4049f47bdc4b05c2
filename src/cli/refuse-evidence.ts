import { holdsEvidence } from "../index.js";
import { isEarlierOutput } from "./earlier-report.js";
import { STDOUT } from "./outputs.js";
import { UsageError } from "./usage-error.js";

/** @throws UsageError where an output would replace a log or other evidence, which nobody could write again */
export async function refuseEvidence(outputs: readonly { readonly file: string }[]): Promise<void> {
  for (const { file } of outputs) {
    if (file === STDOUT || !(await holdsEvidence(file)) || (await isEarlierOutput(file))) continue;
    throw new UsageError(
      `${file} holds events or other evidence, and would be lost: remove it, or name another file`,
    );
  }
}
