import { stringsIn } from "../model/strings-in.js";
import { type Secret, secretsIn, secretsInArguments } from "./secrets.js";

/** A string of a JSON value that holds secrets. */
export interface SecretAt {
  readonly pointer: string;
  readonly text: string;
  readonly secrets: readonly Secret[];
}

/** All strings of a JSON value that hold secrets. An array of strings may be the arguments of a command. */
export function* secretsInValue(root: unknown): Generator<SecretAt> {
  const lists = new Map<readonly unknown[], ReadonlyMap<number, readonly Secret[]>>();
  for (const { pointer, text, list, index } of stringsIn(root)) {
    if (list !== undefined && !lists.has(list)) lists.set(list, secretsInArguments(list));
    const secrets = list === undefined ? secretsIn(text) : (lists.get(list)?.get(index) ?? []);
    if (secrets.length > 0) yield { pointer, text, secrets };
  }
}
