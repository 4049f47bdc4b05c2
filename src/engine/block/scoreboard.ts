import type { EventRule, Examined } from "../../model/rule.js";
import {
  type ClauseTally,
  clauseTallyOf,
  emptyLedger,
  type FindingGroup,
  groupFor,
  type Ledger,
} from "../ledger.js";
import type { Found } from "./found.js";
import type { Listing } from "./listing.js";
import type { Rulebook, Track } from "./rulebook.js";

interface Counted {
  readonly clause: string;
  readonly tally: ClauseTally;
}

/** Counts of the records on one track. Most clauses of a track get their counts once, at the end. */
interface TrackCounts {
  records: number;
  readonly always: readonly Counted[];
  /** Those of `always` that have no witness yet. */
  unwitnessed: readonly Counted[];
  readonly conditional: readonly { readonly rule: EventRule; readonly counted: readonly Counted[] }[];
}

/** A ledger that looks up the clauses of each track once: every event counts for a dozen of them. */
export class Scoreboard {
  /** Clauses that the current record violates: it cannot be their witness. */
  readonly cited = new Set<string>();
  readonly #rulebook: Rulebook;
  readonly #listing: Listing;
  readonly #ledger = emptyLedger();
  readonly #tracks = new Map<Track, TrackCounts>();
  #records: TrackCounts | undefined;

  /** @param listing of the blocks before */
  constructor(rulebook: Rulebook, listing: Listing) {
    this.#rulebook = rulebook;
    this.#listing = listing;
  }

  /** Receives findings; its counts are complete after `finish`. */
  get ledger(): Ledger {
    return this.#ledger;
  }

  groupOf({ identity, key }: Found): FindingGroup {
    return groupFor(this.#ledger, identity, key);
  }

  /** The number of places of a finding that are listed, here and in the blocks before. */
  listed({ key }: Found): number {
    return this.#listing.listed(key) + (this.#ledger.groups.get(key)?.locations.length ?? 0);
  }

  /** Counts a record for the clauses about records as such. */
  countRecord(place: number): void {
    this.#count(this.#recordCounts(), place);
  }

  /** Counts an event for the clauses that it tests. */
  countEvent(track: Track, examined: Examined, place: number): void {
    const counts = this.#trackCounts(track);
    this.#count(counts, place);
    for (const { rule, counted } of counts.conditional) {
      if (rule.applies?.(examined) !== true) continue;
      for (const { clause, tally } of counted) {
        tally.checked++;
        this.#witness(clause, tally, place);
      }
    }
  }

  /**
   * Adds records on one track, the first of which has this place.
   *
   * @param cited the clauses that all of them violate
   */
  addKnown(track: Track, records: number, place: number, cited: ReadonlySet<string>): void {
    for (const counts of [this.#recordCounts(), this.#trackCounts(track)]) {
      counts.records += records;
      for (const { clause, tally } of counts.always)
        if (!cited.has(clause) && (tally.witness === undefined || tally.witness.line > place))
          tally.witness = { input: 0, line: place };
    }
  }

  /** Adds up the counts, and what is listed to the listing. Call it once. */
  finish(): Ledger {
    const all = this.#records === undefined ? [] : [this.#records];
    for (const { always, records } of [...all, ...this.#tracks.values()])
      for (const { tally } of always) tally.checked += records;
    this.#listing.add(this.#ledger);
    return this.#ledger;
  }

  #recordCounts(): TrackCounts {
    this.#records ??= this.#countsOf(
      this.#rulebook.record.flatMap(({ clauses }) => clauses),
      [],
    );
    return this.#records;
  }

  #trackCounts(track: Track): TrackCounts {
    const counts = this.#tracks.get(track) ?? this.#countsOf(track.always, track.conditional);
    this.#tracks.set(track, counts);
    return counts;
  }

  #countsOf(always: readonly string[], conditional: readonly EventRule[]): TrackCounts {
    const own = this.#counted(always);
    return {
      records: 0,
      always: own,
      unwitnessed: own,
      conditional: conditional.map((rule) => ({ rule, counted: this.#counted(rule.clauses) })),
    };
  }

  #counted(clauses: readonly string[]): Counted[] {
    return clauses.map((clause) => ({ clause, tally: clauseTallyOf(this.#ledger, clause) }));
  }

  #count(counts: TrackCounts, place: number): void {
    counts.records++;
    if (counts.unwitnessed.length === 0) return;
    let left = 0;
    for (const { clause, tally } of counts.unwitnessed) {
      this.#witness(clause, tally, place);
      if (tally.witness === undefined) left++;
    }
    if (left < counts.unwitnessed.length)
      counts.unwitnessed = counts.unwitnessed.filter(({ tally }) => tally.witness === undefined);
  }

  #witness(clause: string, tally: ClauseTally, place: number): void {
    if (tally.witness === undefined && !this.cited.has(clause)) tally.witness = { input: 0, line: place };
  }
}
