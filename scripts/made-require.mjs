/** Modules make the `require` that CommonJS has. Bundlers follow only the one that they know. */
const MADE_REQUIRE =
  /^(?:import \{ createRequire \} from "node:module"|const require = createRequire\(import\.meta\.url\));$/gm;

/** The code of a module of dist, for a bundle of CommonJS. */
export function withoutMadeRequire(code) {
  return code.replaceAll(MADE_REQUIRE, "");
}
