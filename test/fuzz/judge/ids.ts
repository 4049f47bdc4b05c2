const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const URN = /^urn:uuid:/i;

/** A UUID is the same in capitals (RFC 9562, section 4); other ids are as they are. */
export const sameId = (id: string): string => (UUID.test(id.replace(URN, "")) ? id.toLowerCase() : id);

const uuidsIn = (text: string): readonly string[] => text.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];

/** Ids of lines that the judge does not know: what an event with one of them does is left open. */
export class Taints {
  readonly #uuids = new Set<string>();
  readonly #texts = new Set<string>();

  /** Takes what may be an id in a line: UUIDs, and whatever is in quotes. */
  add(line: string): void {
    const text = line
      .replaceAll(/\\u00([0-7][0-9a-f])/gi, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      )
      .toLowerCase();
    for (const uuid of uuidsIn(text)) this.#uuids.add(uuid);
    for (const [, quoted = ""] of text.matchAll(/"([^"]*)"/g)) this.#texts.add(quoted);
  }

  /** True if a key may be that of such a line. */
  has(key: readonly string[]): boolean {
    const parts = key.map((part) => part.toLowerCase());
    return (
      parts.flatMap(uuidsIn).some((uuid) => this.#uuids.has(uuid)) ||
      parts.every((part) => this.#texts.has(part) || this.#texts.has(asWritten(part)))
    );
  }
}

/** A text as JSON spells it: lines are taken as they are, with their backslashes twice. */
function asWritten(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
