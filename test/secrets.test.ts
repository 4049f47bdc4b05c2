import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SIGN } from "../src/model/signs.js";
import { mayHoldSecrets, type Secret, secretsIn, secretsInArguments } from "../src/privacy/secrets.js";
import { BEFORE_WORD, BEGINNINGS } from "../src/privacy/signs.js";
import { some } from "./support/long.js";
import { runs } from "./support/runs.js";
import { recordIn } from "./support/scanned.js";

const HEX = "0123456789abcdef";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BASE62 = `0123456789${UPPER}${UPPER.toLowerCase()}`;
const BASE64URL = `${BASE62}-_`;

/** Looks random and is the same every time: no secret is written out here, for scanners to find. */
function drawn(length: number, alphabet = BASE62): string {
  let state = length * 2654435761 + alphabet.length;
  return Array.from({ length }, () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x6d2b79f5) | 0;
    return alphabet[(state >>> 8) % alphabet.length];
  }).join("");
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const PAYLOAD = base64url({ sub: "1234567890", iat: 1516239022 });
const JWT = `${base64url({ alg: "HS256", typ: "JWT" })}.${PAYLOAD}.${drawn(43, BASE64URL)}`;
const JWE = `${base64url({ alg: "dir", enc: "A128GCM" })}..${drawn(16)}.${drawn(80)}.${drawn(22)}`;
const AWS_SECRET = drawn(40, `${BASE62}/+`);

