import { describe, expect, it } from "vitest";
import { secretsIn, secretsInArguments } from "../../src/privacy/secrets.js";
import { some } from "../support/long.js";

describe("secretsIn, on texts made to be slow,", () => {
  it.each(some("texts of 16 MB", ["x", "A_", "user"]))("has room for 16 MB of %j", (unit) => {
    const long = unit.repeat(Math.ceil(16e6 / unit.length));
    for (const before of ["--password=", "ghp_", "https://u:"]) {
      expect(() => secretsIn(before + long)).not.toThrow();
    }
    expect(() => secretsInArguments(["--token", long, long])).not.toThrow();
  });
});
