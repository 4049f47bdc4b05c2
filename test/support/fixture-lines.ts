import { readFileSync } from "node:fs";
import { ruleFixtures } from "./fixtures.js";
import { some } from "./long.js";

/** Lines of rule fixtures: broken and clean ones, repeats, histories. */
export function fixtureLines(): readonly string[] {
  const fixtures = ruleFixtures().filter(({ path }) => path.endsWith(".ndjson"));
  return some("rule fixtures together", fixtures)
    .flatMap(({ path }) => readFileSync(path, "utf8").split("\n"))
    .filter((text) => text.length < 5000);
}

/** Whether a line is a JSON object in UTF-8. */
export function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) && !text.includes("ÿ");
  } catch {
    return false;
  }
}
