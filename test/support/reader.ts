import { drawnFactors } from "../../src/input/scan/factors.js";
import type { BlockReaderOptions } from "../../src/run/blocks/block-reader.js";

/** What a reader of blocks is told by tests that compare all that it finds. */
export const READER: BlockReaderOptions = {
  claims: [],
  redact: false,
  unwrap: "auto",
  maxFindings: 1000,
  everyOccurrence: true,
  activity: true,
  factors: drawnFactors(),
};
