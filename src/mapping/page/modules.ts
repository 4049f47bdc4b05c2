import { documentedModule } from "../names.js";
import type { PageText } from "./blocks.js";
import { moduleIn } from "./module-names.js";
import { ModuleNotes } from "./notes.js";
import { isNegated } from "./terms.js";
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

/** The module that a cell names beside a number or a remark, as headings do; otherwise the cell's words. */
function nameIn(cell: PageText): string {
  const words = wordsIn(cell);
  if (documentedModule(words) !== undefined || isNegated(words)) return words;
  const named = moduleIn(words);
  return named?.isKnown === true ? named.name : words;
}

/** A cell's words without a leading sign or a footnote mark. */
function wordsIn(cell: PageText): string {
  const words = plain(cell).replace(FOOTNOTE, "");
  return /[\p{L}\p{Nd}](?:.*[\p{L}\p{Nd})])?/su.exec(words)?.[0] ?? "";
}

const FOOTNOTE = /\[\^[^\]\s]{1,40}\]/g;

function slashed(piece: PageText): PageText[] {
  const parts: PageText[] = [];
  let from = 0;
  for (const part of piece.text.split("/")) {
    parts.push(cut(piece, from, from + part.length));
    from += part.length + 1;
  }
  return parts;
}
