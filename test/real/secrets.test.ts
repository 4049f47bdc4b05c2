import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { ROOT } from "../support/fixtures.js";
import { some } from "../support/long.js";

const SECRETS = pathToFileURL(join(ROOT, "dist/privacy/secrets.js")).href;

const PROGRAM = `
  const { secretsIn, secretsInArguments } = await import(${JSON.stringify(SECRETS)});
  const unit = process.argv[1];
  const long = unit.repeat(Math.ceil(9e6 / unit.length));
  for (const before of ["--password=", "ghp_"]) secretsIn(before + long);
  secretsInArguments(["--token", long, long]);
  process.stdout.write("looked through");
`;

/** In a process that has compiled many expressions, V8 optimises no more of them: then they need the largest stack. */
it.each(some("texts of 9 MB", ["x", "A_", "user", "x=", "x."]))(
  "there is room for 9 MB of %j, also where V8 does not optimise expressions",
  (unit) => {
    const args = ["--no-regexp-optimization", "--input-type=module", "-e", PROGRAM, unit];
    expect(execFileSync(process.execPath, args, { encoding: "utf8" })).toBe("looked through");
  },
  180_000,
);
