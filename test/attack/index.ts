import type { Attack } from "./attack.js";
import { faults } from "./faults.js";
import { histories } from "./histories.js";
import { injections } from "./injections.js";
import { readings } from "./readings.js";
import { tokens } from "./tokens.js";

export { attacked } from "./attack.js";

/** All attacks by name. */
export const ATTACKS: Readonly<Record<string, Attack>> = {
  histories,
  readings,
  faults,
  tokens,
  injections,
};
