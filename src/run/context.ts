import type { Wholes } from "../input/record/whole-text.js";
import type { Finding, Location } from "../model/finding.js";
import type { Context, Stretch, WholeRecord } from "../model/report.js";
import type { LineRecord } from "./records-at.js";

/** The most neighbours that can be asked for, on each side. */
export const MOST_NEIGHBOURS = 10;
/** Places of one finding whose records are shown: as many as the page shows at once. */
const PLACES_OF_A_FINDING = 3;
/** Places of all findings whose records are shown. */
const MOST_PLACES = 300;
/** Characters of a record that are shown. */
const SHOWN_OF_A_RECORD = 8192;
/**
 * The number of lines that are searched for each neighbour: a record may take several lines, and some lines hold no
 * record.
 */
const LINES_A_NEIGHBOUR = 40;

type Place = Pick<Location, "path" | "line" | "record">;

/** The places of some findings whose records are shown, and the lines around them that hold their neighbours. */
export class ContextPlaces {
  readonly #neighbours: number;
  readonly #places: ReadonlyMap<string, Place>;
  readonly #omitted: number;

  /** @param findings the most important first: the first place of each comes before any second one */
  constructor(findings: readonly Finding[], neighbours: number) {
    this.#neighbours = neighbours;
    const all = new Map<string, Place>();
    for (let turn = 0; turn < PLACES_OF_A_FINDING; turn++)
      for (const { locations } of findings) {
        const place = locations[turn];
        if (place !== undefined && place.absent === undefined) all.set(nameOf(place), place);
      }
    this.#places = new Map([...all].slice(0, MOST_PLACES));
    this.#omitted = all.size - this.#places.size;
  }

  /** The paths of the inputs that the places are in. */
  get paths(): ReadonlySet<string> {
    return new Set([...this.#places.values()].map(({ path }) => path));
  }

  /** The lines of an input, from 0, on which the records and their neighbours are. */
  linesIn(path: string): ReadonlySet<number> {
    const around = LINES_A_NEIGHBOUR * this.#neighbours;
    const lines = new Set<number>();
    for (const place of this.#places.values()) {
      if (place.path !== path) continue;
      for (let line = place.line - around; line <= place.line + around; line++) lines.add(line - 1);
    }
    return lines;
  }

  /**
   * The stretches of an input that show its places.
   *
   * @param records those on the lines of `linesIn`, in order; others may be among them
   * @param wholes masks what must not be shown
   */
  async stretchesIn(
    path: string,
    records: AsyncIterable<LineRecord>,
    wholes: Wholes,
  ): Promise<readonly Stretch[]> {
    const stretches = new Stretches(this.#neighbours, wholes);
    const lines = this.linesIn(path);
    let last: number | undefined;
    for await (const each of records) {
      const { line, before } = each;
      if (!lines.has(line)) continue;
      if (last !== undefined && hasGap(last, line, lines)) stretches.interrupt();
      last = line;
      stretches.take(each, this.#places.has(nameOf({ path, line: line + 1, record: before + 1 })));
    }
    stretches.interrupt();
    return stretches.found.map((found) => ({ path, records: found }));
  }

  /** What the report says of its stretches. */
  contextOf(stretches: readonly Stretch[]): Context {
    return {
      neighbours: this.#neighbours,
      ...(this.#omitted > 0 && { omitted: this.#omitted }),
      stretches,
    };
  }
}

/** Gathers records with their neighbours. */
class Stretches {
  readonly found: (readonly WholeRecord[])[] = [];
  readonly #neighbours: number;
  readonly #wholes: Wholes;
  #open: WholeRecord[] | undefined;
  /** Neighbours that the open stretch still lacks. */
  #wanted = 0;
  /** The last records, which no stretch has yet. */
  #earlier: LineRecord[] = [];

  constructor(neighbours: number, wholes: Wholes) {
    this.#neighbours = neighbours;
    this.#wholes = wholes;
  }

  take(each: LineRecord, isPlace: boolean): void {
    if (isPlace) {
      this.#open = [
        ...(this.#open ?? []),
        ...this.#earlier.map((one) => this.#shown(one)),
        this.#shown(each),
      ];
      this.#earlier = [];
      this.#wanted = this.#neighbours;
    } else if (this.#open !== undefined && this.#wanted > 0) {
      this.#open.push(this.#shown(each));
      this.#wanted--;
    } else {
      this.#earlier.push(each);
      if (this.#earlier.length > this.#neighbours) this.#earlier.shift();
      if (this.#earlier.length === this.#neighbours) this.#close();
    }
  }

  /** Ends the stretch: what comes next does not follow directly. */
  interrupt(): void {
    this.#close();
    this.#earlier = [];
  }

  #close(): void {
    if (this.#open !== undefined) this.found.push(this.#open);
    this.#open = undefined;
  }

  #shown({ line, before, record }: LineRecord): WholeRecord {
    const { text, rest } = this.#wholes.wholeOf(record, SHOWN_OF_A_RECORD);
    return {
      line: line + 1,
      ...(before > 0 && { record: before + 1 }),
      text,
      ...(rest > 0 && { rest }),
    };
  }
}

/** True if a line between two others was not read. */
function hasGap(last: number, line: number, lines: ReadonlySet<number>): boolean {
  for (let between = last + 1; between < line; between++) if (!lines.has(between)) return true;
  return false;
}

function nameOf({ path, line, record = 1 }: Place): string {
  return `${line} ${record} ${path}`;
}
