import type { Report } from "../../src/index.js";
import { commandsOf } from "./github-runner.js";

const CONTROLS = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join("");

/** Text that some reader of reports would act on, by what it is. */
export const HOSTILE = {
  "a workflow command": "::error file=a,line=1::gotcha",
  "commands on lines of their own":
    "x\n::stop-commands::token\r\n  ::add-mask::a\r::set-output name=verdict::ok\u0085::error::b\n\t::group::c",
  "commands between words": "see :: ::error::x :::warning::y a::notice::z",
  "commands of the older syntax":
    "##[add-mask]e ##[stop-commands]t ##vso[task.setvariable variable=a]b ###[error]c ##teamcity[a] ##[##[error]",
  "commands in half": "## [error]a #\u200b#[error]b ##\u0000[error]c :\u200d:error::d \u200b::error::e",
  "escapes of commands": "%0A::error::x%0D%25%3A%2C%250A",
  "properties of commands": "a.ndjson,line=7,title=x::y=z,,::",
  "control characters": `a${CONTROLS}\u007f\u0085\u009bz`,
  "ANSI escapes": "\u001b[31mred\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007\u001b[2J\u009b2J",
  "halves of surrogate pairs": "a\ud800b\udc00c\udfff\ud83d",
  "no characters": "\ufffe \uffff \u{1fffe}",
  "line separators": "a\u2028b\u2029::error::c\u0085d",
  "bidirectional marks": "a\u202egnp.exe\u2066c\u200fd\ufeffe\u00adf\u061c שלום عولم",
  "a script": '<script>alert("x")</script><img src=x onerror=alert(1)><!-- a --></details></summary>',
  "the end of a script and of a style":
    "</script><script>alert(1)</script></style><style>*{display:none}</style>",
  "an attribute": `"><svg onload=alert(1)> ' autofocus onfocus='alert(1) " style="position:fixed;inset:0`,
  "elements that load":
    "<base href='https://evil.example/'><link rel=stylesheet href=https://evil.example/a.css><meta http-equiv=refresh content='0;url=https://evil.example/'><iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
  "a form":
    "<form action=https://evil.example><button autofocus>go</button></form><plaintext><textarea><title>",
  "addresses of scripts": "javascript:alert(1) data:text/html,<script>alert(1)</script>",
  "sections of XML": "]]>]]&gt;<![CDATA[&lt;b&gt;&#60;i&#62; <?xml?> <!DOCTYPE a [<!ENTITY b 'c'>]> &b;",
  placeholders: "{0} {{1}} %s $(id) `id` {{alert(1)}}",
  attachments: "[[ATTACHMENT|/etc/passwd]] [[PROPERTY|a=b]]",
  links:
    "[a](https://evil.example) ![b](https://evil.example/c.png) <https://evil.example> [d][e] [^1] [f](1)",
  addresses: "https://evil.example www.evil.example mail@evil.example http://a ftp://b mailto:c@d.example",
  definitions: "[a]: https://evil.example\n\n[^1]: note",
  "mentions and references":
    "@octocat @org/team #1 org/repo#2 GH-3 !4 ~label %5 &6 $7 PROJ-8 org/repo@0123abc",
  commits: "deadbeef defaced 0123456789abcdef0123456789abcdef01234567 1234567 DEFACED.",
  "quick actions": "/close\n/merge\n/label ~bug",
  backticks: "`` ` ``` ```` a`b `",
  "a backtick at each end": "`a`",
  "backticks only": "``````",
  blanks: "   ",
  nothing: "",
  "a fence": "```\n<b>\n~~~\n# a",
  emphasis: "**a** _b_ ~~c~~ $`d`$ $e$ :tada: \\*f\\* 4*5*6",
  blocks: "# a\n- b\n1. c\n> d\n| e | f |\n| - | - |\n---\n===\n    g\n- [x] h",
  "starts of blocks": "1. - > # + * | === ---",
  "a table's bars": "a|b\\|c||",
  paths: "../..//a b#c?d%20e:\\f",
  much: "a`@".repeat(1500),
  "many commands": "##[".repeat(400),
  "a long word": "x".repeat(4500),
  "many pairs": "x😀".repeat(1500),
} as const satisfies Record<string, string>;

/** Text in which nothing acts on a terminal or a page. */
export const HARMLESS = "^[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]*$";

const HARMLESS_LINE = new RegExp(HARMLESS, "u");

/** Lines of an output that are not harmless. */
export const harmfulLines = (output: string): string[] =>
  output.split("\n").filter((line) => !HARMLESS_LINE.test(line));

const ESCAPE = "\u001b";
/** What colours a text on a terminal. */
export const COLOUR = new RegExp(`${ESCAPE}\\[\\d+m`, "g");

/** What a CI service would act on, GitHub's runner and others. */
export function commandsIn(output: string): readonly unknown[] {
  const older = output.match(/##\w*\[.*/g) ?? [];
  const newer = output.split(/\r\n|\r|\n/).filter((line) => line.trimStart().startsWith("::"));
  return [...commandsOf(output).commands, ...older, ...newer];
}

/** Members whose values come from fixed sets: with anything else it would be no report. */
const FIXED = new Set(["verdict", "level", "ownLevel", "status", "kind", "claims", "origin", "about"]);

/** Members by which the parts of a report refer to each other, and what names the tool and the files. */
const NAMES = new Set(["id", "clauses", "rule", "fingerprint", "sha256", "digest", "name", "version"]);

type Rewriting = (text: string, member: string) => string;

function rewritten(report: Report, rewrite: Rewriting): Report {
  const walk = (value: unknown, member: string, owner = ""): unknown => {
    if (FIXED.has(member) || (owner === "protocol" && member === "source")) return value;
    if (typeof value === "string") return rewrite(value, member);
    if (Array.isArray(value)) return value.map((item) => walk(item, member));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, walk(inner, name, member)]),
    );
  };
  return walk(report, "") as Report;
}

/** A report with one text in place of all that comes from a log, a file name, a mapping or a configuration. */
export function hostileReport(report: Report, text: string): Report {
  return rewritten(report, (own, member) => {
    if (NAMES.has(member)) return own;
    return member === "pointer" ? `/${text}/0` : text;
  });
}

/** A report with a hostile text in place of each of its texts, names too; what was equal stays equal. */
export function attackedReport(report: Report): Report {
  const attacks = Object.values(HOSTILE).filter(({ length }) => length > 0 && length < 11_000);
  const names = new Map<string, string>();
  return rewritten(report, (own) => {
    const next = names.size + 1;
    const attack = names.get(own) ?? `${next} ${attacks[next % attacks.length]}`;
    names.set(own, attack);
    return attack;
  });
}
