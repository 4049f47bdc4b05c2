import type { Report } from "../../src/index.js";

/** The inputs of a report, as paths within a folder. */
export function inputsWithin(folder: string, { inputs }: Report): string[] {
  return inputs.map(({ path }) => within(folder, path));
}

/** The errors of a report, as "path: message" with paths within a folder. */
export function errorsWithin(folder: string, { errors }: Report): string[] {
  return errors.map(({ path, message }) => `${within(folder, path)}: ${message}`);
}

/** What was not read, as "path: reason" with paths within a folder; "!" at the end if it leaves a claim open. */
export function notReadWithin(folder: string, { notRead }: Report): string[] {
  return notRead.map(
    ({ path, reason, mayHoldEvidence }) => `${within(folder, path)}: ${reason}${mayHoldEvidence ? "!" : ""}`,
  );
}

function within(folder: string, path: string): string {
  return path.replace(`${folder}/`, "");
}
