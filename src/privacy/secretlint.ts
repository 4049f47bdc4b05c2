import { createRequire } from "node:module";
import { isVaried } from "./placeholders.js";
import type { Secret } from "./secret.js";

/** A finding of a secretlint rule: the id of its message and the values for it. */
interface Message {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface Rule {
  readonly meta: { readonly id: string };
  create(context: RuleContext, options: object): { file?(source: { readonly content: string }): unknown };
}

/** The members of the context that our rules use. */
interface RuleContext {
  createTranslator(): (id: string, values: Readonly<Record<string, unknown>>) => Message;
  report(report: Report): void;
}

interface Report {
  readonly message: Message;
  readonly range: readonly [number, number];
}

/**
 * The rules in use, by the end of their ids. We leave out five: gcp reads a file and answers later.
 * basicauth and database-connection-string report the whole URL; url-credentials.ts finds only the password.
 * privatekey requires a whole key; private-keys.ts does not. filter-comments would let a log disable all rules.
 */
const RULES: ReadonlySet<string> = new Set([
  "aws",
  "npm",
  "slack",
  "sendgrid",
  "shopify",
  "github",
  "openai",
  "anthropic",
  "linear",
  "1password",
]);

/** Messages that report a secret: its kind in words, and which of their values it is. */
const SECRETS: ReadonlyMap<string, { readonly kind: string; readonly value: string }> = new Map([
  ["AWSAccessKeyID", { kind: "an AWS access key ID", value: "ID" }],
  ["AWSSecretAccessKey", { kind: "an AWS secret access key", value: "KEY" }],
  ["NPM_ACCESS_TOKEN", { kind: "an npm token", value: "TOKEN" }],
  ["SLACK_TOKEN", { kind: "a Slack token", value: "TOKEN" }],
  ["IncomingWebhook", { kind: "a Slack webhook", value: "URL" }],
  ["SENDGRID_KEY", { kind: "a SendGrid key", value: "KEY" }],
  ["SHOPIFY_KEY", { kind: "a Shopify key", value: "KEY" }],
  ["GITHUB_TOKEN", { kind: "a GitHub token", value: "KEY" }],
  ["OPENAI_TOKEN", { kind: "an OpenAI key", value: "TOKEN" }],
  ["ANTHROPIC_API_KEY", { kind: "an Anthropic key", value: "KEY" }],
  ["LINEAR_API_TOKEN", { kind: "a Linear token", value: "ID" }],
  ["OPS_TOKEN", { kind: "a 1Password token", value: "TOKEN" }],
]);

/** Beginnings of the tokens that these rules detect. The AWS secret access key has none; its name reveals it. */
export const SECRETLINT_PREFIXES = [
  "AKIA",
  "ASIA",
  "npm_",
  "xox",
  "xapp-",
  "hooks.slack.com",
  "SG.",
  "shppa_",
  "shpca_",
  "shpat_",
  "shpss_",
  "ghp_",
  "gho_",
  "ghu_",
  "ghs_",
  "ghr_",
  "github_pat_",
  "sk-",
  "lin_api_",
  "ops_ey",
] as const;

const SIGNS = new RegExp(`${SECRETLINT_PREFIXES.join("|").replaceAll(".", "\\.")}|secret_?access`, "gi");

/**
 * Length of the pieces that the rules see. They are fast on short texts, but a long hostile text can make some
 * expressions slow. Each piece begins shortly before a sign.
 */
const PIECE = 8192;
const LEAD = 64;
/** The next piece reads the last part again, for a token that begins there. */
const OVERLAP = 2048;

/** Tokens that secretlint's rules detect. */
export function secretlintTokens(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (let covered = 0; covered < text.length; ) {
    SIGNS.lastIndex = covered;
    const sign = SIGNS.exec(text);
    if (sign === null) break;
    const first = Math.max(0, sign.index - LEAD);
    const last = Math.min(text.length, first + PIECE);
    covered = last === text.length ? last : last - OVERLAP;
    for (const { start, end, kind } of secretsInPiece(text.slice(first, last))) {
      found.push({ start: first + start, end: pastCut(text, first + end, last), kind });
    }
  }
  return found;
}

const RUN = /[\w-]*/y;

/** The end of a token that reaches the end of a piece: the end of the run of its characters. */
function pastCut(text: string, end: number, last: number): number {
  if (end < last - 1) return end;
  RUN.lastIndex = end;
  return end + (RUN.exec(text)?.[0].length ?? 0);
}

function secretsInPiece(piece: string): Secret[] {
  return reportsOn(piece).flatMap(({ message, range }) => {
    const { kind, value } = SECRETS.get(message.id) ?? {};
    if (kind === undefined || value === undefined) return [];
    const token = message.values[value];
    if (typeof token !== "string" || !isVaried(token) || isPublicId(token, message.id)) return [];
    // Some ranges begin with the name before the value, but have the value's length.
    const start = piece.indexOf(token, range[0]);
    return start < 0 ? [] : [{ start, end: start + token.length, kind }];
  });
}

/** Ids of AWS users, roles and groups look like key ids but are not part of a key. */
function isPublicId(token: string, messageId: string): boolean {
  return messageId === "AWSAccessKeyID" && !/^A(?:KI|SI)A/.test(token);
}

type Scan = (piece: string) => readonly Report[];

/** A variable of this name, so that checks of imports see the package. */
const require = createRequire(import.meta.url);

let scan: Scan | undefined;

/** Loads the rules on first use, because loading takes longer than checking a small log. */
function reportsOn(piece: string): readonly Report[] {
  scan ??= loadedRules();
  return scan(piece);
}

function loadedRules(): Scan {
  const { rules }: { rules: readonly Rule[] } = require("@secretlint/secretlint-rule-preset-recommend");
  let reports: Report[] = [];
  const context: RuleContext = {
    createTranslator: () => (id, values) => ({ id, values }),
    report: (report) => reports.push(report),
  };
  const handlers = rules
    .filter(({ meta }) => RULES.has(meta.id.replace("@secretlint/secretlint-rule-", "")))
    .map((rule) => rule.create(context, { enableIDScanRule: true }));
  return (content) => {
    reports = [];
    for (const handler of handlers) handler.file?.({ content });
    return reports;
  };
}
