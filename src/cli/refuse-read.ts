import { fileIdentity, STDIN } from "../index.js";
import { STDOUT } from "./outputs.js";
import { refuseEvidence } from "./refuse-evidence.js";
import { UsageError } from "./usage-error.js";

/** @throws UsageError where an output would replace a file that is read, or evidence */
export async function refuseRead(
  outputs: readonly { readonly file: string }[],
  inputs: readonly string[],
  message: string,
): Promise<void> {
  const files = inputs.filter((file) => file !== STDIN);
  const read = new Set(await Promise.all(files.map(fileIdentity)));
  for (const { file } of outputs)
    if (file !== STDOUT && read.has(await fileIdentity(file))) throw new UsageError(`${file} ${message}`);
  await refuseEvidence(outputs);
}
