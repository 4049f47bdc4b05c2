/** Whether time does not matter: `TEST_RUNS=all npm test`. */
export const IS_LONG = process.env.TEST_RUNS === "all";

/**
 * How many runs of a property to make: all of them with `TEST_RUNS=all`, else a fifth. Each time others are drawn, so
 * that what one test run misses the next may find.
 */
export function runs(all: number): number {
  return IS_LONG ? all : Math.ceil(all / 5);
}
