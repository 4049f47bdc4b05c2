import { createRequire } from "node:module";

/** A variable of this name, so that checks of imports see the packages. */
const require = createRequire(import.meta.url);

type Scales = Pick<typeof import("d3-scale"), "scaleLinear" | "scaleUtc">;
type Shapes = Pick<typeof import("d3-shape"), "area" | "curveStepAfter" | "line">;

let loaded: (Scales & Shapes) | undefined;

/** Loads the packages on first use: only pages need them. */
export function d3(): Scales & Shapes {
  loaded ??= { ...(require("d3-scale") as Scales), ...(require("d3-shape") as Shapes) };
  return loaded;
}
