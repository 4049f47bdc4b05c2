import type { Placed } from "../../documents/places.js";
import type { Span } from "../../json/json-scan.js";
import { accessModeOf } from "../../model/mapping.js";
import type { PageText } from "./blocks.js";
import { type AreaMention, areasIn, familiesIn } from "./mentions.js";
import type { AreasTopic, Topic } from "./terms.js";
import { plain } from "./text.js";

/** A value of the mapping that a page states, with its places on the page. */
export interface Noted {
  readonly value: unknown;
  readonly placed: Placed;
}

function spanOf({ text, start }: PageText): Span {
  return { start, end: start + text.length };
}

/** A value: the words of the page, or their meaning. */
export function said(stretch: PageText, value: string = plain(stretch)): Noted {
  return { value, placed: { span: spanOf(stretch) } };
}

export function listedNotes(items: readonly Noted[]): Noted | undefined {
  const [first] = items;
  if (first === undefined) return undefined;
  const members = new Map(items.map(({ placed }, index) => [String(index), placed]));
  return { value: items.map(({ value }) => value), placed: { span: first.placed.span, members } };
}

/** An object of the members that the page states. */
export function object(span: Span, members: Readonly<Record<string, Noted | undefined>>): Noted {
  const value = Object.create(null) as Record<string, unknown>;
  const places = new Map<string, Placed>();
  for (const [name, noted] of Object.entries(members)) {
    if (noted === undefined) continue;
    value[name] = noted.value;
    places.set(name, noted.placed);
  }
  return { value, placed: { span, members: places } };
}

/** The statements of a page about one module, from different places. */
export class ModuleNotes {
  /** The ownership of all areas without their own. */
  ownership: string | undefined;
  readonly #access: Noted[] = [];
  readonly #areas = new Map<string, { mention: AreaMention; otherwise: string | undefined }>();
  readonly #events: Noted[] = [];
  readonly #learning: Noted[] = [];
  readonly #remarks = new Map<"reason" | "notes", Noted>();

  /** `name` is the first spelling on the page, at `place`. */
  constructor(
    readonly name: string,
    readonly place: PageText,
  ) {}

  /** Notes an access mode: the words of a stretch, or their meaning. */
  access(at: PageText, value?: string): void {
    this.#access.push(said(at, value));
  }

  /** Notes the statement of a cell, a list item or the rest of a line about a topic. */
  take(topic: Topic, at: PageText): void {
    if (topic.kind === "access") this.access(at);
    else if (topic.kind === "areas") this.takeAreas(topic, at);
    else if (topic.kind === "events") for (const event of familiesIn(at)) this.#events.push(eventOf(event));
    else if (topic.kind === "learning")
      for (const { family } of familiesIn(at)) this.#learning.push(said(family));
    else if (topic.kind === "reason" || topic.kind === "notes") {
      if (!this.#remarks.has(topic.kind)) this.#remarks.set(topic.kind, said(at));
    }
  }

  /** Notes each area once. Contradictory mentions are all kept, so that a rule can report them. */
  takeAreas({ mode, ownership }: AreasTopic, at: PageText, mentions = areasIn(at)): void {
    for (const mention of mentions) {
      const key = mention.area.text.toLowerCase().replace(/^psg\./, "");
      const known = this.#areas.get(key);
      const isOther = known !== undefined && contradicts(known.mention, mention);
      if (known === undefined || isOther)
        this.#areas.set(isOther ? `${key} ${this.#areas.size}` : key, { mention, otherwise: ownership });
      else {
        known.mention.ownership ??= mention.ownership;
        known.mention.access ??= mention.access;
        known.otherwise ??= ownership;
      }
    }
    const text = plain(at);
    if (mode !== undefined && (mentions.length > 0 || isTick(text))) this.access(at, mode);
    const words = text.replace(/^\((.*)\)$/, "$1");
    if (mentions.length === 0 && saysNone(words)) this.access(at, words);
  }

  get isEmpty(): boolean {
    return this.#access.length === 0 && this.#areas.size === 0;
  }

  noted(): Noted {
    const areas = [...this.#areas.values()];
    return object(spanOf(this.place), {
      access: this.#accessNoted(areas.map(({ mention }) => mention)),
      areas: listedNotes(areas.map(({ mention, otherwise }) => areaOf(mention, otherwise ?? this.ownership))),
      events: listedNotes(this.#events),
      learning: listedNotes(this.#learning),
      reason: this.#remarks.get("reason"),
      notes: this.#remarks.get("notes"),
    });
  }

  /** One mode if all statements agree, otherwise every statement. */
  #accessNoted(areas: readonly AreaMention[]): Noted | undefined {
    const own =
      this.#access.length > 0 ? this.#access : areas.flatMap(({ access }) => (access ? [said(access)] : []));
    const modes = new Set(own.map(({ value }) => accessModeOf(String(value))?.mode ?? value));
    return modes.size > 1 ? listedNotes(own) : own[0];
  }
}

function contradicts({ ownership: one }: AreaMention, { ownership: other }: AreaMention): boolean {
  return one !== undefined && other !== undefined && one.text.toLowerCase() !== other.text.toLowerCase();
}

function areaOf({ area, ownership }: AreaMention, otherwise: string | undefined): Noted {
  return object(spanOf(area), {
    area: said(area, area.text),
    ownership: ownership ? said(ownership) : otherwise === undefined ? undefined : said(area, otherwise),
  });
}

function eventOf({ family, level }: ReturnType<typeof familiesIn>[number]): Noted {
  return object(spanOf(family), { family: said(family, family.text), level: level && said(level) });
}

/** True for words that mean that a module has no areas: NONE, not implemented. A dash may also mean "unknown". */
function saysNone(text: string): boolean {
  return /\p{L}/u.test(text) && accessModeOf(text)?.mode === "NONE";
}

const TICK = /^(?:[✓✔✅☑●•]\ufe0f?|x|yes|y|true|r|w|reads?|writes?)$/iu;

function isTick(text: string): boolean {
  return TICK.test(text);
}
