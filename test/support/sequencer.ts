import { basename } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files to begin with. Those about secrets hold regular expressions to very long texts, and V8 no longer optimises them
 * in a process that has compiled a megabyte of others; rule fixtures take twice as long in an old process. The rest would be what is waited for at the end.
 */
const FIRST = [
  "secrets.test.ts",
  "secret-places.test.ts",
  "rule-fixtures.test.ts",
  "html-browser.test.ts",
  "jobs.test.ts",
  "mutations.test.ts",
  "ci-action.test.ts",
  "defects.test.ts",
  "sarif.test.ts",
  "state-properties.test.ts",
  "attack.test.ts",
  "commands.test.ts",
  "endings.test.ts",
  "formats-agree.test.ts",
  "state-budget.test.ts",
  "package.test.ts",
  "ci.test.ts",
  "cli.test.ts",
  "adversary.test.ts",
  "shared-lines.test.ts",
];

/** Long files first; all others as they are by default. */
export default class Sequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = FIRST.indexOf(basename(moduleId));
      return at < 0 ? FIRST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
