import type { Examined } from "../model/rule.js";
import type { Track } from "./rulebook.js";

/** Of so many kinds of event it is known that nothing is wrong with them; others are examined one by one. */
const MAX_KINDS = 1 << 14;

/**
 * Which events are known to be without fault, since one that is like them was examined and nothing was found:
 * the events of a log are of few kinds. What only the text or several events show is looked for all the same.
 */
export class AlikeEvents {
  readonly #tracks = new Map<number, Track>();
  /** The settled tracks by what they were made of: each is there once. */
  readonly #settled = new Map<Track, Map<string, Track>>();

  /** The track of an event that need not be examined. */
  trackOf(examined: Examined): Track | undefined {
    return isComparable(examined) ? this.#tracks.get(examined.record.likeness) : undefined;
  }

  /** Says that an event was examined and nothing was found. */
  add(examined: Examined, track: Track): void {
    if (!isComparable(examined) || this.#tracks.size === MAX_KINDS) return;
    this.#tracks.set(examined.record.likeness, this.#settledFor(examined, track));
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

/** Events of a family whose payload is nothing but that: what is in an integration event is judged too. */
function isComparable({ record, subject }: Examined): boolean {
  return (
    record.likeness !== 0 &&
    subject.kind === "event" &&
    subject.hasFamily &&
    subject.integration === undefined
  );
}
