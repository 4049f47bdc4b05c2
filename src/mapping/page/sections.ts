import { accessModeOf } from "../../model/mapping.js";
import type { PageBlock, PageText } from "./blocks.js";
import { type AreaMention, areasIn, hasMarks, ownershipWord } from "./mentions.js";
import { moduleIn, unnumbered } from "./module-names.js";
import type { PageModules } from "./modules.js";
import type { ModuleNotes } from "./notes.js";
import { isBold, labelOf, statementsIn } from "./statements.js";
import { isNegated, type Topic, topicOf } from "./terms.js";
import { plain } from "./text.js";

/** The part of a page under a heading that names a module. */
interface Section {
  readonly name: string;
  readonly heading: PageText;
  readonly level: number;
  readonly isKnown: boolean;
  /** Topics of lists. A label or heading at one depth sets the topic of the lists below it. */
  topics: readonly SetTopic[];
  /** The areas in the innermost heading that names any. */
  areas: readonly AreaMention[];
  /** True if "psg." or a code span marked an area of the section. */
  isMarked: boolean;
}

interface SetTopic {
  /** Undefined if the topic is unknown. */
  readonly topic: Topic | undefined;
  /** True if the list is about something that is not so. */
  readonly isDenied: boolean;
  readonly depth: number;
}

/** Depths of topics that a paragraph or a heading sets for lists of depth 0. */
const OUTSIDE = -1;
const HEADING = -2;

/** Reads a page's sections about modules: labelled lines, and lists of areas. */
export class Sections {
  #section: Section | undefined;
  readonly #seen: Section[] = [];

  constructor(readonly modules: PageModules) {}

  take(block: Exclude<PageBlock, { kind: "table" }>): void {
    if (block.kind === "heading") this.#heading(block.level, block.text);
    else if (this.#section !== undefined) {
      const depth = block.kind === "item" ? block.depth : OUTSIDE;
      for (const statement of statementsIn(block.text)) this.#statement(this.#section, statement, depth);
    }
  }

  /** The module of the current section; undefined if the section is about something that is not so. */
  current(): ModuleNotes | undefined {
    const section = this.#section;
    const isDenied = section?.topics.some((set) => set.isDenied);
    return section === undefined || isDenied ? undefined : this.#notes(section);
  }

  /** A module with a section counts as named, even if the section names no areas. */
  close(): void {
    for (const section of this.#seen) if (section.isKnown) this.#notes(section);
  }

  #notes({ name, heading }: Section): ModuleNotes {
    return this.modules.of(name, heading);
  }

