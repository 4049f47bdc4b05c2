import { isVaried } from "./placeholders.js";
import type { Secret } from "./secret.js";

/** A token format that its issuer documents: its prefixes, and the rest. */
interface TokenFormat {
  readonly kind: string;
  readonly prefixes: readonly string[];
  /** Source of a regular expression without capturing groups. */
  readonly body: string;
}

const WORD = "[A-Za-z0-9]";
const BASE64URL = String.raw`[\w-]`;
const HEX = "[0-9a-f]";

const UUID = `${HEX}{8}(?:-${HEX}{4}){3}-${HEX}{12}`;

/** Each prefix with a hexadecimal digit after it, because short prefixes begin ordinary words too. */
const beforeHex = (...prefixes: readonly string[]): string[] =>
  prefixes.flatMap((prefix) => Array.from("0123456789abcdef", (digit) => prefix + digit));

const exactly = (length: number, set: string): string => `${set}{${length}}`;

/** Not {length,}: V8 stores every repetition, and a value of many megabytes would exhaust its memory. */
const atLeast = (length: number, set: string): string => `${set}{${length}}${set}*`;

/**
 * Formats that secretlint's rules (secretlint.ts) do not cover, or only in an older form. GitHub's installation
 * tokens are ghs_APPID_JWT since 2026; Anthropic and OpenAI have more kinds.
 */
