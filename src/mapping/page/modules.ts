import { documentedModule } from "../names.js";
import type { PageText } from "./blocks.js";
import { ModuleNotes } from "./notes.js";
import { cut, piecesOf, plain } from "./text.js";

/** The statements of a page about its modules, in the order in which it names them. */
export class PageModules {
  readonly #notes = new Map<string, ModuleNotes>();

  /** The notes of a module; several spellings may mean the same module. */
  of(name: string, place: PageText): ModuleNotes {
    const key = documentedModule(name) ?? name.toLowerCase();
    const notes = this.#notes.get(key) ?? new ModuleNotes(name, place);
    this.#notes.set(key, notes);
    return notes;
  }

  all(): readonly ModuleNotes[] {
    return [...this.#notes.values()];
  }

  /** The modules in a cell: one, or several known ones ("Plan, Confirm", "Dialog / Collab"). */
  inCell(cell: PageText): readonly { name: string; place: PageText; isKnown: boolean }[] {
    const whole = nameIn(cell);
    const names = piecesOf(cell)
      .flatMap(slashed)
      .map((place) => ({ name: nameIn(place), place }));
    const isList = names.length > 1 && names.every(({ name }) => documentedModule(name) !== undefined);
    if (isList && documentedModule(whole) === undefined)
      return names.map((each) => ({ ...each, isKnown: true }));
    return whole === "" ? [] : [{ name: whole, place: cell, isKnown: documentedModule(whole) !== undefined }];
  }
}

/** A cell's words without a leading sign or a trailing footnote mark. */
function nameIn(cell: PageText): string {
  return /[\p{L}\p{N}](?:.*[\p{L}\p{N})])?/su.exec(plain(cell))?.[0] ?? "";
}

function slashed(piece: PageText): PageText[] {
  const parts: PageText[] = [];
  let from = 0;
  for (const part of piece.text.split("/")) {
    parts.push(cut(piece, from, from + part.length));
    from += part.length + 1;
  }
  return parts;
}
