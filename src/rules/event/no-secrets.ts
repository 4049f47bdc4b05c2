import { mayHoldSecrets, type Secret } from "../../privacy/secrets.js";
import { secretsInNames, secretsInValue } from "../../privacy/secrets-in-value.js";
import type { MplpEventRule } from "../define.js";

/** IS-7.1-2: no event and no learning sample holds a secret. No output ever repeats one: excerpts show a mask and its length. */
export const noSecrets: MplpEventRule = {
  evidence: "event",
  id: "no-secrets",
  clauses: ["IS-7.1-2"],
  title: "No secrets in events",
  why: "Logs are copied, shipped and kept for years; whoever reads one can use every credential in it.",
  fix: "Revoke the credential, and strip tokens from URLs, arguments and messages before an event is emitted.",
  scopes: ["any", "learning-sample"],
  looksAt: "text",
  check: ({ record }, emit) => {
    if (record.signs === 0 || !mayHoldSecrets(record.text, record.signs)) return;
    for (const { pointer, secrets } of secretsInValue(record.value))
      for (const kind of kindsIn(secrets))
        emit({ message: `the value holds ${kind}`, pointer: bounded(pointer), shape: kind });
    for (const { pointer, secrets } of secretsInNames(record.value))
      for (const kind of kindsIn(secrets))
        emit({ message: `the name of a member holds ${kind}`, pointer: bounded(pointer), shape: kind });
  },
};

function kindsIn(secrets: readonly Secret[]): ReadonlySet<string> {
  return new Set(secrets.map(({ kind }) => kind));
}

/** Member names are the sender's: a pointer of megabytes helps nobody. */
const MAX_POINTER = 1000;

function bounded(pointer: string): string {
  return pointer.length <= MAX_POINTER ? pointer : "";
}
