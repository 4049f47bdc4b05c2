import type { OptionShapes } from "../model/arguments.js";
import { refuseArguments } from "./arguments.js";
import { type FoundInputs, inputsIn, type SearchOptions } from "./inputs.js";
import { OPTION_SHAPES } from "./option-shapes.js";

const { kinds, signal } = OPTION_SHAPES;
const SEARCH_SHAPES: OptionShapes<SearchOptions> = { kinds, signal };

/**
 * Finds the inputs of a check. Its result may be handed to `check`, which then does not search again.
 *
 * @throws ArgumentError if the arguments are not what their types say
 */
export async function inputsOf(paths: readonly string[], options: SearchOptions = {}): Promise<FoundInputs> {
  refuseArguments(paths, options, SEARCH_SHAPES);
  return inputsIn(paths, options);
}
