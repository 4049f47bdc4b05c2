import { describe, expect, it } from "vitest";
import { VERSION } from "../src/index.js";
import { componentInputs, type Inputs, jobFor, jobsFor } from "./support/gitlab-component.js";

describe("the inputs of the component", () => {
  const inputs = Object.entries(componentInputs());

  it.each(inputs)("%s has a type, a default of that type and a description", (_, input) => {
    expect(["string", "boolean", "array"]).toContain(input.type);
    expect(Array.isArray(input.default) ? "array" : typeof input.default).toBe(input.type);
    expect(input.description).toMatch(/^\p{Lu}.*\.$/u);
    if (input.options !== undefined) expect(input.options).toContain(input.default);
    if (input.regex !== undefined) expect(input.default).toMatch(new RegExp(input.regex));
  });

  it("make a job, with the version of the component by default", () => {
    const jobs = jobsFor({ "job-name": "conformance", stage: "verify", image: "node:24" });
    expect(Object.keys(jobs)).toEqual(["conformance"]);
    expect(jobs.conformance).toMatchObject({
      stage: "verify",
      image: "node:24",
      artifacts: { when: "always", expose_as: "conformance" },
    });
    expect(jobs.conformance!.script.join("\n")).toContain(`npx --yes "mplp-check@${VERSION}" `);
    expect(Object.keys(jobsFor({}))).toEqual(["mplp-check"]);
    expect(jobFor({ version: "1.2.3-rc.1" }).script.join("\n")).toContain('"mplp-check@1.2.3-rc.1"');
  });

  it("are refused where they could not be meant", () => {
    const refused: readonly Inputs[] = [
      { path: ["logs/"] },
      { paths: "logs/" },
      { claim: "everything" },
      { "fail-on": 'must"; touch pwned; "' },
      { version: "1.0.0 && touch pwned" },
      { version: "latest" },
      { complete: "yes" },
    ];
    for (const inputs of refused) expect(() => jobFor(inputs), JSON.stringify(inputs)).toThrow();
  });
});

describe("the job of the component", () => {
  it("writes the reports that it names as artifacts, in formats of these names", () => {
    const { script, artifacts } = jobFor({});
    const written = [...script.join("\n").matchAll(/-f (\w+) -o (\S+)/g)].map(([, format, file]) => [
      format,
      file,
    ]);
    expect(written).toEqual([
      ["gitlab", artifacts.reports.codequality],
      ["junit", artifacts.reports.junit],
      ["html", artifacts.paths[0]],
    ]);
  });

  it("has variables that GitLab does not expand: a name may hold a $", () => {
    for (const given of Object.values(jobFor({ paths: ["$HOME.ndjson"] }).variables))
      expect(given).toMatchObject({ expand: false });
  });
});
