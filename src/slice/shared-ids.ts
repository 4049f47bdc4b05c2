import type { Piece } from "./piece.js";

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
/** The value of a member that is called an id, if it is a plain text. */
const NAMED = /"[A-Za-z_]{0,40}_id"\s{0,8}:\s{0,8}"([^"\\]{3,100})"/g;
/** Every event of a log may have it. */
const PROJECT = /"project_id"\s{0,8}:\s{0,8}"[^"\\]{0,100}"/g;

const MOST_IDS = 40;

/** Ids by which records belong together: those of pipelines, executions, graphs, runs and the like. */
export class SharedIds {
  readonly #ids: readonly Buffer[];

  private constructor(texts: readonly string[]) {
    const ids = texts.flatMap((text) => [
      ...(text.match(UUID) ?? []),
      ...Array.from(text.matchAll(NAMED), ([, id = ""]) => id),
    ]);
    this.#ids = [...new Set(ids)].slice(0, MOST_IDS).map((id) => Buffer.from(id));
  }

  /** All ids of some records. */
  static wide(pieces: readonly Piece[]): SharedIds {
    return new SharedIds(pieces.map(({ text }) => text));
  }

  /** Their ids without that of the project. */
  static narrow(pieces: readonly Piece[]): SharedIds {
    return new SharedIds(pieces.map(({ text }) => text.replaceAll(PROJECT, "")));
  }

  get isEmpty(): boolean {
    return this.#ids.length === 0;
  }

  /** True if a record has one of the ids. */
  isIn(bytes: Uint8Array): boolean {
    const record = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return this.#ids.some((id) => record.includes(id));
  }
}