  #heading(level: number, heading: PageText): void {
    const outer = this.#section;
    const isInside = outer !== undefined && level > outer.level;
    const named = moduleIn(plain(heading));
    // "Role" below "Plan Module" is about the role of that module.
    if (named !== undefined && (!isInside || named.saysModule)) {
      this.#section = { ...named, heading, level, topics: [], areas: [], isMarked: false };
      this.#seen.push(this.#section);
    } else if (isInside) this.#headingInside(outer, heading);
    else this.#section = undefined;
  }

  #headingInside(section: Section, heading: PageText): void {
    section.areas = /^[\s`*_]*psg\./i.test(heading.text) ? areasIn(heading) : [];
    if (section.areas.length > 0) this.#notes(section).takeAreas({ kind: "areas" }, heading, section.areas);
    const words = unnumbered(plain(heading));
    const topic = topicOf(words);
    const isDenied = isNegated(words);
    section.topics = topic !== undefined || isDenied ? [{ topic, isDenied, depth: HEADING }] : [];
  }

  #statement(section: Section, statement: PageText, depth: number): void {
    section.topics = section.topics.filter(
      (set) => set.depth < depth || (depth === OUTSIDE && set.depth === depth),
    );
    const label = labelOf(statement);
    const topic = label && topicOf(plain(label.label));
    // Below "Events", "MAP events: ..." is one of them.
    const isEntry =
      topic !== undefined && depth !== OUTSIDE && this.#topicAt(section, depth)?.kind === topic.kind;
    if (label === undefined || isEntry) this.#entry(section, statement, depth);
    else if (label.rest === undefined) {
      if (topic === undefined && depth !== OUTSIDE) this.#item(section, label.label, depth);
      this.#setTopic(section, topic, depth, isNegated(plain(label.label)));
    } else if (topic !== undefined) {
      this.#say(section, topic, label.rest);
      // A list below an access mode explains the mode.
      this.#setTopic(section, topic.kind === "access" ? undefined : topic, depth, false);
    } else {
      if (depth === OUTSIDE && isBold(statement)) this.#setTopic(section, undefined, depth, false);
      this.#entry(section, statement, depth);
    }
  }

  #entry(section: Section, statement: PageText, depth: number): void {
    if (depth === OUTSIDE) this.#prose(section, statement);
    else this.#item(section, statement, depth);
  }

  /** The topic of the list that contains an item of this depth. */
  #topicAt(section: Section, depth: number): Topic | undefined {
    const set = section.topics.at(-1);
    return set !== undefined && depth === Math.max(set.depth, OUTSIDE) + 1 ? set.topic : undefined;
  }

  /** A label replaces the previous one. A label without a known topic does not replace a heading's topic. */
  #setTopic(section: Section, topic: Topic | undefined, depth: number, isDenied: boolean): void {
    section.topics = section.topics.filter((set) => set.depth < depth);
    const hasHeading = section.topics.some((set) => set.depth === HEADING && set.topic !== undefined);
    if (topic !== undefined || isDenied || depth !== OUTSIDE || !hasHeading)
      section.topics = [...section.topics, { topic, isDenied, depth }];
  }

  #say(section: Section, topic: Topic, words: PageText): void {
    const notes = this.#notes(section);
    if (topic.kind === "ownership") {
      if (section.areas.length === 0) notes.ownership ??= ownershipWord(words)?.text;
      for (const area of section.areas) area.ownership ??= ownershipWord(words);
    } else if (topic.kind === "areas") {
      // "WRITE: on creation, on changes" gives occasions, not areas.
      if (topic.mode !== undefined && !NAMES_FIRST.test(words.text)) return;
      section.isMarked ||= hasMarks(words);
      notes.takeAreas(topic, words, areasIn(words, section.isMarked || topic.mode !== undefined));
    } else notes.take(topic, words);
  }

  #item(section: Section, item: PageText, depth: number): void {
    const topic = this.#topicAt(section, depth);
    const isArea = /^[\s`*_]*psg\./i.test(item.text);
    const isUnderAreas = section.topics.at(-1)?.topic?.kind === "areas";
    if (topic !== undefined) this.#say(section, topic, item);
    else if (isArea && (section.topics.length === 0 || isUnderAreas))
      this.#say(section, { kind: "areas" }, item);
  }

  /** Uses prose only if it answers its topic ("#### Access"), or says that the module is not implemented. */
  #prose(section: Section, statement: PageText): void {
    const topic = section.topics.at(-1)?.topic;
    const words = plain(statement);
    const isAccess = topic?.kind === "access" && accessModeOf(words) !== undefined;
    const isAreas = topic?.kind === "areas" && /^(?:`|[*_]*psg\.)/i.test(statement.text);
    if (topic !== undefined && (isAccess || isAreas)) this.#say(section, topic, statement);
    else if (section.isKnown && NOT_IMPLEMENTED.test(words))
      this.#notes(section).access(statement, "not implemented");
  }
}

/** Text that begins with the name of an area, or contains a clearly marked one. */
const NAMES_FIRST = /^[*_]*(?:`|[a-z\d]+_)|\bpsg\./i;

const NOT_IMPLEMENTED = /^not (?:yet )?(?:implemented|supported)\b/i;
