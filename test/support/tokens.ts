/** Put together here, so that no scanner of this repository takes a test for a leak. */
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS = "0123456789";
const HEX = `${DIGITS}abcdef`;
const BASE62 = `${DIGITS}${UPPER}${UPPER.toLowerCase()}`;
const BASE64URL = `${BASE62}-_`;
const BASE64 = `${BASE62}+/`;

/** Looks random and is the same every time; `seed` tells those of one length apart. */
function drawn(length: number, alphabet = BASE62, seed = 1): string {
  let state = Math.imul(length * 7919 + seed, 2654435761) + alphabet.length;
  return Array.from({ length }, () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x6d2b79f5) | 0;
    return alphabet[(state >>> 8) % alphabet.length];
  }).join("");
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A text that holds a secret, and telling parts of it that no output may show; no format writes them otherwise. */
export interface Sample {
  readonly name: string;
  readonly text: string;
  readonly hidden: readonly string[];
}

/** The text is a secret as a whole. */
function whole(name: string, text: string): Sample {
  return { name, text, hidden: [tellingPart(text)] };
}

/** The longest run of letters and digits. */
function tellingPart(secret: string): string {
  const runs = secret.match(/[A-Za-z0-9]{6,}/g) ?? [];
  const [longest = ""] = runs.sort((a, b) => b.length - a.length);
  return longest.slice(-20);
}

/** « and » stand around what is secret. */
function within(name: string, marked: string): Sample {
  const hidden = [...marked.matchAll(/«([^»]+)»/g)].map(([, part = ""]) => tellingPart(part));
  return { name, text: marked.replaceAll(/[«»]/g, ""), hidden };
}

const pem = (label: string, seed: number): string =>
  `-----BEGIN ${label}-----\n${drawn(64, BASE64, seed)}\n${drawn(64, BASE64, seed + 1)}\n${drawn(40, BASE64, seed + 2)}==\n-----END ${label}-----`;

function key(name: string, label: string, seed: number): Sample {
  const text = pem(label, seed);
  return {
    name,
    text,
    hidden: [tellingPart(drawn(64, BASE64, seed)), tellingPart(drawn(64, BASE64, seed + 1))],
  };
}

const PASSWORD = `${drawn(6, UPPER, 5)}7${drawn(6, UPPER.toLowerCase(), 5)}9`;
const JWT = `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url({ sub: "4711", iat: 1516239022 })}.${drawn(43, BASE64URL)}`;
const AZURE_KEY = `${drawn(86, BASE64, 3)}==`;
const SERVICE_KEY = pem("PRIVATE KEY", 31);

