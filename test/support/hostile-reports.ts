import { join } from "node:path";
import { check, type Finding, type Report } from "../../src/index.js";
import { ROOT } from "./fixtures.js";

const CONTROLS = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join("");

/** Text that some reader of reports would act on. */
export const HOSTILE: readonly (readonly [name: string, text: string])[] = [
  ["a workflow command", "::error file=a,line=1::gotcha"],
  [
    "a command on a line of its own",
    "x\n::stop-commands::token\r\n::add-mask::a\r::set-output name=verdict::ok",
  ],
  [
    "commands of the older syntax",
    "##[add-mask]e ##[stop-commands]t ##vso[task.setvariable variable=a]b ###[error]c",
  ],
  ["escapes of commands", "%0A::error::x%0D%25%3A%2C%250A"],
  ["properties of commands", "a.ndjson,line=7,title=x::y=z,,::"],
  ["control characters", `a${CONTROLS}\u007f\u0085\u009bz`],
  ["ANSI escapes", "\u001b[31mred\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007\u001b[2J"],
  ["halves of surrogate pairs", "a\ud800b\udc00c\udfff\ud83d"],
  ["line separators", "a\u2028b\u2029::error::c\u0085d"],
  ["bidirectional marks", "a\u202eb\u2066c\u200fd\ufeffe\u00adf"],
  ["tags", "<script>alert(1)</script><img src=x onerror=alert(1)><!-- a --></details></summary>"],
  ["sections", "]]>]]&gt;&lt;b&gt;&#60;i&#62;"],
  ["links", "[a](https://evil.example) ![b](https://evil.example/c.png) <https://evil.example> [d][e] [^1]"],
  [
    "addresses",
    "https://evil.example www.evil.example mail@evil.example http://a ftp://b mailto:c@d.example",
  ],
  ["definitions", "[a]: https://evil.example\n\n[^1]: note"],
  [
    "mentions and references",
    "@octocat @org/team #1 org/repo#2 GH-3 !4 ~label %5 &6 $7 PROJ-8 org/repo@0123abc",
  ],
  ["commits", "deadbeef defaced 0123456789abcdef0123456789abcdef01234567 1234567 DEFACED."],
  ["quick actions", "/close\n/merge\n/label ~bug"],
  ["backticks", "`` ` ``` ```` a`b `"],
  ["a backtick at each end", "`a`"],
  ["backticks only", "``````"],
  ["blanks", "   "],
  ["nothing", ""],
  ["a fence", "```\n<b>\n~~~\n# a"],
  ["emphasis", "**a** _b_ ~~c~~ $`d`$ $e$ :tada: \\*f\\* 4*5*6"],
  ["blocks", "# a\n- b\n1. c\n> d\n| e | f |\n| - | - |\n---\n===\n    g\n- [x] h"],
  ["starts of blocks", "1. - > # + * | === ---"],
  ["a table's bars", "a|b\\|c||"],
  ["much", "a`@".repeat(4000)],
  ["a long word", "x".repeat(10_000)],
  ["many pairs", "😀".repeat(3000)],
];

const real = await check([join(ROOT, "fixtures/quickstart/broken.ndjson")]);

/** A real report with this text in every place that inputs, configurations or mappings can put text into. */
export function hostileReport(text: string): Report {
  const waiver = { source: "waiver", reason: text, owner: text, expires: "2030-01-01", place: text } as const;
  const findings = real.findings.map((finding) => hostileFinding(finding, text));
  return {
    ...real,
    claims: ["runtime"],
    inputs: real.inputs.map((input) => ({ ...input, path: text })),
    errors: [
      { path: text, message: text },
      { path: text, line: 7, message: text },
    ],
    findings: [
      ...findings,
      ...findings.map((finding) => ({ ...finding, waiver })),
      ...(["SHOULD", "MAY", "NOTE"] as const).map((level) => ({ ...findings[0]!, level, count: 3_000 })),
    ],
    clauses: real.clauses.map((clause, index) =>
      index % 2 === 0
        ? { ...clause, reason: text }
        : { ...clause, attestation: { statement: text, evidence: text, path: text, line: 3 } },
    ),
  };
}

function hostileFinding(finding: Finding, text: string): Finding {
  const [location] = finding.locations;
  const shown = text.slice(0, 200);
  const excerpt = { line: 1, text: shown, start: 1, length: shown.length };
  const places = [
    { ...location!, path: text, excerpt },
    { path: text, line: 9 },
  ] as const;
  const whole = { path: text, line: 1, absent: true } as const;
  return {
    ...finding,
    message: text,
    hint: text,
    count: 3,
    locations: [...places, whole],
    related: [...places, whole],
    ownLevel: "MAY",
  };
}

/** A report with so many findings that no page takes them all; every one can be told by its number. */
export function hugeReport(findings: number, count = 1_000_000): Report {
  const [finding] = real.findings;
  return {
    ...real,
    findings: (["MUST", "SHOULD", "MAY", "NOTE"] as const).flatMap((level) =>
      Array.from({ length: findings }, (_, number) => ({
        ...finding!,
        level,
        count,
        message: `what is wrong with ${level} number ${number} in all`,
      })),
    ),
  };
}
