import type { Excerpt, Finding, Location, Report, RuleSummary } from "../../src/index.js";

/** What a log, a file name or a configuration may hold to harm whoever shows it. */
export const HOSTILE = {
  markup: '<script>alert("x")</script><img src=x onerror=alert(1)>&lt;&amp;<!-- \'--> ]]> <![CDATA[',
  "terminal escapes":
    "\u001b[31mred\u001b[0m \u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007 \u009b2J",
  "workflow commands": "::error file=x::boom\n::set-output name=a::b\r\n##vso[task.complete]",
  controls: String.fromCharCode(...Array.from({ length: 0x20 }, (_, code) => code), 0x7f, 0x85),
  "halves of surrogate pairs": "\ud800 \udc00 \udfff\ud83d",
  "no characters": "\ufffe \uffff \u{1fffe}",
  separators: "a\u2028b\u2029c\u200bd\ufeff",
  "bidirectional marks": "\u202egnp.exe\u202c \u2066x\u2069 \u200f",
  Markdown:
    "[click](http://evil.example) ![i](x) `code` **b** <b> @team #1 | a | www.evil.example\n# h\n- [ ] x",
  attachments: "[[ATTACHMENT|/etc/passwd]] [[PROPERTY|a=b]]",
  placeholders: "{0} {{1}} %0A %s $(id) `id`",
  paths: "../..//a b#c?d%20e:\\f",
  length: "x😀".repeat(3_334),
} as const;

/** Text in which nothing acts on a terminal or a page. */
export const HARMLESS = "^[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]*$";

function hostileExcerpt(excerpt: Excerpt | undefined, text: string): { excerpt?: Excerpt } {
  return excerpt === undefined ? {} : { excerpt: { ...excerpt, text, start: 1, length: 2 } };
}

function hostileLocation({ excerpt, ...location }: Location, text: string): Location {
  return { ...location, path: text, pointer: `/${text}/0`, ...hostileExcerpt(excerpt, text) };
}

function hostileFinding(finding: Finding, text: string): Finding {
  return {
    ...finding,
    message: text,
    hint: text,
    ...(finding.waiver !== undefined && {
      waiver: { ...finding.waiver, reason: text, owner: text, expires: text, place: text },
    }),
    locations: finding.locations.map((location) => hostileLocation(location, text)),
    related: finding.related.map((location) => hostileLocation(location, text)),
  };
}

function hostileRule({ id }: RuleSummary, text: string): RuleSummary {
  return { id, title: text, why: text, fix: text };
}

/** A report with a text in every place that is not the program's own. */
export function hostileReport(report: Report, text: string): Report {
  return {
    ...report,
    inputs: report.inputs.map((input) => ({ ...input, path: text })),
    findings: report.findings.map((finding) => hostileFinding(finding, text)),
    rules: report.rules.map((rule) => hostileRule(rule, text)),
    errors: [...report.errors, { path: text, line: 3, message: text }],
    clauses: report.clauses.map((clause) => ({
      ...clause,
      title: text,
      source: text,
      ...(clause.reason !== undefined && { reason: text }),
      ...(clause.witness !== undefined && { witness: { path: text, line: 1 } }),
      ...(clause.attestation !== undefined && {
        attestation: { statement: text, evidence: text, path: text, line: 1 },
      }),
    })),
  };
}