/** Secrets that show in any text. */
export const SAMPLES: readonly Sample[] = [
  whole("GitHub, personal", `ghp_${drawn(36)}`),
  whole("GitHub, OAuth", `gho_${drawn(36)}`),
  whole("GitHub, server", `ghs_${drawn(36)}`),
  whole("GitHub, user", `ghu_${drawn(36)}`),
  whole("GitHub, fine-grained", `github_pat_${drawn(22)}_${drawn(59)}`),
  whole("GitLab", `glpat-${drawn(20, BASE64URL, 4)}`),
  whole("AWS key id", `AKIA${drawn(16, `${UPPER}234567`)}`),
  whole("AWS temporary key id", `ASIA${drawn(16, `${UPPER}234567`, 2)}`),
  within("AWS secret key", `aws_secret_access_key = «${drawn(40, BASE64)}»`),
  within("AWS session token", `AWS_SESSION_TOKEN=«IQoJb3JpZ2luX2Vj${drawn(200, BASE64)}»`),
  whole("Slack bot", `xoxb-${drawn(12, DIGITS)}-${drawn(12, DIGITS, 2)}-${drawn(24)}`),
  whole(
    "Slack user",
    `xoxp-${drawn(12, DIGITS)}-${drawn(12, DIGITS, 2)}-${drawn(12, DIGITS, 3)}-${drawn(32, HEX)}`,
  ),
  whole(
    "Slack webhook",
    `https://hooks.slack.com/services/T${drawn(9, `${UPPER}${DIGITS}`)}/B${drawn(9, `${UPPER}${DIGITS}`, 2)}/${drawn(24)}`,
  ),
  whole("Stripe secret", `sk_live_${drawn(24)}`),
  whole("Stripe restricted", `rk_live_${drawn(24)}`),
  whole("SendGrid", `SG.${drawn(22)}.${drawn(43)}`),
  whole("Twilio key", `SK${drawn(32, HEX)}`),
  within("Twilio auth token", `TWILIO_AUTH_TOKEN=«${drawn(32, HEX)}»`),
  whole("OpenAI, old", `sk-${drawn(20)}T3BlbkFJ${drawn(20, BASE62, 2)}`),
  whole("OpenAI, project", `sk-proj-${drawn(74, BASE64URL)}T3BlbkFJ${drawn(74)}`),
  whole("Anthropic", `sk-ant-api03-${drawn(93, BASE64URL)}AA`),
  whole("npm", `npm_${drawn(36)}`),
  whole("PyPI", `pypi-AgEIcHlwaS5vcmc${drawn(120, BASE64URL)}`),
  whole("Google API", `AIza${drawn(35, BASE64URL)}`),
  {
    name: "Google service account",
    text: JSON.stringify({ type: "service_account", private_key: SERVICE_KEY }),
    hidden: [tellingPart(drawn(64, BASE64, 31)), tellingPart(drawn(64, BASE64, 32))],
  },
  whole("JSON Web Token", JWT),
  key("private key", "PRIVATE KEY", 41),
  key("RSA key", "RSA PRIVATE KEY", 42),
  key("EC key", "EC PRIVATE KEY", 43),
  key("encrypted key", "ENCRYPTED PRIVATE KEY", 44),
  key("SSH key", "OPENSSH PRIVATE KEY", 45),
  key("PGP key", "PGP PRIVATE KEY BLOCK", 46),
  {
    name: "key in base64",
    text: base64(pem("RSA PRIVATE KEY", 47)),
    hidden: [base64(pem("RSA PRIVATE KEY", 47)).slice(60, 90)],
  },
  within("PostgreSQL", `postgres://app:«${PASSWORD}»@db.acme.test/x`),
  within("MongoDB", `mongodb+srv://app:«${PASSWORD}»@cluster0.acme.test/x`),
  within("AMQP", `amqps://app:«${PASSWORD}»@mq.acme.test:5671/v`),
  within("Redis", `rediss://:«${PASSWORD}»@cache.acme.test:6380/0`),
  within("HTTPS", `https://ann:«${PASSWORD}»@git.acme.test/a.git`),
  within("token in a URL", `https://«${drawn(40, HEX)}»:x-oauth-basic@git.acme.test/a.git`),
  within("Bearer", `Authorization: Bearer «${drawn(40)}»`),
  within("Basic", `Authorization: Basic «${base64(`ann:${PASSWORD}`)}»`),
  within("API key header", `X-Api-Key: «${drawn(32)}»`),
  within(
    "Azure SAS",
    `https://acme.blob.core.windows.net/c/b?sv=2024-11-04&se=2027-01-01&sr=b&sp=r&sig=«${encodeURIComponent(`${drawn(43, BASE64, 8)}=`)}»`,
  ),
  within(
    "Azure storage",
    `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=«${AZURE_KEY}»;EndpointSuffix=core.windows.net`,
  ),
  within(
    "Azure service bus",
    `Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=«${drawn(43, BASE64, 9)}=»`,
  ),
  within("SQL Server", `Server=db.acme.test;Database=x;User Id=app;Password=«${PASSWORD}»;Encrypt=true`),
  within("PostgreSQL, words", `host=db.acme.test user=app password=«${PASSWORD}» dbname=x`),
  within("curl, user", `curl -sS -u ann:«${PASSWORD}» https://git.acme.test/a`),
  within("curl, long", `curl --user 'ann:«${PASSWORD}»' https://git.acme.test/a`),
  within("MySQL", `mysql -u app -p«${PASSWORD}» x`),
  within("Set-Cookie", `Set-Cookie: sessionid=«${drawn(32)}»; Path=/; HttpOnly`),
  within("Cookie", `Cookie: theme=dark; connect.sid=s%3A«${drawn(32)}.${drawn(43, BASE64URL)}»`),
  within("PHP session", `PHPSESSID=«${drawn(26, HEX)}»`),
  within("option", `--token=«${drawn(20)}»`),
  within("variable", `export API_KEY=«${drawn(24)}»`),
  within("quoted member", `{"client_secret": "«${drawn(30)}»"}`),
  within("YAML password", `  password: "«${PASSWORD}»"`),
  within(".netrc", `machine git.acme.test login ann password «${PASSWORD}»`),
  within(".npmrc", `//registry.acme.test/:_authToken=«${drawn(36)}»`),
  within(".npmrc, user", `//registry.acme.test/:_auth=«${base64(`ann:${PASSWORD}`)}»`),
  within("Docker", `{"auths":{"r.acme.test":{"auth":"«${base64(`ann:${PASSWORD}`)}»"}}}`),
  within("query of a URL", `https://api.acme.test/v1?api_key=«${drawn(32)}»&a=1`),
  within("access token of a URL", `https://api.acme.test/v1?a=1&access_token=«${drawn(40)}»`),
  whole("Vault", `hvs.${drawn(90, BASE64URL)}`),
  whole("DigitalOcean", `dop_v1_${drawn(64, HEX)}`),
  whole("Databricks", `dapi${drawn(32, HEX)}`),
  whole("Shopify", `shpat_${drawn(32, HEX)}`),
  whole("Telegram", `${drawn(10, "123456789")}:AA${drawn(33, BASE64URL)}`),
  whole("Telegram, URL", `https://api.telegram.org/bot${drawn(10, "123456789")}:AA${drawn(33, BASE64URL)}/x`),
  whole(
    "Discord webhook",
    `https://discord.com/api/webhooks/${drawn(18, "123456789")}/${drawn(68, BASE64URL)}`,
  ),
  whole("Discord bot", `${base64("123456789012345678")}.${drawn(6)}.${drawn(38, BASE64URL)}`),
  whole("Mailgun", `key-${drawn(32, HEX)}`),
  whole("Heroku", `HRKU-AA${drawn(58, BASE64URL)}`),
  whole("Doppler", `dp.pt.${drawn(43)}`),
  whole("Linear", `lin_api_${drawn(40)}`),
  whole("Postman", `PMAK-${drawn(24, HEX)}-${drawn(34, HEX)}`),
  whole("age", `AGE-SECRET-KEY-1${drawn(58, `${UPPER}${DIGITS}`)}`),
  whole("Atlassian", `ATATT3${drawn(186, BASE64URL)}`),
  whole("Bitbucket app password", `ATBB${drawn(32)}`),
  whole("Hugging Face", `hf_${drawn(34)}`),
  whole("Grafana, cloud", `glc_${base64(JSON.stringify({ o: "1", n: "x", k: drawn(24) }))}`),
  whole("Grafana, service", `glsa_${drawn(32)}_${drawn(8, HEX)}`),
  whole("Sentry", `sntrys_${base64(JSON.stringify({ iat: 1, url: "x", org: "acme" }))}_${drawn(43, BASE64)}`),
  within("Cloudflare", `CLOUDFLARE_API_TOKEN=«${drawn(40, BASE64URL, 6)}»`),
  whole("Cloudflare, origin", `v1.0-${drawn(24, HEX)}-${drawn(146, HEX)}`),
  within("Fastly", `Fastly-Key: «${drawn(32, BASE64URL, 7)}»`),
  whole("Dropbox", `sl.u.${drawn(140, BASE64URL)}`),
  whole("Docker token", `dckr_pat_${drawn(27, BASE64URL, 3)}`),
  whole("Terraform", `${drawn(14)}.atlasv1.${drawn(64, BASE64URL)}`),
  whole("Netlify", `nfp_${drawn(36)}`),
  whole("Vercel", `vcp_${drawn(56)}`),
  whole("Fly.io", `fo1_${drawn(43, BASE64URL)}`),
  whole("Buildkite", `bkua_${drawn(40, HEX)}`),
  whole("CircleCI", `CCIPAT_${drawn(22)}_${drawn(40, HEX)}`),
  whole("Confluent", `cflt${drawn(60, BASE64)}`),
  whole("Artifactory", `AKC${drawn(69)}`),
  whole(
    "Microsoft Teams",
    `https://acme.webhook.office.com/webhookb2/${drawn(8, HEX)}-${drawn(4, HEX)}-4${drawn(3, HEX)}-9${drawn(3, HEX)}-${drawn(12, HEX)}@x/IncomingWebhook/${drawn(32, HEX)}/${drawn(12, HEX)}`,
  ),
  whole("Clojars", `CLOJARS_${drawn(60, HEX)}`),
  whole("Typeform", `tfp_${drawn(40)}_${drawn(14)}`),
];