const FORMATS: readonly TokenFormat[] = [
  {
    kind: "a GitHub token",
    prefixes: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
    body: `${atLeast(36, BASE64URL)}(?:\\.${atLeast(10, BASE64URL)}){0,2}`,
  },
  {
    kind: "a GitLab token",
    prefixes: [
      "glpat-",
      "gldt-",
      "glptt-",
      "glrt-",
      "glrtr-",
      "glcbt-",
      "glsoat-",
      "glft-",
      "glimt-",
      "gloas-",
    ],
    body: `${atLeast(20, BASE64URL)}(?:\\.[0-9a-z]{2}\\.?[0-9a-z]{7,9})?`,
  },
  { kind: "an Anthropic key", prefixes: ["sk-ant-"], body: atLeast(40, BASE64URL) },
  { kind: "an OpenAI key", prefixes: ["sk-proj-", "sk-svcacct-", "sk-admin-"], body: atLeast(40, BASE64URL) },
  { kind: "an OpenRouter key", prefixes: ["sk-or-v1-"], body: exactly(64, HEX) },
  { kind: "an API key", prefixes: ["sk-"], body: atLeast(32, WORD) },
  { kind: "a Groq key", prefixes: ["gsk_"], body: atLeast(48, WORD) },
  { kind: "an xAI key", prefixes: ["xai-"], body: atLeast(70, WORD) },
  { kind: "a Perplexity key", prefixes: ["pplx-"], body: atLeast(40, WORD) },
  { kind: "an NVIDIA key", prefixes: ["nvapi-"], body: atLeast(60, BASE64URL) },
  { kind: "a Replicate token", prefixes: ["r8_"], body: exactly(37, WORD) },
  { kind: "a Hugging Face token", prefixes: ["hf_", "api_org_"], body: atLeast(34, WORD) },
  { kind: "a LangSmith key", prefixes: ["lsv2_pt_", "lsv2_sk_"], body: `${HEX}{32}_${HEX}{10}` },
  { kind: "a Tavily key", prefixes: ["tvly-"], body: atLeast(28, BASE64URL) },
  { kind: "a Pinecone key", prefixes: ["pcsk_"], body: atLeast(50, BASE64URL) },
  { kind: "an E2B key", prefixes: ["e2b_"], body: exactly(40, HEX) },
  { kind: "a Google API key", prefixes: ["AIza"], body: exactly(35, BASE64URL) },
  { kind: "a Google OAuth secret", prefixes: ["GOCSPX-"], body: exactly(28, BASE64URL) },
  { kind: "a Google OAuth token", prefixes: ["ya29."], body: atLeast(30, BASE64URL) },
  {
    kind: "a Stripe key",
    prefixes: ["sk_live_", "sk_test_", "rk_live_", "rk_test_"],
    body: atLeast(16, WORD),
  },
  { kind: "a webhook secret", prefixes: ["whsec_"], body: atLeast(32, "[A-Za-z0-9+/=]") },
  {
    kind: "a Slack token",
    prefixes: ["xoxa-", "xoxb-", "xoxc-", "xoxd-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "xoxe."],
    body: atLeast(20, "[\\w.%-]"),
  },
  {
    kind: "a Slack webhook",
    prefixes: ["hooks.slack.com/"],
    body: `(?:services|workflows|triggers)/${atLeast(8, "[\\w-]")}/${atLeast(8, "[\\w/-]")}`,
  },
  {
    kind: "a Microsoft Teams webhook",
    prefixes: ["webhook.office.com/webhookb2/"],
    body: `[\\w-]{1,40}@[\\w-]{1,40}/IncomingWebhook/${atLeast(32, "[\\w/-]")}`,
  },
  { kind: "an AWS access key ID", prefixes: ["AKIA", "ASIA"], body: exactly(16, "[A-Z0-9]") },
  { kind: "an npm token", prefixes: ["npm_"], body: atLeast(36, WORD) },
  { kind: "a SendGrid key", prefixes: ["SG."], body: `${BASE64URL}{22}\\.${BASE64URL}{43}` },
  {
    kind: "a Shopify key",
    prefixes: ["shpat_", "shpca_", "shppa_", "shpss_"],
    body: exactly(32, "[0-9a-fA-F]"),
  },
  { kind: "a Linear token", prefixes: ["lin_api_"], body: atLeast(40, WORD) },
  { kind: "a Twilio key", prefixes: beforeHex("SK"), body: exactly(31, HEX) },
  { kind: "a Mailgun key", prefixes: beforeHex("key-"), body: exactly(31, HEX) },
  { kind: "a Heroku key", prefixes: ["HRKU-"], body: `(?:${UUID}|${atLeast(40, BASE64URL)})` },
  { kind: "a Bitbucket password", prefixes: ["ATBB"], body: atLeast(32, WORD) },
  { kind: "a Cloudflare key", prefixes: ["v1.0-"], body: `${HEX}{24}-${HEX}{146}` },
  { kind: "a Dropbox token", prefixes: ["sl.u.", "sl.B"], body: atLeast(100, BASE64URL) },
  { kind: "a Netlify token", prefixes: ["nfp_", "nfc_", "nfo_", "nfu_", "nfb_"], body: exactly(36, WORD) },
  { kind: "a Vercel token", prefixes: ["vcp_", "vci_", "vca_", "vcr_", "vck_"], body: atLeast(48, WORD) },
  { kind: "a Fly.io token", prefixes: ["fo1_"], body: exactly(43, BASE64URL) },
  { kind: "a Fly.io token", prefixes: ["fm1_", "fm2_"], body: atLeast(100, "[\\w+/=-]") },
  { kind: "a Buildkite token", prefixes: ["bkua_"], body: exactly(40, HEX) },
  { kind: "a CircleCI token", prefixes: ["CCIPAT_", "CCIPRJ_"], body: `${WORD}{22}_${HEX}{40}` },
  { kind: "a Confluent key", prefixes: ["cflt"], body: exactly(60, "[A-Za-z0-9+/]") },
  { kind: "an Artifactory key", prefixes: ["AKC"], body: atLeast(60, WORD) },
  { kind: "a Clojars token", prefixes: ["CLOJARS_"], body: exactly(60, HEX) },
  { kind: "a Typeform token", prefixes: ["tfp_"], body: atLeast(40, "[\\w-]") },
  { kind: "a Terraform token", prefixes: ["atlasv1."], body: atLeast(60, BASE64URL) },
  // Base64 of the digits at the start of a bot's id.
  {
    kind: "a Discord token",
    prefixes: ["MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT"],
    body: `${WORD}{22,26}\\.${BASE64URL}{6}\\.${BASE64URL}{27,40}`,
  },
  { kind: "a signature in a URL", prefixes: ["sig="], body: `${atLeast(40, "[\\w%+/-]")}={0,2}` },
  {
    kind: "a signature in a URL",
    prefixes: ["X-Amz-Signature=", "X-Goog-Signature="],
    body: atLeast(64, HEX),
  },
  { kind: "a PyPI token", prefixes: ["pypi-AgE"], body: atLeast(50, BASE64URL) },
  { kind: "a RubyGems key", prefixes: ["rubygems_"], body: exactly(48, HEX) },
  { kind: "a Docker token", prefixes: ["dckr_pat_", "dckr_oat_"], body: atLeast(27, BASE64URL) },
  { kind: "a DigitalOcean token", prefixes: ["dop_v1_", "doo_v1_", "dor_v1_"], body: exactly(64, HEX) },
  { kind: "a Databricks token", prefixes: ["dapi"], body: `${HEX}{32}(?:-\\d)?` },
  { kind: "a Vault token", prefixes: ["hvs.", "hvb.", "hvr."], body: atLeast(24, BASE64URL) },
  { kind: "a Pulumi token", prefixes: ["pul-"], body: exactly(40, HEX) },
  {
    kind: "a Doppler token",
    prefixes: ["dp.pt.", "dp.st.", "dp.ct.", "dp.sa."],
    body: atLeast(40, "[\\w.-]"),
  },
  { kind: "a Supabase key", prefixes: ["sbp_", "sb_secret_"], body: atLeast(30, BASE64URL) },
  { kind: "a PlanetScale token", prefixes: ["pscale_tkn_", "pscale_pw_"], body: atLeast(32, BASE64URL) },
  { kind: "a Grafana token", prefixes: ["glsa_", "glc_"], body: atLeast(32, "[\\w+/=-]") },
  { kind: "a Sentry token", prefixes: ["sntrys_", "sntryu_"], body: atLeast(40, "[\\w+/=-]") },
  { kind: "a New Relic key", prefixes: ["NRAK-"], body: exactly(27, "[A-Z0-9]") },
  { kind: "a Postman key", prefixes: ["PMAK-"], body: `${HEX}{24}-${HEX}{34}` },
  { kind: "an Atlassian token", prefixes: ["ATATT3", "ATCTT3"], body: atLeast(100, "[\\w=-]") },
  { kind: "a Notion token", prefixes: ["ntn_"], body: atLeast(40, WORD) },
  { kind: "a Figma token", prefixes: ["figd_"], body: atLeast(40, BASE64URL) },
  { kind: "a Linear token", prefixes: ["lin_oauth_"], body: atLeast(32, WORD) },
  { kind: "a SonarQube token", prefixes: ["sqp_", "squ_", "sqa_"], body: exactly(40, HEX) },
  { kind: "a Square token", prefixes: ["sq0atp-", "sq0csp-"], body: atLeast(22, BASE64URL) },
  { kind: "a Tailscale key", prefixes: ["tskey-"], body: atLeast(20, BASE64URL) },
  { kind: "an age key", prefixes: ["AGE-SECRET-KEY-1"], body: exactly(58, "[A-Z0-9]") },
  {
    kind: "a Discord webhook",
    prefixes: ["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"],
    body: `\\d{17,20}/${atLeast(60, BASE64URL)}`,
  },
  {
    kind: "a Telegram token",
    prefixes: ["api.telegram.org/bot"],
    body: `\\d{8,10}:${exactly(35, BASE64URL)}`,
  },
];

/** Literal beginnings of tokens in these formats. */
export const TOKEN_PREFIXES: readonly string[] = FORMATS.flatMap((format) => format.prefixes);

// A token begins at the start of a word and ends with its run of characters, so no text is read twice.
const TOKENS = new RegExp(`(?<![A-Za-z0-9])(?:${FORMATS.map(sourceOf).join("|")})(?![\\w-])`, "g");

function sourceOf({ prefixes, body }: TokenFormat): string {
  return `((?:${prefixes.map((prefix) => prefix.replaceAll(".", "\\.")).join("|")})${body})`;
}

/** The bot's number precedes its token. */
export const TELEGRAM_SIGN = "AA";
const TELEGRAM = /(?<!\d)\d{8,10}:AA[\w-]{33}(?![\w-])/g;

/** Tokens with a known prefix. */
export function formattedTokens(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const { 0: token, index } of text.matchAll(TELEGRAM))
    if (isVaried(token)) found.push({ start: index, end: index + token.length, kind: "a Telegram token" });
  for (const match of text.matchAll(TOKENS)) {
    if (!isVaried(match[0])) continue;
    const format = FORMATS[match.slice(1).findIndex((group) => group !== undefined)];
    if (format === undefined) continue;
    found.push({ start: match.index, end: match.index + match[0].length, kind: format.kind });
  }
  return found;
}
