import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files to begin with. Those about secrets hold regular expressions to very long texts, and V8 no longer optimises them
 * in a process that has compiled a megabyte of others; rule fixtures take twice as long in an old process. The rest would
 * be what is waited for at the end.
 */
const FIRST = [
  "secrets",
  "secret-places",
  "rule-fixtures",
  "partitions",
  "slice",
  "selftest",
  "state-properties",
  "real/cluster",
  "real/html-browser",
  "real/live/durability",
  "real/live/page",
  "real/state-streams",
  "real/follow",
  "real/ci-action",
  "real/scale-guide",
  "real/binary",
  "real/live/endpoints",
  "real/jobs",
  "real/live/guide",
  "real/endings",
];

/** Long files first; all others as they are by default. */
export default class Sequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = FIRST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return at < 0 ? FIRST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
