import { type KindOwner, MAX_SLOTS, rowSize } from "../../../model/kinds.js";
import type { Terms } from "../../../model/likeness.js";
import type { Examined } from "../../../model/rule.js";
import type { Source } from "../../../model/source.js";
import type { ParsedRecord } from "../../../model/subject.js";
import { KEY_SLOTS } from "../../keep/batch.js";
import { widthOf } from "../../keep/collector.js";
import { hasEntryRows, Patterns } from "../../keep/patterns.js";
import type { Found } from "../found.js";
import type { Rulebook, Track } from "../rulebook.js";
import { judgedPart, type Kind, type Learned, type Shared } from "./kind.js";
import { learned, type NumberedSources } from "./learn.js";

/** At most so many kinds are known; events of further kinds are examined one by one. */
const MAX_KINDS = 1 << 14;
/** Those of broken events among them. In a log each of these may be of a kind of its own. */
const MAX_BROKEN = 1 << 12;

/** Events of a kind that are looked at before its program is made. */
const WORTHWHILE = 4;

/**
 * Responsible for: the kinds of events, clean or broken, and what log rules keep of them. The events of a log are of few
 * kinds, and an event of a known kind is not examined again.
 * May not: look at an event of an unknown kind.
 */
export class Kinds implements KindOwner {
  /** Bytes of a row, by the number of the source. */
  readonly rowSizes: readonly number[];
  readonly patterns = new Patterns();
  readonly #terms: Terms;
  readonly #sources: NumberedSources;
  readonly #kinds = new Map<number, Kind>();
  #broken = 0;
  /** The tracks of kinds, by the track and the conditional rules that apply. Each exists once. */
  readonly #settled = new Map<Track, Map<string, Track>>();
  /** What events of kinds share: each observation and each list of them once. */
  readonly #shared = new Once<Shared>();
  readonly #lists = new Once<readonly Shared[]>();

  constructor(terms: Terms, { observers }: Rulebook) {
    this.#terms = terms;
    this.#sources = new Map(observers.map(({ source }, number) => [source, number]));
    this.rowSizes = observers.map(({ source }) => rowSizeOf(source));
  }

  /** The kind of a record, if it is known. */
  of({ likeness }: ParsedRecord): Kind | undefined {
    return likeness === 0 ? undefined : this.#kinds.get(likeness);
  }

  /**
   * Remembers the kind of an event that was examined. It has a likeness.
   *
   * @param found the same in all events of the kind
   */
  add(examined: Examined, track: Track, found: readonly Found[]): void {
    const { record, subject } = examined;
    if (this.#kinds.size === MAX_KINDS) return;
    if (found.length > 0 && ++this.#broken > MAX_BROKEN) return;
    const settled = this.#settledFor(examined, track);
    const first = judgedPart(subject, this.#terms);
    this.#kinds.set(record.likeness, { track: settled, found, first, seen: 0, learned: undefined });
  }

  /** Finds out what log rules keep of the events of a kind, once there were some. */
  learn(kind: Kind, record: ParsedRecord): Kind["learned"] {
    kind.seen++;
    if (kind.learned === undefined && kind.seen >= WORTHWHILE) {
      const found = learned(kind, record, this.#sources, this.patterns);
      kind.learned = found === null ? null : this.#withShared(found);
    }
    return kind.learned;
  }

  #withShared({ program, shared }: Learned): Learned {
    const known = shared.map((observation) => this.#shared.of(observation));
    return { program, shared: this.#lists.of(known) };
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

/** Of things that are equal in JSON, gives always the first. */
class Once<Thing> {
  readonly #things = new Map<string, Thing>();

  of(thing: Thing): Thing {
    const text = JSON.stringify(thing);
    const first = this.#things.get(text) ?? thing;
    this.#things.set(text, first);
    return first;
  }
}

function rowSizeOf(source: Source): number {
  if (source.store === "bins") return rowSize(0, 0);
  return hasEntryRows(source) ? rowSize(MAX_SLOTS, 1) : rowSize(KEY_SLOTS, widthOf(source));
}
