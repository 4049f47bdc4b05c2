import { replacedIn, type Scalar, type Span, scalarsOf } from "../../json/json-scan.js";
import { mayHoldSecrets, type Secret, secretsIn } from "../../privacy/secrets.js";
import { type SecretAt, secretsInValue, secretsOutOfSight } from "../../privacy/secrets-in-value.js";

/** A scalar value or a member name of a record, with its secrets. */
export interface SecretScalar extends Scalar {
  readonly spelled: string;
  /** Its value: for a string, its characters. */
  readonly plain: string;
  /** Offsets into `plain`. */
  readonly secrets: readonly Secret[];
}

/**
 * Every scalar value and every member name of a JSON record. The parsed record lacks members that a later member of the
 * same name replaces, and no pointer leads to values that nest too deeply. Such values are judged by the known facts
 * alone.
 *
 * @param signs bits of SIGN that may be in the text
 */
export function* secretScalars(text: string, value: unknown, signs?: number): Generator<SecretScalar> {
  const mayHold = mayHoldSecrets(text, signs);
  const known = new Map(mayHold ? [...secretsInValue(value)].map((found) => [found.pointer, found]) : []);
  const isReplaced = mayHold ? inOneOf(replacedIn(text)) : () => false;
  for (const scalar of scalarsOf(text)) {
    const spelled = text.slice(scalar.start, scalar.end);
    const plain = spelled.startsWith('"') ? (JSON.parse(spelled) as string) : spelled;
    const secrets = mayHold ? secretsOf(scalar, spelled, plain, known, isReplaced(scalar.start)) : [];
    yield { ...scalar, spelled, plain, secrets };
  }
}

function secretsOf(
  { isName, member, pointer }: Scalar,
  spelled: string,
  plain: string,
  known: ReadonlyMap<string, SecretAt>,
  isReplaced: boolean,
): readonly Secret[] {
  if (isName) return secretsIn(plain);
  if (/^[tfn]/.test(spelled)) return [];
  if (isReplaced || pointer === undefined) return secretsOutOfSight(member, plain);
  const own = known.get(pointer);
  if (own === undefined || own.text === plain) return own?.secrets ?? [];
  // A number that is not spelled as a program would.
  return own.secrets.slice(0, 1).map(({ kind }) => ({ start: 0, end: plain.length, kind }));
}

/** Tells if an offset lies in one of some spans; offsets must not go back. */
function inOneOf(spans: readonly Span[]): (offset: number) => boolean {
  let next = 0;
  return (offset) => {
    while ((spans[next]?.end ?? Number.POSITIVE_INFINITY) <= offset) next++;
    return (spans[next]?.start ?? Number.POSITIVE_INFINITY) <= offset;
  };
}
