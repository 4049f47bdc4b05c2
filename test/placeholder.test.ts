import { describe, expect, it } from "vitest";
import { isPlaceholder } from "../src/model/placeholder.js";

const PLACEHOLDERS = [
  ["blank", ["", " ", "\t"]],
  ["signs only", ["-", "–", "—", ".", "...", "…", "?", "???", "***", "_", "-.-"]],
  [
    "words for nothing",
    ["n/a", "N/A", "N.A.", "none", "nil", "null", "yes", "Yes.", "ok", "not applicable", "not yet"],
  ],
  [
    "marks",
    [
      "TODO",
      "TODO write this",
      "todo",
      "todo: later",
      "TODO(ada): say it",
      "tbd.",
      "FIXME: x",
      "we say it, TBD",
    ],
  ],
  ["one letter", ["x", "X", "xxx", "1", "0"]],
  [
    "slots of a template",
    ["<statement>", "<what the runtime does>", "[your words]", "{{evidence}}", "$" + "{X}"],
  ],
  [
    "words of a template",
    ["your statement here", "Insert text here", "text goes here", "write this", "Fill me in"],
  ],
  ["what is to come", ["to be written", "To be filled in", "coming soon", "to follow"]],
  ["filler", ["lorem ipsum dolor sit amet", "asdf", "foo bar", "test", "placeholder", "no evidence"]],
  ["a long row of signs", ["-".repeat(200)]],
] as const;

const STATEMENTS = [
  "every read and write of project state goes through the PSG",
  "this is false, caches exist in every module",
  "yes: every module reads through the PSG",
  "todo lists are kept in the PSG",
  "change freeze until the release, we cannot touch it",
  "one graph",
  "it holds",
  "no caches",
  "TLS",
  "TLS 1.3",
  "known flake, see #12",
  "所有读写都经过PSG",
  "docs",
  "docs/psg.md",
  "todo.md",
  "evidence.md",
  "SECURITY.md",
  "https://example.org/psg",
  "<https://example.org/psg>",
  `${"very ".repeat(40)}long`,
];

describe("a placeholder", () => {
  it.each(PLACEHOLDERS)("is made of %s", (_name, texts) => {
    for (const text of texts) expect([text, isPlaceholder(text)]).toEqual([text, true]);
  });

  it("is nothing that people state in earnest, however short", () => {
    for (const text of STATEMENTS) expect([text, isPlaceholder(text)]).toEqual([text, false]);
  });

  it("is told in no time, whatever the text", () => {
    const start = performance.now();
    for (const part of ["<", "[", "{", "your here ", "TODO", " ", "-", "a "])
      isPlaceholder(part.repeat(200_000));
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
