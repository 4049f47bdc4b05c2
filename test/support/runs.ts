/** Whether time does not matter: `npm run test:all`. What else it runs, and why, is in long.ts. */
export const IS_LONG = process.env.TEST_RUNS === "all";

/** Of the runs of a property, and of cases that are much alike, `npm test` takes one in so many. */
const ONE_IN = 10;

/** How many runs of a property to make. Each time others are drawn: what one test run misses the next may find. */
export function runs(all: number): number {
  return IS_LONG ? all : Math.ceil(all / ONE_IN);
}

/** One in so many cases, spread evenly over the list and others each time; with `npm run test:all` every one. */
export function some<T>(cases: readonly T[], oneIn: number): readonly T[] {
  if (IS_LONG) return cases;
  const turn = Math.floor(Math.random() * oneIn);
  return cases.filter((_, index) => index % oneIn === turn);
}