/** Secrets that show by the name of the member that holds them. */
export const MEMBERS: readonly (readonly [name: string, value: string])[] = [
  ["password", `${PASSWORD}`],
  ["dbPassword", `${drawn(12, BASE62, 60)}4x`],
  ["client_secret", drawn(30, BASE62, 61)],
  ["apiKey", drawn(32, HEX, 62)],
  ["api_key", drawn(24, BASE62, 63)],
  ["AccountKey", drawn(88, BASE64, 64)],
  ["auth_token", drawn(20, BASE62, 65)],
  ["refreshToken", drawn(40, BASE62, 66)],
  ["_auth", base64(`ann:${drawn(20, BASE62, 67)}`)],
  ["cookie", `theme=dark; sid=${drawn(40, BASE62, 68)}`],
  ["Set-Cookie", `id=${drawn(40, BASE62, 69)}; Path=/; HttpOnly`],
];

/** Texts that look like secrets to the hasty, and give nothing away. */
export const INNOCENT: readonly string[] = [
  drawn(40, HEX),
  `commit ${drawn(40, HEX, 2)} by ann`,
  `sha256:${drawn(64, HEX)}`,
  `sha512-${drawn(86, BASE64)}==`,
  `md5 ${drawn(32, HEX)}`,
  "a87b8bcc-c229-4315-a744-c539fe993d44",
  "urn:uuid:a87b8bcc-c229-4315-a744-c539fe993d44",
  `data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA${drawn(400, BASE64)}`,
  `/9j/4AAQSkZJRgABAQAAAQABAAD${drawn(300, BASE64)}`,
  `R0lGODlhAQABAIAAAAAAAP${drawn(60, BASE64)}`,
  "/home/runner/work/acme-runtime/acme-runtime/node_modules/.bin/vitest",
  "C:\\Users\\ann\\AppData\\Local\\Temp\\a1b2c3d4\\events.ndjson",
  "src/rules/event/a-very-long-file-name-that-nobody-should-have-to-read.test.ts",
  "    at Object.check (/app/node_modules/mplp-check/dist/run/check.js:123:45)\n    at async main (file:///app/bin.js:1:2)",
  'Traceback (most recent call last):\n  File "/app/main.py", line 12, in <module>\n    raise KeyError("api_key")',
  "java.lang.IllegalStateException: token expired\n\tat com.acme.Auth.check(Auth.java:42)",
  "https://acme.test/a/b?page=2&sort=desc&next_page_token=CAEQAA1b2c3d4e5f6",
  "https://user:password@example.com",
  "postgres://postgres:postgres@localhost:5432/db",
  "postgres://$USER:$PASSWORD@db/x",
  "git@github.com:acme/runtime.git",
  "ssh://git@github.com/acme/runtime.git",
  "https://github.com/acme/runtime/actions/runs/1234567890",
  `docker.io/acme/runtime@sha256:${drawn(64, HEX, 3)}`,
  `AKIAIOSFODNN7${"EXAMPLE"}`,
  "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "sk-learn-is-a-library-with-a-very-long-name-indeed",
  "SKIPPED: SKU 4711, SK-1 and SKf",
  "key-value store, key-board, key-a",
  "the mysql -p option asks for a password; so does mysqldump -p",
  "curl -u needs a user name; curl --user $USER:$TOKEN https://acme.test",
  "curl -sS -o out.json https://acme.test/a1b2c3",
  "login fails, password forgotten; login as ann password required",
  "the cookie banner: accept cookies; Cookie: theme=dark",
  "Set-Cookie: lang=en; Path=/",
  "sessionid is missing",
  "sig=none&sp=r",
  "Authorization: Bearer $TOKEN",
  "Basic functionality of the runtime",
  "author: ann, authority: acme, auth: none",
  '{"auth": "none"}',
  '{"auth": "oauth2-client-credentials"}',
  "password: must be at least 12 characters",
  "The token was refreshed, the secret rotated.",
  "prompt_tokens=1435, completion_tokens=319, max_tokens=4096",
  "v1.0-rc.1, v1.0-beta, acme-adapter-v1.0",
  "path: patch.pat, pattern",
  "-----BEGIN CERTIFICATE-----",
  base64(
    "-----BEGIN CERTIFICATE-----\nabcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789\n",
  ),
  "-----BEGIN PUBLIC KEY-----",
  "MTU, NTFS, NDJSON, Mjölnir, ODBC, OTP and NTP",
  "AAPL 1234567890:AA, ratio 12:34",
  "npm_config_registry_and_other_settings_of_npm",
  "hf_transformers_pipeline_for_text_generation",
  "2026-01-05T08:00:00.000Z 10.0.0.1:8080 [::1]:443",
  "aVeryLongIdentifierInCamelCaseThatNobodyShouldHaveToRead",
  "A_VERY_LONG_CONSTANT_THAT_NOBODY_SHOULD_HAVE_TO_READ_42",
  "eyJ is how base64 of JSON begins",
  base64(JSON.stringify({ name: "plan", steps: [1, 2, 3], about: "an ordinary text of some length" })),
];
