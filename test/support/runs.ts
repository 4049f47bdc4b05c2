/**
 * How many runs of a property to make: all of them with `TEST_RUNS=all`, else a fifth. Each time others are drawn, so
 * that what one test run misses the next may find.
 */
export function runs(all: number): number {
  return process.env.TEST_RUNS === "all" ? all : Math.ceil(all / 5);
}