const pem = (label: string, body: string): string =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`;
const KEY_BODY = `MII${drawn(61)}\n${drawn(64)}\n${drawn(32)}==`;

/** Tokens of every format, each a secret as a whole, with the kind that is said. */
const TOKENS: readonly (readonly [kind: string, token: string])[] = [
  ["a GitHub token", `ghp_${drawn(36)}`],
  ["a GitHub token", `gho_${drawn(36)}`],
  ["a GitHub token", `ghu_${drawn(36)}`],
  ["a GitHub token", `ghs_${drawn(36)}`],
  ["a GitHub token", `ghr_${drawn(76)}`],
  ["a GitHub token", `ghs_1234567_${JWT}`],
  ["a GitHub token", `github_pat_${drawn(22)}_${drawn(59)}`],
  ["a GitLab token", `glpat-${drawn(20, BASE64URL)}`],
  ["a GitLab token", `glpat-${drawn(27, BASE64URL)}.01.${drawn(9, HEX)}`],
  ["a GitLab token", `glrt-${drawn(20, BASE64URL)}`],
  ["a GitLab token", `gldt-${drawn(20, BASE64URL)}`],
  ["an npm token", `npm_${drawn(36)}`],
  ["an AWS access key ID", `AKIA${drawn(16, `${UPPER}234567`)}`],
  ["an AWS access key ID", `ASIA${drawn(16, `${UPPER}234567`)}`],
  ["a Slack token", `xoxb-${drawn(12, "0123456789")}-${drawn(12, "0123456789")}-${drawn(24)}`],
  ["a Slack token", `xapp-1-A${drawn(10)}-${drawn(13, "0123456789")}-${drawn(40, HEX)}`],
  ["a Slack token", `xoxe.xoxp-1-${drawn(60)}`],
  ["a Slack webhook", `https://hooks.slack.com/services/T${drawn(9)}/B${drawn(9)}/${drawn(24)}`],
  ["a SendGrid key", `SG.${drawn(22)}.${drawn(43)}`],
  ["a Shopify key", `shpat_${drawn(32, HEX)}`],
  ["a Linear token", `lin_api_${drawn(40)}`],
  [
    "a 1Password token",
    `ops_${Buffer.from(`{"email":"x@y.z","key":{"k":"${drawn(98)}"}}`).toString("base64")}`,
  ],
  ["an OpenAI key", `sk-${drawn(20)}T3BlbkFJ${drawn(20)}`],
  ["an OpenAI key", `sk-proj-${drawn(74, BASE64URL)}T3BlbkFJ${drawn(74)}`],
  ["an OpenAI key", `sk-svcacct-${drawn(60)}`],
  ["an Anthropic key", `sk-ant-api03-${drawn(93, BASE64URL)}AA`],
  ["an Anthropic key", `sk-ant-oat01-${drawn(90, BASE64URL)}`],
  ["an OpenRouter key", `sk-or-v1-${drawn(64, HEX)}`],
  ["an API key", `sk-${drawn(32, HEX)}`],
  ["a Groq key", `gsk_${drawn(52)}`],
  ["an xAI key", `xai-${drawn(80)}`],
  ["a Perplexity key", `pplx-${drawn(48)}`],
  ["an NVIDIA key", `nvapi-${drawn(64, BASE64URL)}`],
  ["a Replicate token", `r8_${drawn(37)}`],
  ["a Hugging Face token", `hf_${drawn(34)}`],
  ["a LangSmith key", `lsv2_pt_${drawn(32, HEX)}_${drawn(10, HEX)}`],
  ["a Tavily key", `tvly-${drawn(32)}`],
  ["a Pinecone key", `pcsk_${drawn(70)}`],
  ["an E2B key", `e2b_${drawn(40, HEX)}`],
  ["a Google API key", `AIza${drawn(35, BASE64URL)}`],
  ["a Google OAuth secret", `GOCSPX-${drawn(28, BASE64URL)}`],
  ["a Google OAuth token", `ya29.${drawn(120, BASE64URL)}`],
  ["a Stripe key", `sk_live_${drawn(24)}`],
  ["a Stripe key", `rk_test_${drawn(99)}`],
  ["a webhook secret", `whsec_${drawn(32)}`],
  ["a PyPI token", `pypi-AgEIcHlwaS5vcmc${drawn(120, BASE64URL)}`],
  ["a RubyGems key", `rubygems_${drawn(48, HEX)}`],
  ["a Docker token", `dckr_pat_${drawn(27, BASE64URL)}`],
  ["a DigitalOcean token", `dop_v1_${drawn(64, HEX)}`],
  ["a Databricks token", `dapi${drawn(32, HEX)}`],
  ["a Vault token", `hvs.${drawn(90, BASE64URL)}`],
  ["a Pulumi token", `pul-${drawn(40, HEX)}`],
  ["a Doppler token", `dp.pt.${drawn(43)}`],
  ["a Supabase key", `sbp_${drawn(40, HEX)}`],
  ["a PlanetScale token", `pscale_tkn_${drawn(43)}`],
  ["a Grafana token", `glsa_${drawn(32)}_${drawn(8, HEX)}`],
  ["a Sentry token", `sntryu_${drawn(64, HEX)}`],
  ["a New Relic key", `NRAK-${drawn(27, `${UPPER}0123456789`)}`],
  ["a Postman key", `PMAK-${drawn(24, HEX)}-${drawn(34, HEX)}`],
  ["an Atlassian token", `ATATT3${drawn(186, BASE64URL)}`],
  ["a Notion token", `ntn_${drawn(46)}`],
  ["a Figma token", `figd_${drawn(40, BASE64URL)}`],
  ["a Linear token", `lin_oauth_${drawn(64, HEX)}`],
  ["a SonarQube token", `sqp_${drawn(40, HEX)}`],
  ["a Square token", `sq0atp-${drawn(22, BASE64URL)}`],
  ["a Tailscale key", `tskey-auth-${drawn(30)}`],
  ["an age key", `AGE-SECRET-KEY-1${drawn(58, `${UPPER}0123456789`)}`],
  ["a Discord webhook", `discord.com/api/webhooks/${drawn(18, "123456789")}/${drawn(68, BASE64URL)}`],
  ["a Telegram token", `api.telegram.org/bot${drawn(10, "123456789")}:${drawn(35, BASE64URL)}`],
  ["a JSON Web Token", JWT],
  ["a JSON Web Token", JWE],
  ["a private key", pem("PRIVATE KEY", KEY_BODY)],
  ["a private key", pem("RSA PRIVATE KEY", KEY_BODY)],
  ["a private key", pem("EC PRIVATE KEY", `MHcCAQEE${drawn(110)}==`)],
  ["a private key", pem("OPENSSH PRIVATE KEY", `b3BlbnNzaC1rZXktdjE${drawn(200)}`)],
  ["a private key", pem("ENCRYPTED PRIVATE KEY", KEY_BODY)],
  [
    "a private key",
    pem("RSA PRIVATE KEY", `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${drawn(32, HEX)}\n\n${KEY_BODY}`),
  ],
  ["a private key", pem("PGP PRIVATE KEY BLOCK", `Version: GnuPG v2\n\n${KEY_BODY}`)],
  ["a private key", pem("PRIVATE KEY", KEY_BODY).replaceAll("\n", "\\n")],
  ["a private key", `-----BEGIN PRIVATE KEY-----\n${drawn(64)}\n${drawn(10)}`],
];

