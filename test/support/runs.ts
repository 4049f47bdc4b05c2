import { fewer } from "./long.js";

/** How many runs of a property to make, of so many with `npm run test:all`. */
export const runs = (all: number): number => fewer("runs of properties", all);
