import { numberFrom, type OptionShapes, oneOf, refuseOptions, SWITCH } from "../../model/arguments.js";
import { LEVELS } from "../../model/clause.js";
import type { Selection } from "./selection.js";

/** The abilities of the output and the user's choice of findings. Only formats for people use them. */
export interface Surface extends Selection {
  /** True if the output shows ANSI colours. */
  readonly color: boolean;
  /** True if the output shows links (OSC 8). Default: false. */
  readonly links?: boolean;
  /** Columns of a line. If undefined, lines have 100 columns and the verdict is not wrapped. */
  readonly width?: number;
}

const SURFACE_SHAPES: OptionShapes<Surface> = {
  color: SWITCH,
  links: SWITCH,
  width: numberFrom(0),
  show: oneOf(LEVELS),
  maxReported: numberFrom(0),
  quiet: SWITCH,
};

type Render = (made: never, surface: Surface) => Iterable<string>;

/**
 * The same renderers; they refuse a value that is not a surface. Renderers that use no surface may be called without
 * one.
 */
export function refusing<Renderers extends Readonly<Record<string, Render>>>(
  renderers: Renderers,
): Renderers {
  const careful = Object.entries(renderers).map(([name, render]) => {
    const call: Render = (made, surface) => {
      if (surface !== undefined || render.length > 1) refuseOptions(surface, SURFACE_SHAPES);
      return render(made, surface);
    };
    return [name, call] as const;
  });
  return Object.fromEntries(careful) as unknown as Renderers;
}
