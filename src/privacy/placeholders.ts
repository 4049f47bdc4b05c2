/** Variables, templates and masks: $TOKEN, ${TOKEN}, %TOKEN%, <token>, {{token}}, [redacted], ***, xxxx, ... */
const STAND_IN = /^[$<{[(`]|^%\w+%$|^(.)\1*$|\$\{|\{\{|\*{3}|\.{3}|…|x{4}|X{4}/u;

/** Words that occur only in values with nothing to hide; short ones may stand by chance in the middle of a random one. */
const TELLING =
  /redacted|masked|removed|hidden|omitted|placeholder|example|sample|dummy|change[-_]?me|replace|insert|your[-_]|(?<![A-Za-z\d])(?:fake|todo)|(?:fake|todo)(?![A-Za-z\d])/i;

/** Words that mean "put it here": token, password2, my-secret, api_key, none, true, string. */
const GENERIC =
  /^(?:(?:my|the|some|test|new|old|your|db|api|access|client|auth|user)[-_]?)*(?:token|pass|passwd|password|passphrase|pwd|secret|key|value|string|text|user|username|test|env|file|stdin|prompt|none|null|nil|undefined|true|false|yes|no|on|off|required|optional|empty|unset|basic|bearer)s?\d?$/i;

/** Longest part of a value to test: repeated groups in an expression need memory for every repetition. */
const HEAD = 256;

/** True if the value replaces a secret, or means that there is none. */
export function isPlaceholderSecret(value: string): boolean {
  const head = value.slice(0, HEAD);
  return STAND_IN.test(head) || TELLING.test(head) || GENERIC.test(head);
}

const REFERENCES: readonly RegExp[] = [
  // Another option.
  /^-/,
  // Paths and file names.
  /^(?:\.{0,2}[/\\]|~|[A-Za-z]:[/\\])|\.(?:pem|key|crt|txt|json|ya?ml|env|cfg|conf|ini|[cm]?[jt]s|py)$/,
  /^[a-z][a-z0-9+.-]*:\/\//i,
  // The name of an environment variable, a member of an object.
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
  /^[A-Za-z_]\w{0,30}(?:\.[A-Za-z_]\w{0,30})+$/,
  // Versions, dates, digests, UUIDs.
  /^v?\d+\.\d+/,
  /^\d{4}-\d\d-\d\d/,
  /^(?:sha\d+|md5)[:-]/i,
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
];

/** True if the value only says where a secret is, or which one, and so reveals nothing. */
export function isReference(value: string): boolean {
  const head = value.slice(0, HEAD);
  return REFERENCES.some((pattern) => pattern.test(head));
}

/** True if nobody would write the text by hand: alternating letters and digits, or both cases and digits. */
export function looksRandom(text: string): boolean {
  if (text.length < 10) return false;
  const turns = turnsIn(text, /[A-Za-z]\d|\d[A-Za-z]/g, 2);
  if (turns >= 2) return true;
  return turns > 0 && text.length >= 16 && turnsIn(text, /[a-z][A-Z]|[A-Z]{2}[a-z]/g, 3) >= 3;
}

/** The number of matches of `pattern`, counted up to `limit`. Matches of two characters may overlap. */
function turnsIn(text: string, pattern: RegExp, limit: number): number {
  let turns = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null && turns < limit; match = pattern.exec(text)) {
    turns++;
    pattern.lastIndex = match.index + 1;
  }
  return turns;
}

const SIGN_OF_EXAMPLE = /example|placeholder|redacted/i;
/** Of a billion random tokens of 36 letters and digits, one or two have six x of one case in a row. */
const MASKED = /x{6}|X{6}/;

/** True if the text has as many different characters as a random one, and no sign of an example. */
export function isVaried(text: string): boolean {
  return new Set(text.slice(0, HEAD)).size >= 8 && !SIGN_OF_EXAMPLE.test(text) && !MASKED.test(text);
}
