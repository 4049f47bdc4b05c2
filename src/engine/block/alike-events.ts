import type { Examined } from "../../model/rule.js";
import type { JsonObject, ParsedRecord } from "../../model/subject.js";
import type { Track } from "./rulebook.js";

/** At most so many kinds of clean events are known; events of further kinds are examined one by one. */
const MAX_KINDS = 1 << 14;

interface Kind {
  readonly track: Track;
  readonly family: string | undefined;
  /** Judged members of the kind's first event; later ones differ only in ids and times. */
  readonly members: JsonObject;
}

/** An event that need not be examined, and its track. */
export interface Known {
  readonly examined: Examined;
  readonly track: Track;
}

/**
 * Remembers the kinds of events in which nothing was found, because the events of a log are of few kinds. An event of
 * a known kind is not examined again. Rules about its text and about several events still see it.
 */
export class AlikeEvents {
  readonly #judged: readonly string[];
  readonly #kinds = new Map<number, Kind>();
  /** The tracks of clean events, by the track and the conditional rules that apply. Each exists once. */
  readonly #settled = new Map<Track, Map<string, Track>>();

  /** @param judged names of the members that decide if two events are alike */
  constructor(judged: readonly string[]) {
    this.#judged = judged;
  }

  /** Builds the event of a known kind without parsing the record. It has only the judged members. */
  known(record: ParsedRecord): Known | undefined {
    const kind = record.likeness === 0 ? undefined : this.#kinds.get(record.likeness);
    if (kind === undefined) return undefined;
    const { track, family } = kind;
    const event = { ...kind.members };
    record.putOwnValues?.(event);
    const subject = { kind: "event", value: event, family, hasFamily: true } as const;
    return { examined: { record, subject, event, integration: undefined }, track };
  }

  /** Remembers the kind of an event that was examined without a finding. */
  add(examined: Examined, track: Track): void {
    const { record, subject, event } = examined;
    if (record.likeness === 0 || this.#kinds.size === MAX_KINDS) return;
    // The contents of integration events are judged too, and a likeness does not cover them.
    if (subject.kind !== "event" || !subject.hasFamily || subject.integration !== undefined) return;
    this.#kinds.set(record.likeness, {
      track: this.#settledFor(examined, track),
      family: subject.family,
      members: this.#judgedOf(event),
    });
  }

  /** Missing members become undefined: objects of one shape are copied four times as fast as objects of many shapes. */
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

/** An empty container for a container; any other value stays. */
function withoutContents(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return typeof value === "object" && value !== null ? {} : value;
}