/** A text with its secrets in double angle brackets, taken apart. */
function marked(text: string): { text: string; parts: readonly string[] } {
  const parts = text.split(/«|»/);
  return { text: parts.join(""), parts: parts.filter((_, at) => at % 2 === 1) };
}

const shown = (text: string, secrets: readonly Secret[]): readonly string[] =>
  secrets.map(({ start, end }) => text.slice(start, end));

describe("secretsIn", () => {
  it.each(TOKENS)("finds %s, as a whole and no more", (kind, token) => {
    for (const [before, after] of [
      ["", ""],
      ["the token is ", " and so on"],
      ['"', '"'],
      ["x=", ""],
      ["(", ")"],
      ["\n", "\n"],
      ["令牌：", "。"],
    ] as const) {
      if (kind === "a private key" && !token.includes("END") && after !== "") continue;
      const text = before + token + after;
      expect(secretsIn(text)).toEqual([{ start: before.length, end: before.length + token.length, kind }]);
    }
  });

  it.each([
    ["https://alice:«s3cr3tPw»@github.com/org/repo.git", "a password in a URL"],
    ["https://alice:«a.b~c!d$e&f(h)i*j+k,l;m=n%40o»@host:8443/path?x=1", "a password in a URL"],
    ["https://oauth2:«abcdef1234»@gitlab.com/org/repo.git", "a password in a URL"],
    ["fatal: unable to access 'https://bot:«hunter2x»@host/x.git/': 403", "a password in a URL"],
    ["postgres://app:«tr0ub4dor»@db.internal:5432/app", "a password in a URL"],
    ["mongodb+srv://app:«p@ss@w0rd»@cluster0.mongodb.net/db", "a password in a URL"],
    ["redis://:«correct-horse»@10.0.0.1:6379/0", "a password in a URL"],
    ["ssh://git:«letmein1»@host/repo", "a password in a URL"],
    [`https://«${drawn(40, HEX)}»@github.com/org/repo.git`, "a token in a URL"],
    [`https://«${drawn(40, HEX)}»:x-oauth-basic@github.com/org/repo.git`, "a token in a URL"],
    [`https://«${drawn(30)}»:@api.host/v1`, "a token in a URL"],
    ["https://alice:«пароль1»@host/", "a password in a URL"],
    [`https://x-access-token:«ghs_${drawn(36)}»@github.com/org/repo.git`, "a GitHub token"],
    [`https://«ghp_${drawn(36)}»@github.com/org/repo`, "a GitHub token"],
    [`«ghp_${drawn(10)}xxxXX${drawn(21)}» has x in a row`, "a GitHub token"],
    [`https://gitlab-ci-token:«glcbt-64_${drawn(20)}»@gitlab.com/org/repo.git`, "a GitLab token"],
    ["npm publish --token=«abc123»", "a token"],
    [`npm publish --token=«${drawn(12)}tOdO${drawn(12)}» with a word by chance`, "a token"],
    ["npm publish --token «abc123def456»", "a token"],
    ["deploy --auth-token=«abcd» --verbose", "a token"],
    ["mysql --user root --password=«letmein» app", "a password"],
    ["mysql --password «hunter2»", "a password"],
    ["tool -token=«abc123»", "a token"],
    ["tool --api-key='«abc123xyz»'", "a key"],
    ["tool --client-secret=«abc123xyz»", "a secret"],
    ["PGPASSWORD=«hunter2» psql -h db", "a password"],
    ["password=«hunter2»", "a password"],
    ["export DB_PASSWORD='«Tr0ub4dor&3»'", "a password"],
    [`NPM_TOKEN=«${drawn(24)}» npm publish`, "a token"],
    [`//registry.host/:_authToken=«${drawn(36, HEX)}»`, "a token"],
    [`https://host/hook?a=1&access_token=«${drawn(24)}»&b=2`, "a token"],
    [`DefaultEndpointsProtocol=https;AccountName=x;AccountKey=«${drawn(86, `${BASE62}+/`)}==»;x=y`, "a key"],
    [`client_secret=«${drawn(32)}»`, "a secret"],
    [`{"user":"alice","password":"«hunter2!»"}`, "a password"],
    [`{\\"password\\":\\"«hunter2!»\\"}`, "a password"],
    [`{'api_key': '«${drawn(20)}»'}`, "a key"],
    [`const apiKey = "«${drawn(24)}»";`, "a key"],
    [`AWS_SECRET_ACCESS_KEY=«${AWS_SECRET}»`, "an AWS secret access key"],
    [`aws_secret_access_key = «${AWS_SECRET}»`, "an AWS secret access key"],
    [`Authorization: Bearer «${drawn(32)}»`, "credentials of HTTP"],
    [`curl -H 'authorization: token «${drawn(40, HEX)}»'`, "credentials of HTTP"],
    [`{"Authorization": "Bearer «${drawn(32, HEX)}»"}`, "credentials of HTTP"],
    [`Bearer «${drawn(40)}»`, "credentials of HTTP"],
    [`Authorization: Basic «${Buffer.from("alice:s3cret").toString("base64")}»`, "credentials of HTTP"],
    [`X-Api-Key: «${drawn(32)}»`, "credentials of HTTP"],
    [`PRIVATE-TOKEN: «${drawn(20)}»`, "credentials of HTTP"],
    [`Authorization: Bearer «${JWT}»`, "a JSON Web Token"],
    [`token=«${JWT}»&x=1`, "a JSON Web Token"],
  ])("finds only what is between the marks in %s", (example, kind) => {
    const { text, parts } = marked(example);
    const found = secretsIn(text);
    expect(shown(text, found)).toEqual(parts);
    expect(found.map((secret) => secret.kind)).toEqual(parts.map(() => kind));
  });

  it.each([
    "-",
    ".",
    "**",
    "~~",
    "#",
    "\u00a0",
    "%0A",
    "%C2%A0",
    "%E3%80%80",
    "%253D",
    "%25253D",
    "\\x1b[32m",
    "\\033[0;1m",
    "^[[32m",
    "\u001b[32m",
    "\u001b[1;31m",
    "\u001b(B",
    "\\u001b[32m",
    "%3D",
    "\\n",
    "\\\\\\t",
    "\\r",
  ])("finds tokens right behind %j", (before) => {
    for (const [, token] of TOKENS) {
      const behind = (text: string) =>
        secretsIn(`${text}${token} y`).map(({ start, end }) => [start - text.length, end - text.length]);
      expect(behind(`x${before}`)).toEqual(behind("x "));
    }
  });

  it("takes no id of AWS for a key's", () => {
    const { text, parts } = marked(
      `AIDA${drawn(16, UPPER)} «AKIA${drawn(16, UPPER)}» AROA${drawn(16, UPPER)}`,
    );
    expect(shown(text, secretsIn(text))).toEqual(parts);
  });

  it("finds several, in order", () => {
    const { text, parts } = marked(
      `a «ghp_${drawn(36)}» b https://u:«pa55word9»@h c «${JWT}» d password=«hunter22»`,
    );
    expect(shown(text, secretsIn(text))).toEqual(parts);
  });

  it.each([
    "",
    "0123456789abcdef0123456789abcdef01234567",
    `commit ${drawn(40, HEX)}`,
    `sha256:${drawn(64, HEX)}`,
    `token=sha256:${drawn(64, HEX)}`,
    `sha512-${drawn(86, `${BASE62}+/`)}==`,
    "a87b8bcc-c229-4315-a744-c539fe993d44",
    "token=a87b8bcc-c229-4315-a744-c539fe993d44",
    "Bearer a87b8bcc-c229-4315-a744-c539fe993d44",
    "git@github.com:org/repo.git",
    "ssh://git@github.com/org/repo.git",
    "https://github.com/org/repo",
    "https://alice@github.com/org/repo.git",
    "user@host",
    "https://user:pass@host/path",
    "https://user:password@example.com",
    "https://username:your-token-here@host",
    `https://user:\${TOKEN}@host`,
    "https://user:$TOKEN@host",
    "https://user:***@host",
    "https://user:xxxxx@host",
    "https://user:fakeToken1@host",
    "https://user:todo-2@host",
    "https://[REDACTED]@github.com/org/repo",
    "https://<user>:<token>@github.com/org/repo",
    "https://{user}:{token}@github.com/org/repo",
    "https://x-access-token:%TOKEN%@github.com",
    "postgres://postgres:postgres@localhost:5432/db",
    "http://localhost:3000/users/@me",
    "http://localhost:3000,alice@example.com",
    "['http://localhost:3000','alice@example.com']",
    "https://host/@scope/pkg:1.2.3@x",
    `docker://alpine:3.18@sha256:${drawn(64, HEX)}`,
    "https://medium.com/@alice/story-1234567890ab",
    "the token was refreshed",
    "password: must have 8 characters",
    "password: must be at least 12 characters, token: optional",
    "The password is wrong. Token expired; secret rotated.",
    "--password is required",
    "use --token to authenticate",
    "--token=",
    "--token=$TOKEN",
    `--token=\${TOKEN}`,
    `--token=\${{ secrets.GITHUB_TOKEN }}`,
    "--token=<token>",
    "--token={{token}}",
    "--token=%TOKEN%",
    "--token=xxxxx",
    "--token=***",
    "--token=REDACTED",
    "--token=[redacted]",
    "--token=your-token-here",
    "--token=TOKEN",
    "--token=MY_TOKEN",
    "--token=my-token",
    "--token=...",
    "--password=changeme",
    "--password=password",
    "--password-stdin",
    "--token-file=/run/secrets/token.txt",
    "--api-key=OPENAI_API_KEY",
    "--private-key=./id_rsa",
    "--private-key=~/.ssh/id_ed25519",
    "--secret id=npm,src=.npmrc",
    "--secret=db-credentials",
    "--secret=tls-cert-2",
    "--max-tokens=4096",
    "--max-token=4096",
    "max_tokens=4096, prompt_tokens=12",
    "next_page_token=CAEQAA1b2c3d4e5f6",
    "csrf_token=a1b2c3d4e5f6a7b8",
    "token=count",
    "secret=true",
    "password=null",
    "password=os.environ['DB_PASSWORD']",
    "password=config.db1.pass",
    "token=getToken2()",
    "token=sha1OrMd5Of2()",
    "const token = await refreshToken2();",
    "password = input('Password: ')",
    '"password": "must have 8 characters"',
    '"token": "string"',
    "PWD=/home/runner/work1",
    "OLDPWD=/home/a1",
    "api_key: str = None",
    "access_key=2026-01-05T08:00:00Z",
    "Bearer token required",
    "Bearer authentication",
    "Basic authentication",
    "Basic functionality of the runtime",
    `Basic ${Buffer.from("user:pass").toString("base64")}`,
    "Authorization: Bearer $TOKEN",
    "Authorization: Bearer <token>",
    "Authorization: Bearer ********",
    "authorization: required",
    "typescript@6.0.3",
    "@biomejs/biome@2.5.15",
    "sk-learn-is-a-library-with-a-very-long-name-indeed",
    "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "ghp_short",
    "hf_transformers_pipeline_for_text_generation",
    "npm_config_registry_and_other_settings_of_npm",
    `AKIAIOSFODNN7${"EXAMPLE"}`,
    `AROA${drawn(17, UPPER)}:session`,
    `AIDA${drawn(16, UPPER)}`,
    "eslint-v9.1.0",
    Buffer.from("An ordinary text of some length, nothing more.").toString("base64"),
    Buffer.from(JSON.stringify({ name: "plan", steps: [1, 2, 3] })).toString("base64"),
    "src/rules/event/a-very-long-file-name-that-nobody-should-have-to-read.test.ts",
    "/home/runner/work/repo/repo/node_modules/.bin/vitest",
    "C:\\Users\\alice\\token=1\\x",
    "aVeryLongIdentifierInCamelCaseThatNobodyShouldHaveToRead",
    "A_VERY_LONG_CONSTANT_THAT_NOBODY_SHOULD_HAVE_TO_READ_42",
    `${base64url({ typ: "JWT" })}.${PAYLOAD}.${drawn(43)}`,
    `${base64url({ alg: "HS256" })}.${PAYLOAD}`,
    `${base64url({ typ: "alg" })}.${PAYLOAD}.${drawn(43)}`,
    `${base64url(["alg"])}.${PAYLOAD}.${drawn(43)}`,
    `eyJ${drawn(30)}.${PAYLOAD}.${drawn(43)}`,
    "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY----- and -----END PRIVATE KEY----- are its first and last line",
    pem("CERTIFICATE", KEY_BODY),
    pem("PUBLIC KEY", KEY_BODY),
  ])("finds nothing in %j", (text) => {
    expect(shown(text, secretsIn(text))).toEqual([]);
  });
});

