import type { Examined } from "../../model/rule.js";
import type { JsonObject, ParsedRecord } from "../../model/subject.js";
import type { Track } from "./rulebook.js";

/** Of so many kinds of event it is known that nothing is wrong with them; others are examined one by one. */
const MAX_KINDS = 1 << 14;

interface Kind {
  readonly track: Track;
  readonly family: string | undefined;
  /** The judged members of the first event of the kind: but for ids and times, those of all. */
  readonly members: JsonObject;
}

/** An event that need not be examined, and the track that it goes along. */
export interface Known {
  readonly examined: Examined;
  readonly track: Track;
}

/**
 * Which events are known to be without fault, since one that is like them was examined and nothing was found:
 * the events of a log are of few kinds. What only the text or several events show is looked for all the same.
 */
export class AlikeEvents {
  readonly #judged: readonly string[];
  readonly #kinds = new Map<number, Kind>();
  /** The settled tracks by what they were made of: each is there once. */
  readonly #settled = new Map<Track, Map<string, Track>>();

  /** @param judged the members of an event by which records are alike */
  constructor(judged: readonly string[]) {
    this.#judged = judged;
  }

  /** What is known of a record without reading it: its event has the judged members, and no others. */
  known(record: ParsedRecord): Known | undefined {
    const kind = record.likeness === 0 ? undefined : this.#kinds.get(record.likeness);
    if (kind === undefined) return undefined;
    const { track, family } = kind;
    const event = { ...kind.members };
    record.putOwnValues?.(event);
    const subject = { kind: "event", value: event, family, hasFamily: true } as const;
    return { examined: { record, subject, event, integration: undefined }, track };
  }

  /** Says that an event was examined and nothing was found. */
  add(examined: Examined, track: Track): void {
    const { record, subject, event } = examined;
    if (record.likeness === 0 || this.#kinds.size === MAX_KINDS) return;
    // What is in an integration event is judged too.
    if (subject.kind !== "event" || !subject.hasFamily || subject.integration !== undefined) return;
    this.#kinds.set(record.likeness, {
      track: this.#settledFor(examined, track),
      family: subject.family,
      members: this.#judgedOf(event),
    });
  }

  /** Those that it lacks are undefined: objects of one shape are copied four times as fast as those of many. */
  #judgedOf(event: JsonObject): JsonObject {
    return Object.fromEntries(this.#judged.map((name) => [name, withoutContents(event[name])]));
  }

  #settledFor(examined: Examined, track: Track): Track {
    const applying = track.conditional.filter((rule) => rule.applies?.(examined) === true);
    const known = this.#settled.get(track) ?? new Map<string, Track>();
    this.#settled.set(track, known);
    const key = applying.map(({ id }) => id).join();
    const settled = known.get(key) ?? {
      ...track,
      always: [...track.always, ...applying.flatMap(({ clauses }) => clauses)],
      conditional: [],
      checking: [],
    };
    known.set(key, settled);
    return settled;
  }
}

/** Of a container, that it is one. */
function withoutContents(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return typeof value === "object" && value !== null ? {} : value;
}
