import type { Allowance, Emit } from "../../model/rule.js";
import type { ParsedRecord } from "../../model/subject.js";
import { mayHoldSecrets } from "../../privacy/secrets.js";
import { type SecretAt, secretsInNames, secretsInValue } from "../../privacy/secrets-in-value.js";
import type { ClauseId } from "../../protocol/clauses/clauses.js";
import type { MplpEventRule } from "../shared/define.js";

/** IS-7.1-2: no event and no learning sample holds a secret. Outputs show a mask and the secret's length instead. */
export const noSecrets: MplpEventRule = {
  evidence: "event",
  id: "no-secrets",
  clauses: ["IS-7.1-2"],
  title: "No secrets in events",
  why: "Logs are copied, shipped and kept for years; whoever reads one can use every credential in it.",
  fix: "Revoke the credential, and strip tokens from URLs, arguments and messages before an event is emitted.",
  scopes: ["any", "learning-sample"],
  looksAt: "text",
  check: ({ record }, emit, allowance) => {
    if (record.signs === 0 || !mayHoldSecrets(record.text, record.signs)) return;
    for (const found of secretsInValue(record.value))
      report(found, "the value", emit, (secret) => isDummy(secret, found, allowance));
    for (const found of secretsInNames(record.value))
      report(found, "the name of a member", emit, (secret) => isDummy(secret, found, allowance));
    for (const found of secretsReplaced(record))
      report(found, "an earlier value of a repeated key", emit, (secret) =>
        isDummy(secret, found, allowance),
      );
  },
};

/** The secrets that readers of the last value of a key do not see. They are placed at that value. */
function* secretsReplaced({ replaced }: ParsedRecord): Generator<SecretAt> {
  for (const { name, pointer, text } of replaced?.() ?? []) {
    const value: unknown = JSON.parse(text);
    for (const found of [...secretsInValue({ [name]: value }), ...secretsInNames(value)])
      yield { ...found, pointer };
  }
}

function report(
  { pointer, text, secrets }: SecretAt,
  what: string,
  emit: Emit<ClauseId>,
  isDummy: (secret: string) => boolean,
): void {
  const real = secrets.filter(({ start, end }) => !isDummy(text.slice(start, end)));
  for (let count = real.length; count < secrets.length; count++)
    emit({ ...DUMMY, pointer: bounded(pointer) });
  for (const kind of new Set(real.map((secret) => secret.kind))) {
    const own = real.filter((secret) => secret.kind === kind);
    const values = own.map(({ start, end }) => text.slice(start, end));
    emit({ message: `${what} holds ${kind}`, pointer: bounded(pointer), shape: kind, values });
  }
}

const DUMMY = {
  message: "a secret is in the configuration's list of known dummies",
  hint: "if it gives access to something, remove it from known-dummies in the configuration",
  shape: "dummy",
  level: "NOTE",
} as const;

/** True if the secret, or the whole text around it, is a listed dummy. */
function isDummy(secret: string, { text }: SecretAt, allowance: Allowance): boolean {
  return allowance.isDummy(secret) || allowance.isDummy(text);
}

/** The sender chooses member names: a pointer of megabytes helps nobody. */
const MAX_POINTER = 1000;

function bounded(pointer: string): string {
  return pointer.length <= MAX_POINTER ? pointer : "";
}