describe("secretsIn, on texts made to be slow,", () => {
  const random = drawn(36);
  const units = [
    "a",
    "=",
    '"',
    "eyJ",
    "eyJ.",
    "eyJ-",
    `${base64url({ alg: 1, x: 1 }).slice(0, -4)}.a.`,
    `${Buffer.from('{"alg": broken }').toString("base64url")}.aaaaaaaaa.aaaaaaaaa `,
    "-----BEGIN",
    "-----BEGIN PRIVATE KEY-----",
    `-----BEGIN PRIVATE KEY-----${random}`,
    "://a:",
    "x://a:b",
    "x://a:b@",
    `x://${"a:".repeat(200)}`,
    `http://a:bcde@${"a.".repeat(130)}`,
    "--token=",
    "--token ",
    "--password=abcd1 ",
    "token: ",
    'token="',
    "token='a",
    "token\\\\",
    "token-",
    "password=a1",
    "secret_access_key ",
    `secret access${" ".repeat(99)}`,
    "Bearer ",
    `Bearer${" ".repeat(99)}`,
    "Basic QUFBQUFBQUFBQUFB ",
    "authorization: aaaaaaaaaaaaaaaa ",
    "ghp_",
    ` ghp_${random}`,
    "sk-",
    " sk-",
    "sk-proj-",
    `sk-ant-api03-${"a".repeat(130)}`,
    "SG.",
    ` SG.a.${"a".repeat(300)}`,
    "xoxb-",
    "xoxb-a-",
    `xoxb-1-${"a-".repeat(5000)}_ `,
    ` ops_ey${"fQ".repeat(640)}`,
    " glpat-aaaaaaaaaaaaaaaaaaaa.",
    "ATATT3=",
    "discord.com/api/webhooks/11111111111111111/",
    "https://hooks.slack.com/services/T",
    "\u{1f511}",
    "\n",
  ];
  it.each(some("texts made to be slow", units))("takes no longer for each character of many: %j", (unit) => {
    // What lets the text past the first look.
    const text = `--token= ${unit.repeat(Math.ceil(200_000 / unit.length))} eyJ `;
    const start = performance.now();
    mayHoldSecrets(JSON.stringify(text));
    secretsIn(text);
    secretsInArguments([text, text]);
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  const signs = [".", ":", "=", "-", " ", "'", "\\", "_", "a.", "a1", "/", "\n"];
  it.each(some("texts made to be slow", signs))("takes no longer for a long run of %j", (unit) => {
    const run = unit.repeat(200_000 / unit.length);
    const start = performance.now();
    for (const before of [
      "--token=",
      "https://u:",
      "Bearer ",
      "eyJ",
      "ghp_",
      "-----BEGIN PRIVATE KEY-----",
    ]) {
      const text = `${before}${run}a1b2c3`;
      secretsIn(text);
      secretsInArguments(["--password", text, text]);
    }
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it("finds the same wherever in a long text it stands", () => {
    const long = `xoxb-1-${`${drawn(39, "abcdefghij")}-`.repeat(300)}${drawn(20)}`;
    for (const token of [`npm_${random}`, `SG.${drawn(22)}.${drawn(43)}`, long]) {
      for (let at = 6000; at < 9000; at += 97) {
        const text = `${"sk- ".repeat(at / 4)} ${token} ${"sk- ".repeat(at)}`;
        expect(shown(text, secretsIn(text))).toEqual([token]);
      }
    }
  });
});

describe("secretlint's rules", () => {
  it("are those that secretlint.ts chooses from", () => {
    const { rules }: { rules: readonly { meta: { id: string } }[] } = createRequire(import.meta.url)(
      "@secretlint/secretlint-rule-preset-recommend",
    );
    expect(rules.map(({ meta }) => meta.id.replace("@secretlint/secretlint-rule-", "")).sort()).toEqual([
      "1password",
      "anthropic",
      "aws",
      "basicauth",
      "database-connection-string",
      "filter-comments",
      "gcp",
      "github",
      "linear",
      "npm",
      "openai",
      "privatekey",
      "sendgrid",
      "shopify",
      "slack",
    ]);
  });

  it("cannot be switched off by the text", () => {
    const token = `npm_${drawn(36)}`;
    expect(shown(`secretlint-disable ${token}`, secretsIn(`secretlint-disable ${token}`))).toEqual([token]);
  });
});

describe("secretsInArguments", () => {
  const found = (...args: readonly unknown[]): readonly (readonly [number, readonly string[]])[] =>
    [...secretsInArguments(args)].map(([index, secrets]) => [index, shown(String(args[index]), secrets)]);

  it.each([
    [["--token", "abc123"], 1, "a token"],
    [["publish", "--auth-token", "abcd"], 2, "a token"],
    [["--password", "letmein"], 1, "a password"],
    [["--password", "1234"], 1, "a password"],
    [["--db-passphrase", "correct horse battery staple"], 1, "a password"],
    [["--api-key", "abc123"], 1, "a key"],
    [["--client-secret", "abc123"], 1, "a secret"],
    [["--secret", drawn(24)], 1, "a secret"],
    [["--token", `ghp_${drawn(36)}`], 1, "a GitHub token"],
  ])("finds the value of an option in %j", (args, index, kind) => {
    const value = args[index]!;
    expect([...secretsInArguments(args)]).toEqual([[index, [{ start: 0, end: value.length, kind }]]]);
    expect(mayHoldSecrets(JSON.stringify(args))).toBe(true);
  });

  it("finds what is in one argument", () => {
    expect(
      found("curl", "-H", `Authorization: Bearer ${drawn(32)}`, "https://a:s3cretPw@host", "--token=abc123"),
    ).toEqual([
      [2, [drawn(32)]],
      [3, ["s3cretPw"]],
      [4, ["abc123"]],
    ]);
  });

  it.each([
    [["--token", "$TOKEN"]],
    [["--token", `\${{ secrets.X }}`]],
    [["--token", ""]],
    [["--token", "--verbose"]],
    [["--token"]],
    [["--token", 12, "abc123def456"]],
    [["--token", null]],
    [["--password", "***"]],
    [["--password", "changeme"]],
    [["--password-stdin", "abc123"]],
    [["--max-token", "4096a"]],
    [["--private-key", "/etc/ssl/key.pem"]],
    [["--secret", "db-credentials"]],
    [["--api-key", "OPENAI_API_KEY"]],
    [["token", "abc123"]],
    [["-token", "abc123"]],
    [["--file", "abc123def456abc123def456"]],
    [[]],
    [[["--token", "abc123"]]],
  ])("finds nothing in %j", (args) => {
    expect(found(...args)).toEqual([]);
  });
});

describe("mayHoldSecrets", () => {
  it.each([
    '{"event_id":"a87b8bcc-c229-4315-a744-c539fe993d44","event_type":"stage_pending","event_family":"pipeline_stage","timestamp":"2026-01-05T08:00:00.009Z"}',
    '{"payload":{"prompt_tokens":1435,"completion_tokens":319,"summary":"the runtime read a request"}}',
    '{"repo_url":"git@github.com:org/repo.git","author_email":"alice@example.com","args":["--verbose"]}',
    '{"url":"https:\\/\\/github.com\\/org\\/repo","note":"caf\\u00e9 \\"quoted\\" a=b"}',
  ])("says no to %s", (json) => {
    expect(mayHoldSecrets(json)).toBe(false);
  });

  it("never says no where something is found, however it is written", () => {
    fc.assert(
      fc.property(texts, fc.array(texts, { maxLength: 3 }), styles, (text, args, style) => {
        const found = [...secretsIn(text), ...secretsInArguments(args)];
        const json = `{"note":${written(text, style)},"args":[${args.map((arg) => written(arg, style)).join()}]}`;
        expect(JSON.parse(json)).toEqual({ note: text, args });
        expect(mayHoldSecrets(json) || found.length === 0).toBe(true);
      }),
      { numRuns: runs(5000) },
    );
  });
});

describe("the signs that the scanner finds", () => {
  it("never change what mayHoldSecrets says, however a text is written", () => {
    fc.assert(
      fc.property(texts, fc.array(texts, { maxLength: 3 }), styles, (text, args, style) => {
        const json = `{"note":${written(text, style)},"args":[${args.map((arg) => written(arg, style)).join()}]}`;
        expect(mayHoldSecrets(json, recordIn(json).signs)).toBe(mayHoldSecrets(json));
      }),
      { numRuns: runs(5000) },
    );
  });

  it.each([...BEFORE_WORD, "\u0100", "\u{1f511}"])(
    "see every beginning after %s, wherever it stands",
    (before) => {
      for (const beginning of BEGINNINGS) {
        const json = `{"a":${JSON.stringify(`${"x".repeat(beginning.length * 3)}${before}${beginning}`)}}`;
        expect(recordIn(json).signs & SIGN.beginning).toBe(SIGN.beginning);
      }
    },
  );

  it.each([
    ["{}", 0],
    ['{"a":"b c-d"}', 0],
    ['{"prompt_tokens":1,"path":"src/agent/planner.ts","writer":"bearer"}', 0],
    ['{"a":"x@y"}', SIGN.atSign],
    ['{"a":"x=y"}', SIGN.assignment],
    [`{"a":"it's"}`, SIGN.assignment],
    ['{"a":"50%"}', SIGN.assignment],
    ['{"a":"%3Dsk-x"}', SIGN.assignment | SIGN.beginning],
    ['{"a":"--x"}', SIGN.assignment],
    ['{"a":"x-y-"}', 0],
    ['{"a":"\\n"}', SIGN.backslash],
    ['{"a":"sk-x"}', SIGN.beginning],
  ])("of %s are %d", (json, signs) => {
    expect(recordIn(json).signs).toBe(signs);
    const padded = `${json.slice(0, -1)}${json === "{}" ? "" : ","}"pad":"${"x".repeat(50)}"}`;
    expect(recordIn(padded).signs).toBe(signs);
  });
});

/** What surrounds secrets, and tokens among them: most of these texts hold one. */
const pieces = fc.oneof(
  fc.constantFrom(...TOKENS.map(([, token]) => token)),
  fc.constantFrom(
    "https://u:s3cretPw@host/",
    "https://u:",
    "s3cretPw",
    "@host/",
    "--token",
    "--api-key=",
    "password",
    "=",
    " ",
    "\n",
    '"',
    "'",
    ": ",
  ),
  fc.constantFrom(
    "Authorization: ",
    "Bearer ",
    "\u001b[1;32m",
    "\u001b(B",
    "\\u001b[0m",
    "%3D",
    "\\n",
    "hunter2",
    "\u4e2d",
    "\u{1f511}",
    "/",
    "\\",
    "-",
    "x",
    "abc123def456",
  ),
  fc.string({ unit: "binary", maxLength: 5 }),
);
const texts = fc.array(pieces, { maxLength: 8 }).map((list) => list.join(""));

/** Which characters a writer of JSON escapes though it need not, and those that it writes as \\uXXXX. */
const styles = fc.record({
  extra: fc.constantFrom(/^$/, /\//, /[^ -~]/, /[\n"\\/]/, /[a-z]/, /[-=_@:]/),
  isLong: fc.boolean(),
});

/** A text as a JSON string. */
function written(text: string, { extra, isLong }: { extra: RegExp; isLong: boolean }): string {
  const units = Array.from({ length: text.length }, (_, at) => {
    const unit = text[at] ?? "";
    if (extra.test(unit)) {
      return unit === "/" && !isLong ? "\\/" : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
    }
    return JSON.stringify(unit).slice(1, -1);
  });
  return `"${units.join("")}"`;
}
