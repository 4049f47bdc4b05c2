import { entityOf, plain } from "./events.mjs";

/** Lines at the end of a log that get no new defect, so that those under way come to their end. */
const SETTLING = 1500;

/**
 * Puts defects into a stream of events and notes what a checker must say about each.
 *
 * A kind of defect is a script: a generator that is given the event at which it starts (its host) and then
 * every later one. It yields, for each, what is to become of it: `instead` (lines in its place), `after`
 * (lines behind it), or nothing. One of all its lines is the one where the finding belongs. Besides its
 * host it is given random numbers, `isDue` (whether the log has come to where the finding is to be) and
 * `claim` (reserves a later event).
 *
 * No two defects touch the same entity (pipeline, execution, invocation, ...), so that each stays the
 * only thing wrong with it.
 *
 * @param options.kinds the kinds to take; each comes equally often
 * @param options.defects how many defects
 * @param options.events how many lines the log will have
 */
export function createInjector({ kinds, defects, events, random }) {
  const waiting = planned(kinds, defects, events, random);
  const active = [];
  const claimed = new Set();
  const expected = [];
  let lines = 0;

  /** Reserves an event for a defect, if nobody else has. */
  function claim(event) {
    const entity = entityOf(event);
    if (claimed.has(entity)) return false;
    claimed.add(entity);
    return true;
  }

  function start(event) {
    const due = waiting.findIndex(({ from }) => from > lines);
    const index = waiting
      .slice(0, due < 0 ? waiting.length : due)
      .findIndex(({ kind }) => kind.host(event) && !claimed.has(entityOf(event)));
    if (index < 0) return undefined;
    const [{ kind, at }] = waiting.splice(index, 1);
    claim(event);
    const defect = { kind };
    const script = kind.script(event, { random, claim, isDue: () => lines >= at });
    return { defect, script, next: script.next() };
  }

  /** What becomes of an event, by all scripts under way and perhaps a new one. */
  function stepsFor(event) {
    const steps = [];
    for (let at = active.length - 1; at >= 0; at--) {
      const next = active[at].script.next(event);
      if (next.done) active.splice(at, 1);
      else steps.push({ ...active[at], next });
    }
    const started = steps.some(({ next }) => next.value.instead) ? undefined : start(event);
    if (started !== undefined) active.push(started);
    return started === undefined ? steps : [...steps, started];
  }

  /** Takes note of a line: a piece of evidence, or the place of the finding itself. */
  function written({ role, value }, defect) {
    lines++;
    if (role === "evidence") defect.related = [lines];
    if (role === "finding") {
      const { kind, rule, clauses, level, pointer } = defect.kind;
      const { related } = defect;
      defect.isFound = true;
      expected.push({ kind, rule, clauses, level, line: lines, pointer, ...(related && { related }) });
    }
    return typeof value === "object" && !Buffer.isBuffer(value) ? JSON.stringify(value) : value;
  }

  return {
    /** The lines that stand in the log for one event: JSON text, or bytes where they are no text. */
    linesFor(event) {
      const steps = stepsFor(event);
      const place = steps.find(({ next }) => next.value.instead);
      const instead = place === undefined ? [plain(event)] : place.next.value.instead;
      const texts = instead.map((line) => written(line, place?.defect));
      for (const { defect, next } of steps)
        for (const line of next.value.after ?? []) texts.push(written(line, defect));
      return texts;
    },
    /** How many lines there are so far. */
    lines: () => lines,
    /** What a checker must find, in the order of lines. */
    expected: () => expected,
    /** The kinds of the defects that are not, or not wholly, in the log. */
    unplaced() {
      const halfway = active.filter(({ defect }) => !defect.isFound).map(({ defect }) => defect);
      return [...waiting, ...halfway].map(({ kind }) => kind.kind);
    },
  };
}

/** Spreads defects evenly over a log. Kinds whose evidence may be far away start anywhere before. */
function planned(kinds, defects, events, random) {
  const span = Math.max(events - SETTLING, events / 2) / Math.max(1, defects);
  const deck = [];
  while (deck.length < defects) deck.push(...random.shuffled(kinds));
  const plan = deck.slice(0, defects).map((kind, index) => {
    const at = Math.floor((index + random.fraction()) * span);
    return { kind, at, from: kind.isFar ? random.below(at + 1) : at };
  });
  return plan.sort((a, b) => a.from - b.from);
}
