import { accessModeOf, ownershipOf } from "../../model/mapping.js";
import type { PageText } from "./blocks.js";
import { cut, piecesOf, plain, remarksOf, textParts } from "./text.js";

/** An area that a page names, with the remarks beside the name. */
export interface AreaMention {
  readonly area: PageText;
  ownership: PageText | undefined;
  access: PageText | undefined;
}

const PREFIXED = /^psg\./i;
const PREFIXED_WORDS = /\bpsg\.[\w*]+(?:\.[\w*]+)*/gi;
/** The name of an area without a code span: "plans", "Project root", "*". */
const NAME = /^(?:\*|[\p{L}_][\p{L}\d_.*-]*(?: [\p{L}\d_-]+){0,2})$/u;
/** Among marked names, an unmarked word must at least look like a name. */
const SNAKE = /^[a-z][a-z\d]*(?:_[a-z\d]+)+$/;
const NOTHING = /^(?:none|n\/?a|nil|nothing|no|not)(?: .*)?$/i;
/** The end of a name and the start of a remark. */
const REMARK = /[([:]|\s[-–—]\s/;

/** True if the stretch marks names by "psg." or a code span. */
export function hasMarks(stretch: PageText): boolean {
  return /\bpsg\./i.test(stretch.text) || textParts(stretch).some(({ isCode }) => isCode);
}

/**
 * The areas of a cell, a list item or the rest of a line: "`psg.plans` (primary), `psg.plan_steps`".
 *
 * @param isMarked true if names are marked, so that unmarked words are probably not names
 */
export function areasIn(stretch: PageText, isMarked = hasMarks(stretch)): readonly AreaMention[] {
  const mentions: AreaMention[] = [];
  const isPrefixed = /\bpsg\./i.test(stretch.text);
  let isDescribed = false;
  for (const piece of piecesOf(stretch)) {
    const names: readonly PageText[] = isPrefixed ? prefixedIn(piece) : isDescribed ? [] : leadingCode(piece);
    const areas: readonly PageText[] =
      names.length > 0 || isDescribed ? names : plainName(piece, isMarked ? SNAKE : NAME);
    for (const area of areas) mentions.push({ area, ownership: undefined, access: undefined });
    const remarks = remarksBehind(piece, areas);
    const isRemarked = remark(mentions.slice(areas.length === 0 ? -1 : -areas.length), piece, remarks);
    isDescribed ||= areas.length > 0 && !isRemarked && isDescription(remarks);
  }
  return mentions;
}

/** True if the text after a name and its bracketed remark describes it: "plans: what, when". */
function isDescription(remarks: string): boolean {
  return /^[\s*_]*(?:\([^()]*\)[\s*_]*)?(?::|[-–—]\s)/.test(remarks);
}

function prefixedIn(piece: PageText): readonly PageText[] {
  return textParts(piece).flatMap((part) => {
    if (part.isCode) return PREFIXED.test(part.text) ? [part] : [];
    return [...part.text.matchAll(PREFIXED_WORDS)].map(({ index, 0: text }) => ({
      text,
      start: part.start + index,
    }));
  });
}

/** The code spans at the beginning of a piece; later ones belong to a description. */
function leadingCode(piece: PageText): readonly PageText[] {
  const names: PageText[] = [];
  for (const part of textParts(piece)) {
    if (part.isCode) names.push(part);
    else if (/[\p{L}\d:]|[-–—]/u.test(part.text)) break;
  }
  return names;
}

function plainName(piece: PageText, pattern: RegExp): readonly PageText[] {
  const at = piece.text.search(REMARK);
  const head = at < 0 ? piece : cut(piece, 0, at);
  const text = plain(head);
  if (!pattern.test(text) || NOTHING.test(text) || isRemark(text)) return [];
  const marks = Math.max(0, head.text.indexOf(text));
  return [{ text, start: head.start + marks }];
}

/** The text after the names of a piece, at the same offsets. */
function remarksBehind(piece: PageText, names: readonly PageText[]): string {
  const last = names.at(-1);
  const from = last === undefined ? 0 : last.start - piece.start + last.text.length;
  return " ".repeat(from) + remarksOf(piece).slice(from);
}

function isRemark(text: string): boolean {
  return accessModeOf(text) !== undefined || OWNERSHIP_WORDS.test(text);
}

const OWNERSHIP_WORDS = /^(?:(?:non-)?(?:primary|shared|derived)|owner|owned)(?: owner(?:ship)?)?$/i;

/** Adds the ownership and access in a remark to each of the areas; false if the remark states neither. */
function remark(areas: readonly AreaMention[], piece: PageText, remarks: string): boolean {
  const ownership = ownershipWord({ ...piece, text: remarks });
  const access = accessRemark(piece, remarks);
  for (const area of areas) {
    area.ownership ??= ownership;
    area.access ??= access;
  }
  return ownership !== undefined || access !== undefined;
}

/** The word of a remark that states the ownership of an area. */
export function ownershipWord(remarks: PageText): PageText | undefined {
  const ownership = ownershipOf(remarks.text);
  if (ownership === undefined) return undefined;
  const at = remarks.text.toLowerCase().search(new RegExp(`(?<!\\bnot |\\bnon-)\\b${ownership}\\b`));
  return cut(remarks, at, at + ownership.length);
}

/** The part of a remark that states an access mode: "(READ-WRITE, primary)", "- read only". */
function accessRemark(piece: PageText, remarks: string): PageText | undefined {
  let from = 0;
  for (const fragment of remarks.split(/[,;():]|\s(?=[-–—]\s)/)) {
    const bare = fragment.replace(/^\s*[-–—]\s/, (dash) => " ".repeat(dash.length));
    const mode = /\p{L}/u.test(bare) ? accessModeOf(bare.trim())?.mode : undefined;
    if (mode !== undefined && mode !== "NONE")
      return cut(piece, from + bare.search(/\S/), from + bare.length);
    from += fragment.length + 1;
  }
  return undefined;
}

/** An event family and how strongly the module must emit it, or a learning family. */
export interface FamilyMention {
  readonly family: PageText;
  readonly level: PageText | undefined;
}

const LEVEL = /\b(?:MUST|REQUIRED|SHOULD|RECOMMENDED|OPTIONAL|MAY|PROFILE)\b/i;

/** The families of a cell, a list item or the rest of a line: "`graph_update` (MUST), GraphUpdateEvent". */
export function familiesIn(stretch: PageText): readonly FamilyMention[] {
  const mentions: FamilyMention[] = [];
  for (const piece of piecesOf(stretch)) {
    const found = LEVEL.exec(remarksOf(piece));
    const level = found === null ? undefined : cut(piece, found.index, found.index + found[0].length);
    const text = found === null ? piece.text : blanked(piece.text, found.index, found[0].length);
    const rest = cut({ ...piece, text }, Math.max(0, text.search(/[\p{L}*`]/u)), text.length);
    const names = [...leadingCode(rest), ...plainName(rest, NAME)];
    const family = names[0];
    if (family === undefined) continue;
    mentions.push({ family, level });
    if (isDescription(remarksBehind(rest, [family]))) break;
  }
  return mentions;
}

function blanked(text: string, at: number, length: number): string {
  return text.slice(0, at) + " ".repeat(length) + text.slice(at + length);
}
