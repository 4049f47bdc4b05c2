import { accessModeOf } from "../../model/mapping.js";
import { AccessNotes, type AccessScope, WHOLE_MODULE } from "./access-notes.js";
import type { PageText } from "./blocks.js";
import { type AreaMention, areasIn, familiesIn } from "./mentions.js";
import { listedNotes, type Noted, object, said, spanOf } from "./noted.js";
import type { AreasTopic, Topic } from "./terms.js";
import { plain } from "./text.js";

/** The statements of a page about one module, from different places. */
export class ModuleNotes {
  /** The ownership of all areas without their own. */
  ownership: string | undefined;
  readonly #access = new AccessNotes();
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
  access(at: PageText, value?: string, scope: AccessScope = WHOLE_MODULE): void {
    this.#access.take(at, value, scope);
  }

  /** Notes the statement of a cell, a list item or the rest of a line about a topic. */
  take(topic: Topic, at: PageText, scope?: AccessScope): void {
    if (topic.kind === "access") this.access(at, undefined, scope);
    else if (topic.kind === "areas") this.takeAreas(topic, at, areasIn(at), scope);
    else if (topic.kind === "events") for (const event of familiesIn(at)) this.#events.push(eventOf(event));
    else if (topic.kind === "learning")
      for (const { family } of familiesIn(at)) this.#learning.push(said(family));
    else if (topic.kind === "reason" || topic.kind === "notes") {
      if (!this.#remarks.has(topic.kind)) this.#remarks.set(topic.kind, said(at));
    }
  }

  /** Notes each area once. Contradictory mentions are all kept, so that a rule can report them. */
  takeAreas(
    { mode, ownership }: AreasTopic,
    at: PageText,
    mentions = areasIn(at),
    scope: AccessScope = { areas: keysOf(mentions) },
  ): void {
    for (const mention of mentions) {
      const key = keyOf(mention);
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
    if (mode !== undefined && (mentions.length > 0 || isTick(text))) this.access(at, mode, scope);
    const words = text.replace(/^\((.*)\)$/, "$1");
    if (mentions.length === 0 && saysNone(words)) this.access(at, words, scope);
  }

  get isEmpty(): boolean {
    return this.#access.isEmpty && this.#areas.size === 0;
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

  /** What the page says of the module or, if nothing, of its areas one by one. */
  #accessNoted(areas: readonly AreaMention[]): Noted | undefined {
    if (!this.#access.isEmpty) return this.#access.noted();
    const each = new AccessNotes();
    for (const mention of areas)
      if (mention.access !== undefined) each.take(mention.access, undefined, { areas: keysOf([mention]) });
    return each.noted();
  }
}

function keyOf({ area }: AreaMention): string {
  return area.text.toLowerCase().replace(/^psg\./, "");
}

export function keysOf(mentions: readonly AreaMention[]): ReadonlySet<string> {
  return new Set(mentions.map(keyOf));
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
