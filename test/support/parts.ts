import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { CheckOptions } from "../../src/index.js";
import { bytesOf, type LogLine, logs } from "./logs.js";

/** Logs by the parts of a run that read them. */
export const partedLogs: fc.Arbitrary<readonly (readonly LogLine[][])[]> = fc
  .tuple(fc.array(logs, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 3 }))
  .map(([lists, perPart]) => slices(lists, perPart));

/** What only those who judge need to be told. */
export const judgings: fc.Arbitrary<Pick<CheckOptions, "claims" | "complete">> = fc.record({
  complete: fc.boolean(),
  claims: fc.constantFrom([], ["runtime", "integration"] as const),
});

/** Writes the logs of parts to a folder, and gives their paths. */
export function writtenParts(
  parts: readonly (readonly LogLine[][])[],
  folder: string,
): readonly (readonly string[])[] {
  let written = 0;
  return parts.map((lists) =>
    lists.map((lines) => {
      const path = join(folder, `${written++}.ndjson`);
      writeFileSync(path, bytesOf(lines));
      return path;
    }),
  );
}

/** A list in slices of some length; the last one may be shorter. */
export function slices<Each>(list: readonly Each[], length: number): Each[][] {
  return Array.from({ length: Math.ceil(list.length / length) }, (_, at) =>
    list.slice(at * length, (at + 1) * length),
  );
}
