import fc from "fast-check";
import picomatch from "picomatch";
import { describe, expect, it } from "vitest";
import { globMatcher, globOf } from "../src/model/glob.js";
import { countAlternatives, GlobError, MAX_ALTERNATIVES } from "../src/model/glob-braces.js";
import { runs } from "./support/runs.js";

/** Where picomatch goes ways of its own: stars beside others in a part, dots as parts, a last ** that stands for nothing. */
const ODD = /\*\*[^/]|[^/]\*\*|(?:^|\/)\.+\/|[*?\]}]\/\*\*$|[*?]\(/;

const matches = (pattern: string, path: string): boolean => globMatcher([pattern])(path);

describe("a glob", () => {
  it.each([
    ["logs/*.ndjson", ["logs/a.ndjson", "logs/.b.ndjson"], ["logs/a.json", "logs/x/a.ndjson", "a.ndjson"]],
    ["logs/**", ["logs/a", "logs/a/b", "logs"], ["other/logs"]],
    ["**/a", ["a", "x/a", "x/y/a"], ["ab", "x/ab"]],
    ["a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["a/bb", "ab"]],
    ["a**b", ["ab", "axb"], ["a/b"]],
    ["[a-c]?[!0-9]", ["axx", "c]z"], ["dxx", "ax1", "ax"]],
    ["[]a]", ["]", "a"], ["b"]],
    ["\\*[\\]]", ["*]"], ["a]"]],
    ["{a,b{c,d}}/{,x}y", ["a/y", "bc/xy", "bd/y"], ["b/y", "a/xx"]],
    ["{a}", ["{a}"], ["a"]],
    ["{a,b", ["{a,b"], ["a"]],
    ["\\{a,b}", ["{a,b}"], ["a"]],
    ["/payload/*/url", ["/payload/x/url"], ["/payload/url", "payload/x/url"]],
    ["**", ["", "a", "a/b", "/a"], ["../a"]],
    ["", [""], ["a"]],
    ["?", ["é", "😀"], ["ab", "/"]],
    ["copy (1)/*", ["copy (1)/a"], ["copy 1/a"]],
  ] as const)("%s", (pattern, yes, no) => {
    expect(yes.filter((path) => !matches(pattern, path))).toEqual([]);
    expect(no.filter((path) => matches(pattern, path))).toEqual([]);
  });

  it("means what picomatch takes it for", () => {
    const piece = fc.constantFrom("a", "b", ".", "-", "*", "?", "[ab]", "{a,b}", "{a,b/a}", "a", "b");
    const segment = fc.oneof(
      fc.array(piece, { minLength: 1, maxLength: 4 }).map((all) => all.join("")),
      fc.constant("**"),
    );
    const pattern = fc.array(segment, { minLength: 1, maxLength: 4 }).map((all) => all.join("/"));
    const name = fc
      .array(fc.constantFrom("a", "b", ".c", "-"), { minLength: 1, maxLength: 4 })
      .map((all) => all.join(""));
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((all) => all.join("/"));
    fc.assert(
      fc.property(pattern, path, (glob, text) => {
        fc.pre(!ODD.test(glob));
        expect(matches(glob, text)).toBe(picomatch(glob, { dot: true })(text));
      }),
      { numRuns: runs(5000) },
    );
  });

  it.each([
    ["*a*a*a*a*a*a*a*ac", "a".repeat(128)],
    [`${"*a".repeat(100)}c`, "a".repeat(1000)],
    [`${"**/a/".repeat(50)}c`, "a/".repeat(500)],
    [`${"{a,b}".repeat(9)}c`, "ab".repeat(500)],
    [`${"[a-z]*".repeat(100)}1`, "z".repeat(1000)],
  ])("takes no time that grows with its stars: %#", (pattern, path) => {
    const start = performance.now();
    expect(matches(pattern, path)).toBe(false);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it.each([
    ["{a,b}".repeat(22), "too many alternatives"],
    [`{${"{a,b},".repeat(600)}c}`, "too many alternatives"],
    [`{${"a,".repeat(900)}b}${"x".repeat(1000)}`, "too many alternatives"],
    ["!a", "cannot be negated"],
    ["+(a|b)", "write \\("],
    ["[[:alpha:]]", "write [a-z0-9]"],
  ])("is refused where it cannot be used: %#", (pattern, reason) => {
    expect(() => globMatcher([pattern])).toThrow(GlobError);
    expect(() => globMatcher([pattern])).toThrow(reason);
  });
});

it.each([
  ["a", 1],
  ["{a,b}{c,d}", 4],
  ["{a,{b,c}}", 3],
  ["{a", 1],
  ["{1..9}", 9],
  ["{a..e}", 5],
  ["{1..99999999}", 99_999_999],
  ["\\{a,b}", 1],
])("alternatives are counted without making them: %s", (pattern, count) => {
  expect(countAlternatives(pattern)).toBe(count);
});

it("the count of alternatives has no end", () => {
  expect(countAlternatives("{a,b}".repeat(5000))).toBeGreaterThan(MAX_ALTERNATIVES);
  expect(countAlternatives("{".repeat(100_000))).toBe(1);
});

describe("a folder on the way to what a glob matches", () => {
  it.each([
    ["*.ndjson", [], ["a", "a/b"]],
    ["*/x", ["a", ".b"], ["a/b", "x/y"]],
    ["a*/{b/c,d}/x", ["ab", "ab/b", "ab/b/c", "ab/d"], ["b", "ab/c", "ab/d/x", "ab/b/c/x"]],
    ["a/**/x", ["a", "a/b", "a/b/c"], ["b"]],
    ["**", ["a", "a/b"], [".."]],
  ] as const)("%s", (pattern, yes, no) => {
    const { leads } = globOf(pattern);
    expect(yes.filter((path) => !leads(path))).toEqual([]);
    expect(no.filter((path) => leads(path))).toEqual([]);
  });

  it("is each folder around a match", () => {
    const part = fc.array(fc.constantFrom("a", "b", "*", "?", "{a,b/a}", "**"), {
      minLength: 1,
      maxLength: 4,
    });
    const path = fc.array(fc.stringMatching(/^[ab]{1,3}$/), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(part, path, (parts, names) => {
        const { matches, leads } = globOf(parts.join("/"));
        fc.pre(matches(names.join("/")));
        for (let length = 1; length < names.length; length++)
          expect(leads(names.slice(0, length).join("/"))).toBe(true);
      }),
      { numRuns: runs(1000) },
    );
  });
});
