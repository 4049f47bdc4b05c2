/**
 * What `npm test` and `npm run test:real` do only in part, and `npm run test:all` in whole: one in so many, and why.
 * Others are drawn each time, so that what one test run misses the next may find.
 */
const PARTS = {
  "runs of properties": [24, "what a property finds at all it finds in few runs, or in those of many days"],
  "rule fixtures together": [16, "rule-fixtures.test.ts judges each of them by itself in every run"],
  "rule fixtures in parts of a log": [40, "each log is judged eleven times"],
  "slices of rule fixtures": [700, "each takes dozens of checks"],
  "slices made again": [5, "as slices of rule fixtures, three times"],
  "secrets in a slice": [150, "each takes dozens of checks"],
  "reports of rule fixtures": [20, "each is rendered in every format, and read back"],
  "hostile texts": [4, "each is rendered in every format; all of them at once are in every run"],
  "kinds of secrets in a place": [
    24,
    "each place is rendered in every format; every kind is looked for in every run",
  ],
  "names with secrets": [18, "as kinds of secrets in a place"],
  "texts of 9 MB": [3, "a process each, of some seconds"],
  "16 MB of levels": [2, "a process each, whose heap is nearly full"],
  "hostile mappings": [20, "half a second each"],
  "statuses at one instant": [8, "all orders of all lists of six are judged"],
  "carriers in threads": [11, "starts threads; each carrier is read without them in every run"],
  "files of other kinds on standard input": [13, "a process each; each is read as a file in every run"],
  "modules of a hostile mapping": [16, "checks take time in proportion to them"],
  "logs with injected defects": [3, "two processes each, over megabytes"],
  "inputs of the action": [3, "seven processes each"],
  "commands of docs/ci.md": [2, "two to six processes each"],
  "logs for Microsoft's validator": [3, "a .NET program, which takes most of a second a file"],
  "mutations of an audit": [10, "each is written down and checked as a folder"],
  "logs of one large state": [2, "thousands of events are checked three times"],
  "bytes that stores take": [4, "each store is filled with 30,000 observations, and memory is collected"],
  "threads for a large log": [2, "megabytes are checked by processes and threads"],
  "differences that a comparison sees": [5, "a process each"],
  "logs at limits of GitHub's": [2, "25,000 results are validated"],
  "scripts that measure": [3, "a process each, with a second of work"],
  "limits of the address space": [2, "a process each"],
  "long ids of one length": [2, "80 MB each"],
  "texts of 4 MB": [3, "a third of a second each"],
  "places with values masked": [4, "each is rendered in every format; none shows a value"],
  "mutations that a selftest notices": [8, "each is written down and checked as a folder"],
  "rule fixtures of a selftest": [200, "each is checked some fifty times; so are random logs in every run"],
  "views in a browser": [5, "axe takes seconds a page; each report is looked at in some view"],
  "formats over an earlier report": [4, "three runs each"],
  "reports held to their schema": [3, "each report is validated and rendered"],
  "numbers of threads": [3, "each thread loads the program"],
  "reports in every format": [2, "each is rendered in every format, and read back"],
  "texts made to be slow": [4, "a quarter of a second each"],
  "families of UUIDs": [2, "thousands of keys each, many times"],
  "kills of a server": [8, "a second each"],
  "slices of findings": [8, "each takes dozens of checks"],
  "pages held to the standard of HTML": [2, "each is parsed and validated"],
  "options of the zstd program": [6, "a process each"],
  "statements that Python reads": [4, "a process each; a parser for JavaScript reads all of them"],
  "logs of checks at the same time": [12, "eight checks take all of them"],
  "numbers of partitions": [2, "each partition is judged by a run of its own"],
  "schemas and invariants of one's own": [3, "schemas are compiled for each"],
  "events that each rule looks at": [10, "each rule is asked about each event"],
  "lines of the fuzz": [4, "a judge of its own reads each line"],
} as const satisfies Record<string, readonly [oneIn: number, why: string]>;

/** What only `npm run test:all` does: why, and what the other commands do in its place. */
const LEFT_OUT = {
  "the command of attacks": ["starts TypeScript twice, four seconds each", "makes the attacks without it"],
  "2,000 findings in a browser": ["takes Chromium some seconds", "measures the size of such a page"],
  "faults for Microsoft's validator": [
    "starts .NET once more, two seconds",
    "expects what that validator has against every log: no home page",
  ],
} as const satisfies Record<string, readonly [why: string, instead: string]>;

const IS_LONG = process.env.TEST_RUNS === "all";

/** Whether to do what only `npm run test:all` does. */
export const isRun = (_name: keyof typeof LEFT_OUT): boolean => IS_LONG;

/** How many of so many to take. */
export function fewer(name: keyof typeof PARTS, all: number): number {
  return IS_LONG ? all : Math.ceil(all / PARTS[name][0]);
}

/** Some of the cases, spread evenly over the list. */
export function some<T>(
  name: keyof typeof PARTS,
  cases: readonly T[],
  turn = Math.floor(Math.random() * PARTS[name][0]),
): readonly T[] {
  const [oneIn] = PARTS[name];
  return IS_LONG ? cases : cases.filter((_, index) => index % oneIn === turn % oneIn);
}
