import type { Report } from "../../src/model/report.js";

const UNITS = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join("");

/** What someone would write into a log to get something out of the page that shows it. */
const ATTACKS: readonly string[] = [
  "</script><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "' autofocus onfocus='alert(1)",
  '" onclick="alert(1)" style="position:fixed;inset:0',
  "</style><style>*{display:none}</style>",
  "<!-- <plaintext><textarea><title>",
  "--> ]]> <![CDATA[",
  "&lt;script&gt;alert(1)&lt;/script&gt; &#x3c;b&#x3e;",
  "<base href='https://evil.example/'><link rel=stylesheet href=https://evil.example/a.css>",
  "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
  "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe><object data=https://evil.example></object>",
  "<form action=https://evil.example><button autofocus>go</button></form>",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  `\${alert(1)} {{alert(1)}} \`alert(1)\``,
  "\u001b[2J\u001b[31mred\u001b]0;title\u0007",
  "::error file=a,line=1::injected\n::set-output name=a::b",
  UNITS,
  "half \ud83d of a pair, and \ude00 the other",
  "two\u2028lines\u2029here\r\nand there",
  "\u202egnp.exe\u2066 \u200f\u061c",
  "שלום עולם مرحبا",
  "../".repeat(3000) + "x".repeat(1000),
  "wordwithoutanyplacetobreak".repeat(40),
];

/** Names from a fixed set: anything else would not be a report. */
const KEPT = new Set(["verdict", "level", "ownLevel", "status", "kind", "schemaVersion", "claims"]);

/** A report with an attack in place of each of its texts, all of which a log or a file of a report may hold. */
export function hostileReport(report: Report): Report {
  const names = new Map<string, string>();
  /** What was equal stays equal, so that links still lead somewhere. */
  const attackOn = (text: string): string => {
    const next = names.size + 1;
    const attack = names.get(text) ?? `${next} ${ATTACKS[next % ATTACKS.length]}`;
    names.set(text, attack);
    return attack;
  };
  const twisted = (value: unknown, key: string): unknown => {
    if (KEPT.has(key)) return value;
    if (typeof value === "string") return attackOn(value);
    if (Array.isArray(value)) return value.map((item) => twisted(item, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, twisted(member, name)]));
  };
  return twisted(report, "") as Report;
}
